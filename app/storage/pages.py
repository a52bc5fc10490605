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

Rows have the columns that are `shown` as attributes. What all rows of a listing meet can stand in the listing, with values that are given
when it is asked; as long as nothing is filtered or searched, its statements are then compiled once:

    PARTS = Listing(…, where=(_p.organization_id == bindparam("organization"),))

        return page_of(tx, PARTS, wanted, organization=organization.id)

Where the columns of an order are one index, behind `workspace_id`, a page costs what
it holds, however long the list is. `app.web.stored_lists` shows the handler's side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    tuple_,
    type_coerce,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.domain.errors import PlaceLost
from app.domain.pages import Found, Place, Side, Wanted
from app.storage.prepared import Prepared
from app.storage.workspace import Glance, Owned, Transaction, rows_of

Condition = Callable[[Sequence[Any]], Any]
"""The values of a filter → what a row must meet."""

_LARGEST = 2**63


@dataclass(frozen=True)
class Listing:
    """What can be asked of the rows of a table.

    `sort`: member → what it orders by; `total`: the members that end every order, no two rows being alike in them. `filters`: parameter →
    the column whose value must be one of those given, or a condition made of them. `searched`: columns whose texts are kept `folded`.
    `where`: what all its rows meet.
    """

    table: type[Owned]
    shown: Sequence[Any]
    sort: Mapping[str, Any]
    total: Sequence[str]
    filters: Mapping[str, Any] = field(default_factory=dict)
    searched: Sequence[Any] = ()
    where: Sequence[Any] = ()
    prepared: dict[Any, Prepared] = field(default_factory=dict, init=False, repr=False, compare=False)
    steps: dict[Any, Sequence[_Step]] = field(default_factory=dict, init=False, repr=False, compare=False)


def is_plain(wanted: Wanted) -> bool:
    """Whether a page may be had at a `Glance`: nothing is filtered, searched or counted, the order is one of those that are prepared, and
    the page is the first."""
    return not (wanted.filters or wanted.words or wanted.counted or wanted.place or len(wanted.sort) > 1)


def page_of(tx: Transaction | Glance, listing: Listing, wanted: Wanted, *conditions: Any, **values: Any) -> Found[Any]:
    """The wanted page of the workspace's rows that meet the conditions, and those of the listing with these values; at a glance, one that
    `is_plain`. Raises PlaceLost."""
    conditions = (*conditions, *_fitting(listing, wanted))
    steps = _steps(listing, wanted.sort)
    rows_from = partial(_rows, tx, listing, wanted.sort, steps, conditions, values)
    backwards = wanted.place is not None and wanted.place.side == "before"
    rows = rows_from(wanted.place, wanted.limit + 1)
    has_more, rows = len(rows) > wanted.limit, rows[: wanted.limit]
    if backwards:
        rows = rows[::-1]
    total = None
    if wanted.counted and isinstance(tx, Transaction):
        total = tx.count(listing.table, *listing.where, *conditions, values=values)
    if not rows:
        return Found((), total=total)
    before, after = _place("before", rows[0], steps), _place("after", rows[-1], steps)
    behind = after if backwards else before
    is_behind = wanted.place is not None and bool(rows_from(behind, 1))
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

    @property
    def bound(self) -> ColumnElement[Any]:
        """The value of a place, as rows are compared with it."""
        return bindparam(self.name, type_=self.value.type)

    @property
    def name(self) -> str:
        """What the value of a place is called."""
        return f"place_{self.number}"

    def checked(self, value: Any) -> Any:
        """A value of a place; raises PlaceLost for what rows cannot be compared with."""
        kind = self.value.type.python_type
        fits = isinstance(value, kind) or (kind is float and isinstance(value, int))
        if (
            not fits
            or (isinstance(value, int) and abs(value) >= _LARGEST)
            or (isinstance(value, str) and _UNKEPT.search(value))
        ):
            raise PlaceLost
        return value


_UNKEPT = re.compile("[\0\ud800-\udfff]")
"""What no text in a database holds."""


def _fitting(listing: Listing, wanted: Wanted) -> list[Any]:
    found = [_filter(listing.filters[name], values) for name, values in wanted.filters.items()]
    for word in wanted.words:
        found.append(or_(*(column.contains(word, autoescape=True) for column in listing.searched)))
    return found


def _filter(looked_at: Any, values: Sequence[Any]) -> Any:
    return looked_at.in_(values) if hasattr(looked_at, "in_") else looked_at(values)


def _rows(
    tx: Transaction | Glance,
    listing: Listing,
    sort: tuple[str, ...],
    steps: Sequence[_Step],
    conditions: Sequence[Any],
    values: Mapping[str, Any],
    place: Place | None,
    most: int,
) -> Sequence[Any]:
    """The rows next to a place, nearest first."""
    side = None if place is None else place.side
    given = {**values, **_bounds(steps, place), _MOST: most}
    columns = (*listing.shown, *(step.column for step in steps))
    if isinstance(tx, Transaction) and (conditions or len(sort) > 1):
        return tx.all(_from(tx.mine(listing.table, *columns).where(*listing.where, *conditions), steps, side), given)
    prepared = listing.prepared.get((sort, side))
    if prepared is None:
        prepared = Prepared(_from(rows_of(listing.table, *columns).where(*listing.where), steps, side))
        listing.prepared[sort, side] = prepared
    return tx.find_all(prepared, **given)


_MOST = "most"


def _bounds(steps: Sequence[_Step], place: Place | None) -> dict[str, Any]:
    """The values of a place by name. Raises PlaceLost."""
    if place is None:
        return {}
    if len(place.values) != len(steps):
        raise PlaceLost
    return {step.name: step.checked(value) for step, value in zip(steps, place.values, strict=True)}


def _steps(listing: Listing, sort: tuple[str, ...]) -> Sequence[_Step]:
    """What the rows are ordered by; made once for orders that are asked for often."""
    if len(sort) > 1:
        return _made_steps(listing, sort)
    steps = listing.steps.get(sort)
    if steps is None:
        steps = listing.steps[sort] = _made_steps(listing, sort)
    return steps


def _made_steps(listing: Listing, sort: Sequence[str]) -> list[_Step]:
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


def _from(chosen: Select[Any], steps: Sequence[_Step], side: Side | None) -> Select[Any]:
    """The rows on a side of a place, or all, nearest first and at most so many; all of which is given when it runs."""
    backwards = side == "before"
    order = [step.value.desc() if step.descending != backwards else step.value.asc() for step in steps]
    if side is not None:
        chosen = chosen.where(_beyond(steps, backwards=backwards))
    return chosen.order_by(*order).limit(bindparam(_MOST, type_=Integer))


def _beyond(steps: Sequence[_Step], *, backwards: bool) -> ColumnElement[bool]:
    """What a row meets that stands beyond a place. One direction for all values lets databases look it up in an index."""
    down = {step.descending != backwards for step in steps}
    if len(down) == 1:
        ours, theirs = tuple_(*(step.value for step in steps)), tuple_(*(step.bound for step in steps))
        return ours < theirs if down.pop() else ours > theirs
    return or_(
        *(
            and_(
                *(steps[n].value == steps[n].bound for n in range(last)),
                step.value < step.bound if step.descending != backwards else step.value > step.bound,
            )
            for last, step in enumerate(steps)
        )
    )


def _place(side: Side, row: Any, steps: Sequence[_Step]) -> Place:
    return Place(side, tuple(getattr(row, f"step_{step.number}") for step in steps))
