"""The columns of a flat sheet: a component's members under their own names, those of its plan, KPI, department and organization with
what they belong to before them (`incentive_plan.role`, `kpi.baseline`, `department.function`)."""

from __future__ import annotations

from functools import lru_cache

from app.domain.document_members import Member
from app.exchange.columns import PLAN, Column, columns_of
from app.exchange.headings import heading_words, plain

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


def flat_column_of(heading: str) -> str | None:
    """The column that a heading names: in full, in another word for it, or by a bare name that fits what a row's component belongs to.

    `name` alone is not read: in exports it is often the name of a person.
    """
    columns = flat_columns()
    for word in heading_words(heading):
        if word in columns:
            return word
        owned = (f"{owner}.{word}" for owner in OWNERS if word != "name")
        if found := next((name for name in owned if name in columns), None):
            return found
    ends = [name for name in columns if name.rpartition(".")[2] == plain(heading) and name.count(".") == 1]
    return ends[0] if len(ends) == 1 and plain(heading) != "name" else None


def owner_of(column: Column) -> str:
    """What a column describes: one of the owners, or `component`."""
    if column.name in OWNERS:
        return column.name
    first = column.name.partition(".")[0]
    return first if first in OWNERS and column.name != first else "component"
