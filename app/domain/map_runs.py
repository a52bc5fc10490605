"""Runs of the engine on another map: the same goals, and the same arithmetic and rules, where influences are not what they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.domain.alignment import align
from app.domain.conflicts import Conflict, conflicts_in
from app.domain.detection import Detection, severity_by
from app.domain.facts.component import component_rows
from app.domain.facts.department import department_rows
from app.domain.facts.goal_rows import goal_rows
from app.domain.facts.organization import organization_rows
from app.domain.facts.pair_rows import goal_outcome_row, goal_pair_row
from app.domain.field import Field
from app.domain.findings import Subject
from app.domain.fingerprint import fingerprint
from app.domain.goals import Goals
from app.domain.maps import Maps
from app.domain.rules.rule import CompiledRule

Subjects = tuple[Subject, ...]
Severities = dict[str, float]
"""Fingerprint → severity, 0–100, of everything that the rules report."""


class MapField(Field):
    """What the goals of a document do to what is wanted, asked on maps that are given."""

    def __init__(self, goals: Goals, maps: Maps) -> None:
        super().__init__(goals, maps.metrics)
        self._families = maps.families


class _Row(NamedTuple):
    """A row of facts that rules read; `conflict`: a pair, which has one finding however many of the built-in rules hold on it."""

    values: Mapping[str, Any]
    subjects: Subjects
    conflict: bool = False


class MapRuns:
    """Runs on one document, as it was detected, by the rules that are in force on a day."""

    def __init__(self, detection: Detection, rules: Sequence[CompiledRule], as_of: date) -> None:
        self._field = detection.field
        in_force = [compiled for compiled in rules if compiled.rule.effective.holds(as_of)]
        self._rules = sorted(in_force, key=lambda compiled: compiled.rule.id)
        self._fingerprints: dict[tuple[str, Subjects], str] = {}

    def on(self, maps: Maps) -> Severities:
        """What is found on the maps."""
        if maps.metrics.levers is self._field.graph.levers:
            field = self._field.on(maps.metrics, maps.families)
        else:
            field = MapField(self._field.goals, maps)
        tables = _tables(field, conflicts_in(field))
        found: Severities = {}
        taken: set[int] = set()
        for compiled in self._rules:
            rule = compiled.rule
            for row in tables[rule.fact_kind]:
                if (id(row) in taken and not rule.own) or not compiled.truth(row.values):
                    continue
                if row.conflict and rule.finding.endswith(("conflict", "tension")) and not rule.own:
                    taken.add(id(row))
                key = self._fingerprint(rule.id, row.subjects)
                found[key] = max(found.get(key, 0.0), severity_by(compiled, row.values))
        return found

    def _fingerprint(self, rule: str, subjects: Subjects) -> str:
        known = self._fingerprints.get((rule, subjects))
        if known is None:
            known = self._fingerprints[rule, subjects] = fingerprint(rule, subjects)
        return known


def _tables(field: Field, conflicts: list[Conflict]) -> Mapping[str, list[_Row]]:
    departments = align(field)
    return {
        "goal_pair": [
            _Row(goal_pair_row(c), _ends(c), conflict=True) for c in conflicts if not c.target.is_outcome
        ],
        "goal_outcome": [
            _Row(goal_outcome_row(c, field.goals), _ends(c), conflict=True) for c in conflicts if c.target.is_outcome
        ],
        "goal": list(_plain(goal_rows(field))),
        "component": list(_plain(component_rows(field, conflicts))),
        "department": list(_plain(department_rows(field, conflicts, departments))),
        "organization": list(_plain(organization_rows(field, conflicts, departments))),
    }  # fmt: skip


def _plain(rows: Sequence[Any]) -> Iterator[_Row]:
    return (_Row(row.values, row.subjects) for row in rows)


def _ends(conflict: Conflict) -> Subjects:
    source, target = conflict.goal.item, conflict.target.item
    return (Subject(source.kind, source.key, "source"), Subject(target.kind, target.key, "target"))
