"""The columns of every sheet: the members of the document's parts, with dots for nesting."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from app.domain import document
from app.domain.document.members import Member, members_of

_ELSEWHERE = frozenset({"customers.segments", "components"})
"""Lists that have a sheet of their own."""

_RATIOS = ("payout", "modifier")
"""Parts whose numbers are attainments and multiples, where 90 % is 0.9."""


class Column(NamedTuple):
    """A column: its heading and the member that its cells hold. `required`: no row does without it."""

    name: str
    path: tuple[str, ...]
    member: Member
    required: bool = False

    @property
    def is_ratio(self) -> bool:
        """Whether a percentage can mean one thing only: 40 % is 0.4."""
        return self.member.form == "share" or self.path[0] in _RATIOS

    @property
    def is_object(self) -> bool:
        """Whether it stands for an object without members, which a cell says as `{}`."""
        return self.member.form == "object" and not self.member.several


_PARTS: dict[str, type[document.Part]] = {
    "organization": document.Organization,
    "segments": document.Segment,
    "departments": document.Department,
    "outcomes": document.Outcome,
    "kpis": document.Kpi,
    "incentive_plans": document.IncentivePlan,
    "components": document.Component,
    "governance": document.Governance,
    "metrics": document.OwnMetric,
    "influences": document.OwnInfluence,
    "suppressions": document.Suppression,
}
SHEETS = (*_PARTS, "parameters")
"""Every sheet, in the order in which they are written."""

PLAN = Column(
    "incentive_plan",
    ("incentive_plan",),
    Member("incentive_plan", "key", False, True, (), None, "Key of the incentive plan that it belongs to."),
    True,
)
FORMAT = Column(
    "concord", ("concord",), Member("concord", "whole", False, False, (), None, "Version of the format; 1.")
)
PARAMETERS = (
    Column("name", ("name",), Member("name", "text", False, True, (), None, "Name of the parameter."), True),
    Column("value", ("value",), Member("value", "number", False, True, (), None, "What it is set to."), True),
)


@lru_cache(maxsize=len(SHEETS))
def columns_of(sheet: str) -> dict[str, Column]:
    """The columns of a sheet by heading, in the order in which they are written."""
    if sheet == "parameters":
        columns = PARAMETERS
    else:
        first = {"components": (PLAN,), "organization": (FORMAT,)}.get(sheet, ())
        columns = (*first, *_columns(_PARTS[sheet], (), True))
    return {column.name: column for column in columns}


def _columns(part: type[document.Part], path: tuple[str, ...], required: bool) -> Iterator[Column]:
    for member in members_of(part).values():
        place = (*path, member.name)
        name = ".".join(place)
        if name in _ELSEWHERE:
            continue
        needed = required and member.required
        yield Column(name, place, member, needed)
        if member.part is not None and not member.several:
            yield from _columns(member.part, place, needed)
