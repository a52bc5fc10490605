"""The columns of a flat sheet: a component's members under their own names, those of its plan, KPI, department and organization with
what they belong to before them (`incentive_plan.role`, `kpi.baseline`, `department.function`)."""

from __future__ import annotations

from functools import lru_cache

from app.domain.document.members import Member
from app.exchange.columns import PLAN, Column, columns_of
from app.exchange.headings import Match, plain_text
from app.exchange.synonyms import COLUMN_WORDS, folded

OWNERS = {
    "incentive_plan": "incentive_plans",
    "kpi": "kpis",
    "department": "departments",
    "organization": "organization",
}
"""What a row's component belongs to, and its list, in the order in which bare headings are looked up."""

_LINKS = frozenset({"key", "department", "concord"})
"""Members that rows say with the name of what they belong to."""

_DEPARTMENT = Column(
    "department",
    ("department",),
    Member("department", "text", False, True, (), None, "Key or name of the department."),
    True,
)
_ORGANIZATION = Column(
    "organization", ("name",), Member("organization", "text", False, False, (), None, "Name of the organization.")
)


@lru_cache(maxsize=1)
def flat_columns() -> dict[str, Column]:
    """Every column of a flat sheet by its full heading."""
    own = {name: column for name, column in columns_of("components").items() if not column.is_object}
    columns = {**own, "department": _DEPARTMENT, "organization": _ORGANIZATION, "incentive_plan": PLAN}
    for owner, sheet in OWNERS.items():
        for name, column in columns_of(sheet).items():
            if not column.is_object and name not in _LINKS:
                columns[f"{owner}.{name}"] = column._replace(name=f"{owner}.{name}")
    return columns


@lru_cache(maxsize=4096)
def flat_column_of(heading: str) -> Match | None:
    """The column that a heading names: in full, in another word for it, or by a bare name that fits what a row's component belongs to.

    `name` alone is not read: in exports it is often the name of a person.
    """
    columns = flat_columns()
    plain = plain_text(heading)
    if plain in _PERSONS:
        return None
    if plain in _folded_columns():
        return Match(_folded_columns()[plain], "exact")
    meanings, language = COLUMN_WORDS.get(plain, ((), None))
    for column in meanings:
        if column in columns:
            return Match(column, "synonym", language)
    for owner in OWNERS:
        if own := _folded_columns().get(folded(owner) + plain):
            return Match(own, "last_part")
        for word in meanings:
            if word not in ("name", "key") and f"{owner}.{word}" in columns:
                return Match(f"{owner}.{word}", "synonym", language)
    ends = [name for name in columns if folded(name.rpartition(".")[2]) == plain and name.count(".") == 1]
    return Match(ends[0], "last_part") if len(ends) == 1 else None


_PERSONS = frozenset({"name", "bezeichnung", "title"})


@lru_cache(maxsize=1)
def _folded_columns() -> dict[str, str]:
    return {folded(name): name for name in flat_columns()}


def owner_of(column: Column) -> str:
    """What a column describes: one of the owners, or `component`."""
    if column.name in OWNERS:
        return column.name
    first = column.name.partition(".")[0]
    return first if first in OWNERS and column.name != first else "component"
