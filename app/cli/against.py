"""`concord audit --against`: what a change introduces, fixes and worsens, with the clauses that do it; the gate for plan reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from app.cli import terminal
from app.cli.against_versions import OldVersions
from app.cli.audit_delivery import TEXT
from app.cli.audit_outcome import Audited, How, Outcome, Unread
from app.cli.audit_settings import InForce, Settings
from app.cli.failures import FINDINGS, REFUSED, Refused
from app.cli.inputs import Input
from app.domain.document.patch import pointer_to
from app.domain.errors import DocumentInvalid
from app.domain.policy import Policy
from app.domain.terms import from_level
from app.exchange.source import Source
from app.reports.looks import Looks
from app.services.changes import ChangeAudit, audit_change

JSON = "json"


class Reviewed(NamedTuple):
    """A document whose change was audited. `against`: what it was compared with, by name; `old`: None where there was nothing."""

    given: Input
    source: Source
    old: Source | None
    against: str
    audit: ChangeAudit
    in_force: InForce
    policy: Policy

    @property
    def fails(self) -> bool:
        """Whether the change introduces or worsens a finding of the level at which a run fails."""
        grave = from_level(self.in_force.fail_on)
        return any(shift.finding.level in grave for shift in self.audit.comparison.introduced)

    @property
    def moves(self) -> bool:
        """Whether any finding came, went or moved, or a name is not understood any more."""
        found = self.audit.comparison
        return bool(found.introduced or found.fixed or found.better or found.waived or self.audit.unread)

    @property
    def places(self) -> dict[tuple[str, ...], str]:
        """Where each changed part and member stands in the document as it is now; sheets have no such places."""
        if self.source.kind not in ("yaml", "json"):
            return {}
        paths = {change.path for change in self.audit.changes}
        paths |= {(*c.path, member.path[0]) for c in self.audit.changes for member in c.members}
        pointers = {path: pointer_to(self.source.raw, path) for path in sorted(paths)}
        return {
            path: f"{self.given.name}:{self.source.places.at(pointer).line}"
            for path, pointer in pointers.items()
            if pointer is not None
        }


def review(
    paths: Sequence[str],
    inputs: Sequence[Input],
    against: str,
    settings: Settings,
    how: How,
    *,
    format_: str,
    looks: Looks,
    output: Path | None,
    exit_zero: bool,
) -> int:
    """Audit the change of each document, write what it does in a format, and give the exit status."""
    versions = OldVersions(against, paths, inputs)
    documents = list(_reviewed(inputs, versions, against, settings, how))
    for gone in versions.gone():
        terminal.say(f"concord: {gone.name} is not there any more, and neither is what was found in it")
    done = [one for one in documents if isinstance(one, Reviewed)]
    content = _told(documents, done, format_, looks, how)
    if output is not None:
        terminal.save(output, content)
    elif format_ == TEXT:
        terminal.answer(content.decode())
    else:
        terminal.answer_bytes(content)
    if len(done) < len(documents):
        return REFUSED
    return FINDINGS if not exit_zero and any(one.fails for one in done) else 0


def _reviewed(
    inputs: Sequence[Input], versions: OldVersions, against: str, settings: Settings, how: How
) -> Iterator[Reviewed | Unread]:
    from app.cli.audit_policy import Policies

    in_force = [settings.of(given)._replace(baseline=None, new_only=False) for given in inputs]
    policies = Policies(inputs, in_force, how, update_baseline=False)
    with terminal.progress([*zip(inputs, in_force, strict=True)], "Auditing") as shown:
        for given, one in shown:
            reading = given
            try:
                source = given.read()
                before = versions.of(given)
                reading = before or given
                old = before.read() if before else None
                policy = policies.of(given, source, one)
                audit = audit_change(old, source, as_of=how.as_of, language=how.language, policy=policy)
            except DocumentInvalid as invalid:
                from app.cli.problems import print_problems

                print_problems(invalid, _whose(invalid, given, reading), how.language)
                yield Unread(given, str(invalid), invalid)
            except Refused as refused:
                terminal.say(f"concord: {refused}")
                yield Unread(given, str(refused))
            else:
                yield Reviewed(given, source, old, before.name if before else against, audit, one, policy)


def _whose(invalid: DocumentInvalid, given: Input, old: Input) -> Input:
    """The side of the comparison that the problems are of."""
    files = {problem.file for problem in invalid.problems}
    return given if given.name in files else old


def _told(
    documents: Sequence[Reviewed | Unread], done: Sequence[Reviewed], format_: str, looks: Looks, how: How
) -> bytes:
    if format_ == TEXT:
        return _pages(done, looks, how)
    if format_ == JSON:
        return _json([_as_json(one) for one in done], several=len(documents) > 1)
    return _report(documents, format_, how)


def _pages(done: Sequence[Reviewed], looks: Looks, how: How) -> bytes:
    """A page for each document; of several only for those with a finding that moved, and all of them side by side."""
    if len(done) < 2:
        return b"".join(_page(one, looks, how) for one in done)
    from app.reports.text import file_heading
    from app.reports.text_against import several_page

    heads = ((file_heading(one.given.name, looks.width, looks.colour), one) for one in done if one.moves)
    pages = [head + _page(one, looks, how) for head, one in heads]
    told = [(one.given.name, one.audit.comparison, one.old is None or bool(one.audit.changes)) for one in done]
    pages.append(several_page(told, how.language, looks.width).text(colour=looks.colour).encode())
    return b"\n".join(pages)


def _page(one: Reviewed, looks: Looks, how: How) -> bytes:
    from app.catalogue.load import catalogue
    from app.reports.text_against import against_page

    audit = one.audit
    page = against_page(
        audit.comparison,
        audit.causes,
        analysis=audit.after,
        against=one.against,
        changes=len(audit.changes) if one.old is not None else None,
        unread=audit.unread,
        raw=one.source.raw,
        old_raw=one.old.raw if one.old is not None else {},
        places=one.places,
        catalogue=catalogue(),
        language=how.language,
        width=looks.width,
        brief=looks.brief,
    )
    return page.text(colour=looks.colour).encode()


def _as_json(one: Reviewed) -> dict[str, object]:
    from app.reports.json_changes import change_as_analysis

    audit = one.audit
    return change_as_analysis(
        one.given.name,
        one.against,
        changes=audit.changes,
        comparison=audit.comparison,
        causes=audit.causes,
        after=audit.after,
        unread=audit.unread,
        places=one.places,
    )


def _json(changes: list[dict[str, object]], *, several: bool) -> bytes:
    from app.reports.canonical_json import written

    return written({"changes": changes} if several or not changes else changes[0])


def _report(documents: Sequence[Reviewed | Unread], format_: str, how: How) -> bytes:
    """Any other format, of what is new or worse: to it, all else is known from a baseline."""
    from app.catalogue.load import catalogue
    from app.cli.audit_delivery import refusals, reports_of
    from app.reports import formats

    found = Outcome(tuple(one if isinstance(one, Unread) else _as_new(one, how) for one in documents))
    return formats.render(
        format_, reports_of(found, format_, how.language), catalogue=catalogue(), refused=refusals(found, how.language)
    )


def _as_new(one: Reviewed, how: How) -> Audited:
    from app.services import audits

    comparison = one.audit.comparison
    known = frozenset(shift.finding.fingerprint for shift in (*comparison.unchanged, *comparison.better))
    analysis = audits.audit(
        one.source,
        as_of=how.as_of,
        language=how.language,
        with_recommendations=how.with_recommendations,
        policy=one.policy._replace(known=known, new_only=True),
    )
    told = f"{one.against}: {_counts(one, german=how.language == 'de')}"
    return Audited(
        one.given,
        one.source,
        analysis._replace(notices=(*analysis.notices, told)),
        one.in_force._replace(baseline=None),
    )


def _counts(one: Reviewed, *, german: bool) -> str:
    found = one.audit.comparison
    new, worse, fixed, better = len(found.new), len(found.worse), len(found.fixed), len(found.better)
    if german:
        return f"{new} neu, {worse} schlimmer, {fixed} behoben, {better} milder"
    return f"{new} new, {worse} worse, {fixed} fixed, {better} better"
