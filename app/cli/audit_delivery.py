"""What a run ends in: its report in a format, where it goes, and the exit status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli import terminal
from app.cli.audit_outcome import Audited, Outcome
from app.cli.failures import FINDINGS, REFUSED
from app.domain.terms import Language, from_level

if TYPE_CHECKING:
    from app.domain.verdicts import AuditReport
    from app.reports.looks import Looks
    from app.reports.refusals import Refusal

TEXT = "text"


def deliver(outcome: Outcome, format_: str, looks: Looks, language: Language, output: Path | None) -> None:
    """Write the report of a run. What concerns several documents together is said on standard error, and in the first report."""
    reports = reports_of(outcome, format_, language)
    if format_ == TEXT:
        from app.reports import text

        content = text.render(reports, catalogue=outcome.catalogue, looks=looks)
    else:
        from app.reports import formats

        content = formats.render(format_, reports, catalogue=outcome.catalogue, refused=refusals(outcome, language))
    if output is not None:
        terminal.save(output, content)
    elif format_ == TEXT:
        terminal.answer(content.decode())
    else:
        terminal.answer_bytes(content)


def status(outcome: Outcome, *, exit_zero: bool, accepts_all: bool) -> int:
    """2 when a document was refused, else 1 when one has findings that count or, if that is wanted, a baseline that is out of date."""
    if outcome.unread:
        return REFUSED
    if exit_zero or accepts_all:
        return 0
    return FINDINGS if any(_fails(one) for one in outcome.audited) else 0


def _fails(one: Audited) -> bool:
    if one.is_stale and one.in_force.strict_baseline:
        return True
    grave = from_level(one.in_force.fail_on)
    if one.in_force.baseline is None:
        return any(one.analysis.summary.levels.get(level) for level in grave)
    from app.domain.verdicts import verdicts_of

    return any(verdict.counts and verdict.finding.level in grave for verdict in verdicts_of(one.analysis))


def reports_of(outcome: Outcome, format_: str, language: Language) -> list[AuditReport]:
    """The documents as formats tell them. What concerns them together is said on standard error, and in the first of them."""
    from app.services.verdicts import reported

    audited = [(one.given.name, one.source, one.analysis) for one in outcome.audited]
    if outcome.notices:
        is_one = len(outcome.documents) == 1
        if not is_one:
            for notice in outcome.notices:
                terminal.say(f"concord: {notice}")
        if audited and (is_one or format_ != TEXT):
            name, source, analysis = audited[0]
            audited[0] = (name, source, analysis._replace(notices=(*analysis.notices, *outcome.notices)))
    return [reported(name, source, analysis, language=language) for name, source, analysis in audited]


def refusals(outcome: Outcome, language: Language) -> list[Refusal]:
    """The documents that were refused, as formats tell them."""
    from app.reports.refusals import Refusal

    return [
        Refusal.of(one.given.name, one.invalid, language) if one.invalid else Refusal(one.given.name, one.reason)
        for one in outcome.unread
    ]
