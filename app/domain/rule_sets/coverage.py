"""What a set of rules looks at, department by department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.domain.facts.rows import FactRow
from app.domain.rules.rule import CompiledRule


class Covered(NamedTuple):
    """Rows of a department that a rule reads: on how many it fires, stays silent, or cannot tell."""

    rule: str
    department: str | None
    """None: rows about the whole organization."""
    fires: int
    silent: int
    not_assessable: int


def covered(rules: Iterable[CompiledRule], tables: Mapping[str, Sequence[FactRow]]) -> list[Covered]:
    """Rule × department, in the order of the rules; a row counts for the department that acts. A rule without rows has no entry."""
    found = []
    for compiled in rules:
        answers: dict[str | None, list[int]] = defaultdict(lambda: [0, 0, 0])
        for row in tables.get(compiled.kind.name, ()):
            held = compiled.truth(row.values)
            department = row.departments[0] if row.departments else None
            answers[department][2 if held is None else 0 if held else 1] += 1
        found += [
            Covered(compiled.rule.id, department, *counts)
            for department, counts in sorted(answers.items(), key=lambda entry: entry[0] or "")
        ]
    return found
