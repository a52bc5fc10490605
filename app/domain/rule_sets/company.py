"""What rules can expect of one organization: its rows, and the words of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.facts.kinds import FACT_KINDS
from app.domain.facts.rows import FactRow
from app.domain.rule_sets.remarks import Company

OF_ITS_OWN = frozenset({"function", "metric_function"})
"""Fields whose words an organization brings along: which departments it has. What it may yet do wrong (how a payout is built) is left
out, since a rule against that is meant to stay silent."""


def company_of(tables: Mapping[str, Sequence[FactRow]]) -> Company:
    """An organization as rules see it, out of its fact tables."""
    rows = {kind: [row.values for row in found] for kind, found in tables.items()}
    words = {}
    for kind, found in rows.items():
        fields = [
            field for field in FACT_KINDS[kind].fields.values() if field.type == "enum" and field.name in OF_ITS_OWN
        ]
        said = {field.name: {row[field.name] for row in found} - {None} for field in fields}
        words[kind] = {name: tuple(sorted(known)) for name, known in said.items() if known}
    return Company(rows, words)
