"""`concord apply`: a recommendation, a plan or a JSON Patch written into a document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli import terminal
from app.cli.audit_settings import Asked, Settings
from app.cli.commands import Command, command_app
from app.cli.edited_files import KINDS, changed_file, kind_of
from app.cli.failures import Refused
from app.cli.inputs import Input, one_input
from app.cli.options import AsOfOption, ConfigOption, LanguageOption, NoConfigOption, RulesOption, day_or_today
from app.cli.problems import problems_of

if TYPE_CHECKING:
    from app.services.applying import Applied, Patch

app = command_app()

RECOMMENDATION = "rec_"


@app.command(
    cls=Command,
    epilog="""\
concord apply acme.yaml rec_0a1b2c3d4e5f6071 --output better.yaml
concord apply acme.yaml plan.json --in-place
concord apply acme.yaml plan.json > better.yaml""",
)
def apply(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - for stdin.")],
    changes: Annotated[
        list[str],
        typer.Argument(
            metavar="CHANGE...",
            help="Id of a recommendation, or a JSON file: what `plan --format json` gave, or a JSON Patch.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the changed document there, not to standard output."
        ),
    ] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help="Write it into FILE itself.")] = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    rules: RulesOption = None,
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
) -> None:
    """Write changes into a document, and say on standard error what they do to what is found.

    Comments, order and lines of a YAML or JSON file stay. A change that does not fit the document (any more) changes nothing.
    """
    from app.cli.audit_outcome import How
    from app.cli.audit_policy import policy_of
    from app.domain.json_patch import PatchFailed
    from app.services.applying import applied

    given, how = one_input(file), How(day_or_today(as_of), language, with_recommendations=False)
    target = _target(given, output, in_place=in_place)
    patches = [patch for change in changes for patch in _patches(change)]
    in_force = Settings(Asked(rules=tuple(rules or ()), config=config, no_config=no_config), language).of(given)
    with problems_of(given, language):
        source = given.read()
        policy = policy_of(given, source, in_force, how)
        try:
            done = applied(source, patches, as_of=how.as_of, language=language, policy=policy)
        except PatchFailed as reason:
            raise Refused(f"the change does not fit {given.name}, which was left as it is: {reason}") from None
    kind = kind_of(target) if target else source.kind if source.kind in KINDS.values() else "yaml"
    content = changed_file(given, source, done.raw, kind)
    if target is None:
        terminal.answer_bytes(content)
    else:
        terminal.save(target, content)
    terminal.say(_sum(done, german=language == "de"))


def _target(given: Input, output: Path | None, *, in_place: bool) -> Path | None:
    if not in_place:
        return output
    if output is not None:
        raise Refused("--in-place and --output exclude each other")
    if given.path is None or not given.path.is_file():
        raise Refused(f"{given.name} is no file that can be changed in place; name one with --output")
    return given.path


def _patches(change: str) -> Iterator[str | Patch]:
    """The id of a recommendation as it is; of a file the patches that stand in it."""
    if change.startswith(RECOMMENDATION) and not Path(change).exists():
        yield change
        return
    try:
        said = json.loads(Path(change).read_bytes())
    except OSError as error:
        raise Refused(f"{change} is neither the id of a recommendation nor a file: {error.strerror}") from None
    except ValueError as error:
        raise Refused(f"{change} holds no JSON: {error}") from None
    found = [*_patches_in(said)]
    if not found:
        raise Refused(f"{change} holds no change: expected a plan, a recommendation or a JSON Patch")
    yield from found


def _patches_in(said: Any) -> Iterator[Patch]:
    if isinstance(said, list) and said and all(isinstance(step, Mapping) and "op" in step for step in said):
        yield said
    elif isinstance(said, Mapping):
        listed = said.get("changes") if isinstance(said.get("changes"), list) else [said]
        for one in listed or ():
            yield from _patches_in(one.get("patch") if isinstance(one, Mapping) else None)


def _sum(done: Applied, *, german: bool) -> str:
    before, after = (sum(f.severity for one in a.findings for f in (one, *one.also)) for a in (done.before, done.after))
    if german:
        return f"Gesamtschwere {before:.0f} → {after:.0f}"
    return f"Total severity {before:.0f} → {after:.0f}"
