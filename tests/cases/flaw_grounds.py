"""What flaws of pay rest on: a flaw stands only while the component's measure does customers enough harm (semantics §6).

So a flaw may go at a stroke when the last of several conflicts falls, although none of the moves that did it moved the flaw by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.domain.detection import Match
from app.domain.optimise import Task
from app.domain.parameters import Parameters

HOLDING = frozenset({"clawback", "deferral"})
"""Remedies after which pay is held back: a conflict that shows in time is then no ground for a flaw, however severe it is."""


class Ground(NamedTuple):
    """What a flaw rests on: conflicts, one of which must have at least so large a severity."""

    conflicts: tuple[str, ...]
    least: float


def grounds_of(task: Task) -> Mapping[str, Ground]:
    """Flaw that counts → its ground, as far as customer conflicts are one; those that it had at first are enough to look at."""
    parameters = task.company.goals.parameters
    harm = defaultdict(list)
    for match in task.detection.matches:
        for item in _harming(match):
            harm[item].append(match)
    found = {}
    for flaw in task.detection.matches:
        if flaw.rule.rule.fact_kind == "component" and flaw.fingerprint in task.before.counted:
            least = _least(flaw, parameters)
            conflicts = {m.fingerprint for m in harm[_measure(flaw)] if m.severity >= least and _is_in_time(flaw, m)}
            if conflicts:
                found[flaw.fingerprint] = Ground(tuple(sorted(conflicts)), least)
    return found


def holding(task: Task) -> frozenset[int]:
    """Moves after which pay is held back."""
    return frozenset(n for n, move in enumerate(task.moves) if move.candidate.remedy.id in HOLDING)


def _harming(match: Match) -> Iterator[tuple[str, str]]:
    """The measures whose push harms customers in a conflict, by kind and key: of rivals both."""
    conflict = match.conflict
    if conflict is not None and match.rule.rule.fact_kind in ("goal_pair", "goal_outcome"):
        if conflict.target.is_outcome or conflict.between.rival:
            yield conflict.goal.item.kind, conflict.goal.item.key
        if conflict.between.rival:
            yield conflict.target.item.kind, conflict.target.item.key


def _measure(flaw: Match) -> tuple[str, str]:
    """The KPI that the component pays for, or the component where it pays for what is no KPI."""
    return min(((s.kind, s.key) for s in flaw.row.subjects), key=lambda one: one[0] != "kpi")


def _is_late(flaw: Match) -> bool:
    return "late_harm" in flaw.rule.rule.condition


def _least(flaw: Match, parameters: Parameters) -> float:
    return parameters.flaw_grave if flaw.row.values["own"] or _is_late(flaw) else parameters.flaw_real


def _is_in_time(flaw: Match, match: Match) -> bool:
    """Whether the conflict is a ground for the flaw, which may ask for harm that shows after pay."""
    assert match.conflict is not None
    return not _is_late(flaw) or match.conflict.lag_days > flaw.row.values["period_days"]
