"""Lists: search, filters, order, pages, and the one envelope that all lists have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field
from starlette.responses import Response

from app.domain.pages import LARGEST_PAGE, PAGE, Place
from app.services import knowledge
from app.web.answers import REVALIDATE, Answer
from app.web.cursors import read_cursor, write_cursor
from app.web.page_links import as_text, link_header, links
from app.web.parameters import COMMAS, Flag, Parameters, Search

Item = Mapping[str, Any]


class ListParameters(Parameters):
    """What every list understands; lists add `sort` and their filters, each named after the member that it looks at."""

    q: Search | None = Field(default=None, description="Words that must all occur in what the list can be searched by.")
    limit: Annotated[int, Field(ge=1)] = Field(
        default=PAGE, description=f"Items on a page; more than {LARGEST_PAGE} are lowered to {LARGEST_PAGE}."
    )
    cursor: Annotated[str, Field(max_length=500)] | None = Field(
        default=None, description="A place in the list, taken from `next` or `prev`."
    )
    count: Flag = Field(default=False, description="Whether `total` is wanted.")
    sort: Annotated[Sequence[str], COMMAS] = Field(
        default=[], description="Members to order by, `-` before one for descending order."
    )

    @property
    def filters(self) -> dict[str, list[str]]:
        """Member → the values any of which will do, for the filters that were given."""
        given = self.model_dump(exclude=set(ListParameters.model_fields))
        return {name: _texts(value) for name, value in given.items() if value not in (None, [])}


@dataclass(frozen=True, eq=False)
class Collection:
    """A list that does not change while the service runs. Every item has an `id`.

    `searched`: members whose texts `q` looks through; `known`: raises Unknown for an id that there is not; `looks_at`: what a filter reads
    where that is not the member of its name; `detailed`: members that only the single thing has.
    """

    path: str
    made: Callable[[], Sequence[Item]]
    searched: tuple[str, ...]
    known: Callable[[str], object]
    looks_at: Mapping[str, Callable[[Item], Sequence[str]]] = field(default_factory=dict)
    detailed: tuple[str, ...] = ()

    @cached_property
    def items(self) -> list[Item]:
        """Every item, by id."""
        return sorted(self.made(), key=lambda item: str(item["id"]))

    @cached_property
    def texts(self) -> dict[str, str]:
        """Id → what `q` looks through."""
        return {
            item["id"]: "\n".join(_words(item[m]) for m in self.searched if m in item).casefold() for item in self.items
        }

    def one(self, id_: str) -> Item:
        """The item, whole; raises Unknown."""
        self.known(id_)
        return self._by_id[id_]

    @cached_property
    def _by_id(self) -> dict[str, Item]:
        return {item["id"]: item for item in self.items}

    def found(self, asked: ListParameters) -> list[Item]:
        """The items that were asked for, in the order that was asked for; equal ones by id."""
        words = (asked.q or "").casefold().split()
        filters = asked.filters
        fitting = [
            item
            for item in self.items
            if all(self._fits(item, name, values) for name, values in filters.items())
            and all(word in self.texts[item["id"]] for word in words)
        ]
        for member in reversed(asked.sort):
            name = member.removeprefix("-")
            fitting.sort(key=lambda item: _order(item.get(name)), reverse=member.startswith("-"))
        return fitting

    def _fits(self, item: Item, name: str, values: Sequence[str]) -> bool:
        look = self.looks_at.get(name)
        return not set(look(item) if look else _texts(item.get(name))).isdisjoint(values)

    def shown(self, item: Item) -> Item:
        """The item as lists show it."""
        return {name: value for name, value in item.items() if name not in self.detailed}


def listed(
    collection: Collection, asked: ListParameters, answer: Answer, *, workspace: str = "", cache: str = REVALIDATE
) -> Response:
    """The page that was asked for. Raises Refused for a cursor that does not belong to the list, which may be a workspace's own."""
    found = collection.found(asked)
    limit = min(asked.limit, LARGEST_PAGE)
    version = [workspace or knowledge.content_hash()]
    binding = [collection.path, *version, asked.q or "", asked.sort, sorted(asked.filters.items())]
    start, stop = _bounds(found, read_cursor(asked.cursor, binding) if asked.cursor else None, limit)
    page = found[start:stop]

    def cursor(place: Place) -> str:
        return write_cursor(place, binding)

    after = cursor(Place("after", (page[-1]["id"],))) if page and stop < len(found) else None
    before = cursor(Place("before", (page[0]["id"],))) if page and start > 0 else None
    around = links(answer, collection.path, asked, after=after, before=before)
    total = {"total": len(found)} if asked.count else {}
    items = [collection.shown(item) for item in page]
    return answer.json({"items": items, **around, **total}, {**link_header(around), "Cache-Control": cache})


def _bounds(found: Sequence[Item], place: Place | None, limit: int) -> tuple[int, int]:
    if place is None:
        return 0, limit
    number = next((n for n, item in enumerate(found) if (item["id"],) == place.values), None)
    if number is None:
        number = next((n for n, item in enumerate(found) if (item["id"],) > place.values), len(found))
        return (number, number + limit) if place.side == "after" else (max(0, number - limit), number)
    return (number + 1, number + 1 + limit) if place.side == "after" else (max(0, number - limit), number)


def _texts(value: Any) -> list[str]:
    """A member's value, or each of its values, as filters write them."""
    if value is None:
        return []
    values = value if isinstance(value, list | tuple) else [value]
    return [as_text(one) for one in values]


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return "\n".join(map(_words, value.values()))
    return "\n".join(map(_words, value)) if isinstance(value, list | tuple) else str(value)


def _order(value: Any) -> tuple[bool, Any]:
    """What is missing comes last; texts are ordered without regard to case."""
    return (value is None, value.casefold() if isinstance(value, str) else value)
