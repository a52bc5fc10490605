"""`concord rules push, pull, approve, activate, retire, export, import`: own rules in the service."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli import terminal
from app.cli.failures import Refused
from app.cli.options import ForceOption, OutputOption
from app.cli.rules_check import PathsArgument

if TYPE_CHECKING:
    from app.client import Client

PUSH_EXAMPLES = """\
concord rules push my-rules/
concord rules push my-rules/ACM101.yaml --activate
concord rules push my-rules/ --dry-run"""
PULL_EXAMPLES = """\
concord rules pull --output my-rules/
concord rules pull ACM101 ACM102 --output my-rules/"""
ACTIVATE_EXAMPLES = """\
concord rules activate ACM101
concord rules activate ACM101 --version 2"""
IMPORT_EXAMPLES = """\
concord rules import acme.pack.yaml --dry-run --organization acme
concord rules import acme.pack.yaml"""

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Id of an own rule.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would change; change nothing.")]


def push(
    paths: PathsArgument,
    activate_: Annotated[bool, typer.Option("--activate", help="Let analyses run what is pushed.")] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Keep own rules in the service: each file becomes the newest version of its rule, a draft until it is activated.

    What says the same as the newest version makes none.
    """
    from app.cli import remote
    from app.cli.rule_files import sound_rules

    rules = sound_rules(paths, "en")
    with remote.connected() as client:
        for written, one in rules:
            _push(client, one.rule.id, _own_words(written.raw), activate=activate_, dry_run=dry_run)


def _push(client: Client, id_: str, said: Mapping[str, Any], *, activate: bool, dry_run: bool) -> None:
    """Put a rule on the state that it is in, and activate it if that is wanted."""
    from app.client import NotFound

    try:
        before = client.rules.get(id_)
    except NotFound:
        made = client.rules.put(id_, said, create=True, dry_run=dry_run)
        told = "new"
    else:
        made = client.rules.put(id_, said, if_match=before.etag, dry_run=dry_run)
        told = "as it was" if made.content_hash == before.content_hash else f"version {made.version}"
    terminal.answer(f"{id_}: {told}{' (would be)' if dry_run else ''}\n")
    if activate and not dry_run and made.active_version != made.version:
        client.rules.activate(id_, if_match=made.etag)
        terminal.answer(f"{id_}: version {made.version} is active\n")


def pull(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Ids of own rules; all, if none is named.")
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Get own rules from the service: each as a file in a folder (--output), or all to the terminal."""
    from app.cli import remote
    from app.exchange.yaml_writer import as_yaml

    with remote.connected() as client:
        wanted = [client.rules.get(id_) for id_ in ids] if ids else [*client.rules.list(source=["own"])]
    for rule in wanted:
        if rule.source != "own":
            raise Refused(f"{rule.id} is built in; `concord explain {rule.id}` tells what it is")
        said = {"id": rule.id, **{name: value for name, value in rule.said.items() if name != "id"}}
        text = as_yaml(said)
        if output is None:
            terminal.answer(text if len(wanted) == 1 else f"# {rule.id}\n{text}\n")
            continue
        file = output / f"{rule.id}-{rule.name}.yaml"
        if file.exists() and not force and file.read_text(encoding="utf-8") != text:
            raise Refused(f"{file} is there and says something else; --force overwrites it")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        terminal.say(f"{file}: version {rule.version}, {rule.status}")


def approve(id_: IdArgument) -> None:
    """Approve the newest version of a rule that somebody else wrote."""
    from app.cli import remote

    with remote.connected() as client:
        rule = client.rules.get(id_)
        made = client.rules.approve(id_, if_match=rule.etag)
    terminal.say(f"{id_}: version {made.version} by {made.author} is approved by {made.approved_by}.")


def activate(
    id_: IdArgument,
    version: Annotated[
        int | None, typer.Option("--version", min=1, metavar="N", help="Which one.  [default: the newest]")
    ] = None,
) -> None:
    """Let analyses run a version of a rule: the next one does."""
    from app.cli import remote

    with remote.connected() as client:
        rule = client.rules.get(id_)
        made = client.rules.activate(id_, version=version, if_match=rule.etag)
    terminal.say(f"{id_}: version {made.version} is active.")


def retire(id_: IdArgument) -> None:
    """Let analyses run a rule no more. It stays, with its versions, and can be activated again."""
    from app.cli import remote

    with remote.connected() as client:
        rule = client.rules.get(id_)
        client.rules.retire(id_, if_match=rule.etag)
    terminal.say(f"{id_} is retired.")


def export(
    pack: Annotated[str, typer.Argument(metavar="PACK", help="Id of an own pack.")],
    output: OutputOption = None,
) -> None:
    """Get a pack of own rules as one file, with the hash of what it holds."""
    from app.cli import remote
    from app.exchange.yaml_writer import as_yaml

    with remote.connected() as client:
        text = as_yaml(dict(client.rule_packs.get_file(pack)))
    if output is None:
        terminal.answer(text)
    else:
        terminal.save(output, text.encode())


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file of a pack (YAML, JSON).")],
    dry_run: DryRunOption = False,
    organization: Annotated[
        str | None,
        typer.Option("--organization", "-o", metavar="KEY", help="With --dry-run: what would change in what is found."),
    ] = None,
) -> None:
    """Import a pack into the service, or upgrade it: rules that are new or changed are activated, those that are gone retired.

    Where the workspace asks for four eyes, they wait for approval.
    """
    from app.catalogue.load import catalogue
    from app.cli import remote
    from app.cli.inputs import Input
    from app.cli.problems import problems_of
    from app.client import NotFound
    from app.domain.rules.pack_file import pack_from

    given = Input(file.as_posix(), file)
    with problems_of(given, "en"):
        source = given.read()
        from app.services.audits import located

        with located(source):
            pack = pack_from(source.raw, catalogue())
    with remote.connected() as client:
        if dry_run:
            preview = client.rule_packs.dry_run(source.raw, organization=organization)
            changed = preview.changed
            if preview.obstacle:
                terminal.say(f"concord: the import would be refused: {preview.obstacle}")
            if preview.findings is not None:
                counts = preview.findings.counts
                terminal.say(
                    f"In {organization}: {counts['new']} new, {counts['gone']} gone, {counts['regraded']} regraded."
                )
        else:
            try:
                before = client.rule_packs.get(pack.id).etag
            except NotFound:
                before = None
            changed = client.rule_packs.put_file(pack.id, source.raw, if_match=before, create=before is None).changed
    for mark, kind in (("+", "added"), ("~", "changed"), ("-", "removed")):
        for id_ in changed[kind]:
            terminal.answer(f"{mark} {id_}\n")
    told = "would be" if dry_run else "is"
    terminal.say(f"{pack.id} {told} at version {pack.version}.")


def _own_words(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as its author wrote it, without what the service counts by itself."""
    return {name: value for name, value in raw.items() if name not in ("version", "status", "id")}
