"""Pages of rows: keyset paging in SQL, so that rows that come and go between two pages neither skip nor repeat those that stay.

A list is described once, beside its table, and read by `page_of`:

    KEYS = Listing(
        ApiKeyRow,
        shown=(_c.id, _c.name, _c.scopes, _c.created_at),
        sort={"id": _c.id, "name": _c.name, "created_at": _c.created_at},
        total=("id",),
        filters={"name": _c.name, **created(_c.created_at)},
    )

    def listed(tx: Transaction, wanted: Wanted) -> Found[Row[Any]]:
        return page_of(tx, KEYS, wanted, _c.revoked_at.is_(None))

Rows have the columns that are `shown` as attributes. Where the columns of an order are one index, behind `workspace_id`, a page costs what
it holds, however long the list is. `app.web.stored_lists` shows the handler's side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, Text, and_, case, func, literal, or_, tuple_, type_coerce
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.domain.errors import PlaceLost
from app.domain.pages import Found, Place, Wanted
from app.storage.workspace import Owned, Transaction

Condition = Callable[[Sequence[Any]], Any]
"""The values of a filter → what a row must meet."""

_LARGEST = 2**63


@dataclass(frozen=True)
class Listing:
    """What can be asked of the rows of a table.

    `sort`: member → what it orders by; `total`: the members that end every order, no two rows being alike in them. `filters`: parameter →
    the column whose value must be one of those given, or a condition made of them. `searched`: columns whose texts are kept `folded`.
    """

    table: type[Owned]
    shown: Sequence[Any]
    sort: Mapping[str, Any]
    total: Sequence[str]
    filters: Mapping[str, Any] = field(default_factory=dict)
    searched: Sequence[Any] = ()


def page_of(tx: Transaction, listing: Listing, wanted: Wanted, *conditions: Any) -> Found[Row[Any]]:
    """The wanted page of the workspace's rows that meet the conditions. Raises PlaceLost."""
    conditions = (*conditions, *_fitting(listing, wanted))
    steps = _steps(listing, wanted.sort)
    chosen = tx.mine(listing.table, *listing.shown, *(step.column for step in steps)).where(*conditions)
    backwards = wanted.place is not None and wanted.place.side == "before"
    rows = tx.all(_from(chosen, steps, wanted.place, wanted.limit + 1))
    has_more, rows = len(rows) > wanted.limit, rows[: wanted.limit]
    if backwards:
        rows = rows[::-1]
    total = tx.count(listing.table, *conditions) if wanted.counted else None
    if not rows:
        return Found((), total=total)
    before, after = _place("before", rows[0], steps), _place("after", rows[-1], steps)
    behind = after if backwards else before
    is_behind = wanted.place is not None and tx.first(_from(chosen, steps, behind, 1)) is not None
    has_before, has_after = (has_more, is_behind) if backwards else (is_behind, has_more)
    return Found(tuple(rows), before if has_before else None, after if has_after else None, total)


def created(column: Any) -> dict[str, Condition]:
    """The filters `created_after` and `created_before`."""
    return {"created_after": later_than(column), "created_before": earlier_than(column)}


def later_than(column: Any) -> Condition:
    """A filter: after an instant."""
    return lambda values: column > values[0]


def earlier_than(column: Any) -> Condition:
    """A filter: before an instant."""
    return lambda values: column < values[0]


def at_least(column: Any) -> Condition:
    """A filter: this much or more."""
    return lambda values: column >= values[0]


def at_most(column: Any) -> Condition:
    """A filter: this much or less."""
    return lambda values: column <= values[0]


def names_one_of(column: Any) -> Condition:
    """A filter: a list of keys, kept as JSON, has one of the values."""
    said = type_coerce(column, Text)
    return lambda values: or_(*(said.contains(f'"{key}"', autoescape=True) for key in values))


class _Step(NamedTuple):
    """One of the values that rows are ordered by."""

    value: ColumnElement[Any]
    descending: bool
    number: int

    @property
    def column(self) -> ColumnElement[Any]:
        return self.value.label(f"step_{self.number}")

    def bound(self, value: Any) -> ColumnElement[Any]:
        """A value of a place as one that rows are compared with; raises PlaceLost for what cannot be one."""
        kind = self.value.type.python_type
        fits = isinstance(value, kind) or (kind is float and isinstance(value, int))
        if (
            not fits
            or (isinstance(value, int) and abs(value) >= _LARGEST)
            or (isinstance(value, str) and _UNKEPT.search(value))
        ):
            raise PlaceLost
        return literal(value, self.value.type)


_UNKEPT = re.compile("[\0\ud800-\udfff]")
"""What no text in a database holds."""


def _fitting(listing: Listing, wanted: Wanted) -> list[Any]:
    found = [_filter(listing.filters[name], values) for name, values in wanted.filters.items()]
    for word in wanted.words:
        found.append(or_(*(column.contains(word, autoescape=True) for column in listing.searched)))
    return found


def _filter(looked_at: Any, values: Sequence[Any]) -> Any:
    return looked_at.in_(values) if hasattr(looked_at, "in_") else looked_at(values)


def _steps(listing: Listing, sort: Sequence[str]) -> list[_Step]:
    """What the rows are ordered by, one after the other; what is missing comes last, and first in descending order."""
    named = {member.removeprefix("-") for member in sort}
    values: list[tuple[Any, bool]] = []
    for member in (*sort, *(last for last in listing.total if last not in named)):
        column, descending = listing.sort[member.removeprefix("-")], member.startswith("-")
        plain: ColumnElement[Any] = type_coerce(column, _plain(column.type))
        if getattr(column, "nullable", False):
            values.append((case((column.is_(None), 1), else_=0), descending))
            plain = func.coalesce(plain, literal(plain.type.python_type(), plain.type))
        values.append((plain, descending))
    return [_Step(value, descending, number) for number, (value, descending) in enumerate(values)]


def _plain(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """What the database itself holds: instants are numbers there."""
    return type_.impl_instance if isinstance(type_, TypeDecorator) else type_


def _from(chosen: Select[Any], steps: Sequence[_Step], place: Place | None, limit: int) -> Select[Any]:
    """The rows next to a place, nearest first."""
    backwards = place is not None and place.side == "before"
    order = [step.value.desc() if step.descending != backwards else step.value.asc() for step in steps]
    if place is not None:
        chosen = chosen.where(_beyond(steps, place, backwards=backwards))
    return chosen.order_by(*order).limit(limit)


def _beyond(steps: Sequence[_Step], place: Place, *, backwards: bool) -> ColumnElement[bool]:
    """What a row meets that stands beyond a place. One direction for all values lets databases look it up in an index."""
    if len(place.values) != len(steps):
        raise PlaceLost
    bounds = [step.bound(value) for step, value in zip(steps, place.values, strict=True)]
    down = {step.descending != backwards for step in steps}
    if len(down) == 1:
        ours, theirs = tuple_(*(step.value for step in steps)), tuple_(*bounds)
        return ours < theirs if down.pop() else ours > theirs
    return or_(
        *(
            and_(
                *(steps[n].value == bounds[n] for n in range(last)),
                step.value < bounds[last] if step.descending != backwards else step.value > bounds[last],
            )
            for last, step in enumerate(steps)
        )
    )


def _place(side: Any, row: Row[Any], steps: Sequence[_Step]) -> Place:
    return Place(side, tuple(getattr(row, f"step_{step.number}") for step in steps))
