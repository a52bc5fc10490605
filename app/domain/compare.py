"""Two analyses of one organization, before and after a change: which findings are new, gone, worse, better (semantics §6, §7).

Findings go by their fingerprint, those that a report folds under another one by one. A pair of goals that another rule reports now than
before is one conflict all the same: it is worse, better or unchanged, not gone and new.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.domain import proofs
from app.domain.findings import Analysis, Finding
from app.domain.terms import LEVELS, Level

_PAIRS = frozenset({"goal_conflict", "outcome_conflict", "internal_tension"})


class Grade(NamedTuple):
    """How bad a finding is."""

    severity: float
    level: Level


class Shift(NamedTuple):
    """A finding before and after a change; None where it is not there."""

    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        """The finding as it is now, or as it was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def by(self) -> float:
        """Points of severity that came, negative for those that went."""
        return (self.after.severity if self.after else 0.0) - (self.before.severity if self.before else 0.0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change did to the findings; each list worst first. Severities are sums over all open findings."""

    new: tuple[Shift, ...]
    worse: tuple[Shift, ...]
    fixed: tuple[Shift, ...]
    better: tuple[Shift, ...]
    unchanged: tuple[Shift, ...]
    waived: tuple[Shift, ...]
    """Open before, and accepted by a waiver now."""
    severity_before: float
    severity_after: float
    alignment_before: float | None
    alignment_after: float | None

    @property
    def introduced(self) -> tuple[Shift, ...]:
        """What a review has to answer for: new findings and worse ones."""
        return (*self.new, *self.worse)

    def levels(self) -> dict[Level, int]:
        """How many new or worse findings there are now of each level."""
        return {level: sum(shift.finding.level == level for shift in self.introduced) for level in reversed(LEVELS)}


def compare(before: Analysis | None, after: Analysis) -> Comparison:
    """What became of the findings of one analysis in another, made with the same knowledge and as of the same day.

    Without one before, all that is found is new.
    """
    old, new = _by_fingerprint(before.findings if before else ()), _by_fingerprint(after.findings)
    waived = {one.fingerprint for one in after.waived} & old.keys()
    shifts = [Shift(old[key], new[key]) for key in old.keys() & new.keys()]
    gone = {_pair(old[key]): old[key] for key in sorted(old.keys() - new.keys() - waived)}
    for key in sorted(new.keys() - old.keys()):
        shifts.append(Shift(gone.pop(_pair(new[key]), None), new[key]))
    shifts += (Shift(finding, None) for finding in gone.values())
    return Comparison(
        new=_worst_first(s for s in shifts if s.before is None),
        worse=_worst_first(s for s in shifts if _moved(s) > 0),
        fixed=_worst_first(s for s in shifts if s.after is None),
        better=_worst_first(s for s in shifts if _moved(s) < 0),
        unchanged=_worst_first(s for s in shifts if s.before and s.after and not _moved(s)),
        waived=_worst_first(Shift(old[key], None) for key in waived),
        severity_before=math.fsum(finding.severity for finding in old.values()),
        severity_after=math.fsum(finding.severity for finding in new.values()),
        alignment_before=before.summary.alignment_index if before else None,
        alignment_after=after.summary.alignment_index,
    )


def moved(before: Grade, after: Grade) -> int:
    """1 when what was found is clearly worse, −1 when it is clearly weaker, else 0; as proofs judge it."""
    return proofs.moved(after.severity - before.severity, other_level=after.level != before.level)


def flat(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Every finding by itself, those that others fold included."""
    return tuple(one._replace(also=()) for finding in findings for one in (finding, *finding.also))


def _by_fingerprint(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {finding.fingerprint: finding for finding in flat(findings)}


def _pair(finding: Finding) -> object:
    """The two ends of a conflict, whichever harms the other; anything else stands for itself."""
    if finding.kind not in _PAIRS:
        return finding.fingerprint
    sources = [s for s in finding.subjects if s.role == "source"]
    ends = [min(sources, key=lambda s: (s.kind != "kpi", s.key))] if sources else []
    return frozenset((s.kind, s.key) for s in (*ends, *(s for s in finding.subjects if s.role == "target")))


def _moved(shift: Shift) -> int:
    if shift.before is None or shift.after is None:
        return 0
    before, after = (Grade(finding.severity, finding.level) for finding in (shift.before, shift.after))
    return moved(before, after)


def _worst_first(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    return tuple(sorted(shifts, key=lambda s: (-s.finding.severity, -s.finding.confidence, s.finding.fingerprint)))
