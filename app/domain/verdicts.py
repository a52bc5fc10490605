"""What an audit hands to whoever shows it: every finding with what the company's settings, waivers and baseline say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from app.domain.findings import Analysis, Finding, Setting, Standing, Waived
from app.domain.terms import LEVELS, Language, Level

if TYPE_CHECKING:
    from app.domain.instruments import Instrument


class Waiver(NamedTuple):
    """Who accepted a finding, why and until when: it is shown as waived and never fails a run."""

    owner: str | None
    reason: str | None
    expires: date | None
    place: str = ""
    """Where the waiver stands: `suppressions[2]` of the document, or file and line (`waivers.yaml:12`)."""


class Verdict(NamedTuple):
    """One finding and what is said of it. Findings that the report folds under another (`also`) have a verdict of their own."""

    finding: Finding
    """As graded by the settings; its `also` is empty."""
    engine_level: Level
    """Its level before any override."""
    waiver: Waiver | None = None
    baseline: Standing | None = None
    """None when no baseline was given."""
    override: str | None = None
    """Where the override stands, such as `concord.toml rules.FLU101`."""

    @property
    def counts(self) -> bool:
        """Whether it may fail a run: neither waived nor known from the baseline."""
        return self.waiver is None and self.baseline != "unchanged"


class Assessed(NamedTuple):
    """The newest assessment with an instrument, as the API shows it."""

    instrument: Instrument
    said: Mapping[str, Any]


class Beside(NamedTuple):
    """What is kept of an organization beside its analyses, each as the API shows it; None where it has none.

    `customers_unfit`: what is said of customers names segments that the document of the analysis does not have.
    """

    assessments: tuple[Assessed, ...] = ()
    customers: Mapping[str, Any] | None = None
    customers_unfit: bool = False
    case: Mapping[str, Any] | None = None
    roadmap: Mapping[str, Any] | None = None


class AuditReport(NamedTuple):
    """One document as audited. `verdicts`: worst first; what was not selected is left out, what is waived is in."""

    file: str
    analysis: Analysis
    verdicts: tuple[Verdict, ...]
    place: Callable[[str], tuple[int, int] | None]
    """JSON pointer → (line, column), both from 1, in a YAML or JSON file; None for other files and unknown pointers."""
    notices: tuple[str, ...]
    """What a reader must know of waivers and baselines: unused, expired, unknown, void, fixed."""
    as_of: date
    language: Language
    settings: tuple[Setting, ...] = ()
    raw: Mapping[str, Any] = MappingProxyType({})
    """The document as submitted: it gives names to keys, and pointers to what has a key."""
    id: str = ""
    """Of the stored analysis; empty where nothing is stored."""
    beside: Beside | None = None
    """None where nothing is stored, and in formats that do not tell it."""


def verdicts_of(analysis: Analysis) -> tuple[Verdict, ...]:
    """A verdict for every finding of an analysis, folded and waived ones too: the gravest level first, then by severity."""
    verdicts = [_verdict(finding, None) for finding in each(analysis.findings)]
    verdicts += [_verdict(waived.finding, _waiver(waived)) for waived in analysis.waived if waived.finding]
    return tuple(sorted(verdicts, key=_worst_first))


def each(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """The findings one by one: those that an entry folds follow it."""
    for finding in findings:
        yield finding._replace(also=()) if finding.also else finding
        yield from finding.also


def _verdict(finding: Finding, waiver: Waiver | None) -> Verdict:
    return Verdict(finding, finding.engine_level or finding.level, waiver, finding.baseline, finding.override or None)


def _waiver(waived: Waived) -> Waiver:
    expires = date.fromisoformat(waived.expires) if waived.expires else None
    return Waiver(waived.owner, waived.reason, expires, waived.place)


def _worst_first(verdict: Verdict) -> tuple[int, float, float, str]:
    finding = verdict.finding
    return -LEVELS.index(finding.level), -finding.severity, -finding.confidence, finding.fingerprint
