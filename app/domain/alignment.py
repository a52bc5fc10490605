"""How far departments pull where customers want them (semantics §5; after Baker 2002: distortion is the angle between what is paid
for and what is worth having)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.domain.field import Field
from app.domain.findings import DepartmentView, Finding, MatrixCell, OutcomeEffect
from app.domain.terms import CUSTOMER

CONFLICTS = ("goal_conflict", "outcome_conflict", "internal_tension")


def align(field: Field) -> tuple[DepartmentView, ...]:
    """Each department's alignment with the outcomes, what share of their weight it reaches, and its effects, by key."""
    goals = field.goals
    aims = [t for t in field.targets if t.is_outcome]
    weights = goals.outcome_weights
    whole = math.fsum(weights.values())
    by_department = defaultdict(list)
    for goal in goals.goals:
        by_department[goal.department].append(goal)
    views = []
    for department in sorted(d.key for d in goals.document.departments):
        helps: dict[str, list[float]] = defaultdict(list)
        harms: dict[str, list[float]] = defaultdict(list)
        for goal in by_department[department]:
            for aim in aims:
                between = field.between(goal, aim)
                if between.help > 0 or between.harm > 0:
                    helps[aim.item.key].append(goal.pressure * between.help)
                    harms[aim.item.key].append(goal.pressure * between.harm)
        effects = tuple(
            OutcomeEffect(outcome, math.fsum(helps[outcome]), math.fsum(harms[outcome])) for outcome in sorted(weights)
        )
        reached = math.fsum(weights[outcome] for outcome in helps)
        views.append(
            DepartmentView(
                key=department,
                alignment=_cosine([e.help - e.harm for e in effects], [weights[e.outcome] for e in effects]),
                coverage=reached / whole if whole else 0.0,
                pressure=math.fsum(goal.pressure for goal in by_department[department]),
                effects=effects,
            )
        )
    return tuple(views)


def alignment_index(departments: Sequence[DepartmentView]) -> float | None:
    """The pressure-weighted mean over the departments that reach an outcome; None when none does."""
    known = [(d.alignment, d.pressure) for d in departments if d.alignment is not None]
    whole = math.fsum(pressure for _, pressure in known)
    return math.fsum(alignment * pressure for alignment, pressure in known) / whole if whole else None


def conflict_matrix(findings: Iterable[Finding]) -> tuple[MatrixCell, ...]:
    """One cell per pair of departments, and of a department and the customers, between which a conflict was found.

    `findings` are single ones (not folded), each with its departments: the one that pushes first.
    """
    cells: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.kind in CONFLICTS:
            source = finding.departments[0]
            harmed = CUSTOMER if finding.kind == "outcome_conflict" else finding.departments[-1]
            cells[source, harmed].append(finding)
    return tuple(
        MatrixCell(source, target, len(found), worst.severity, worst.fingerprint)
        for (source, target), found in sorted(cells.items())
        for worst in [min(found, key=lambda f: (-f.severity, -f.confidence, f.fingerprint))]
    )


def _cosine(effect: list[float], value: list[float]) -> float | None:
    length = math.sqrt(math.fsum(e * e for e in effect)) * math.sqrt(math.fsum(v * v for v in value))
    if length == 0:
        return None
    return max(-1.0, min(1.0, math.fsum(e * v for e, v in zip(effect, value, strict=True)) / length))
