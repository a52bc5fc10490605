"""Pages of lists: what is wanted of a list, and the page that is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")
U = TypeVar("U")

Side = Literal["after", "before"]

PAGE, LARGEST_PAGE = 50, 200


class Place(NamedTuple):
    """The page that begins after an item, or the one that ends before it.

    `values`: what the item has of the members that the list is ordered by, so that the place is there even when the item is gone.
    """

    side: Side
    values: tuple[Any, ...]


class Wanted(NamedTuple):
    """What is wanted of a list.

    `sort`: members to order by, `-` before one for descending order; `filters`: member → the values any of which will do; `words` must all
    occur in what the list can be searched by; `counted`: whether the number of all items is wanted.
    """

    limit: int = PAGE
    sort: tuple[str, ...] = ()
    place: Place | None = None
    filters: Mapping[str, tuple[Any, ...]] = {}
    words: tuple[str, ...] = ()
    counted: bool = False

    def ordered_by(self, *sort: str) -> Wanted:
        """The same, in this order unless another one is wanted."""
        return self if self.sort else self._replace(sort=sort)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A page. `before` and `after`: where the pages next to it end and begin, None where there is none."""

    items: tuple[T, ...]
    before: Place | None = None
    after: Place | None = None
    total: int | None = None

    def of(self, made: Callable[[T], U]) -> Found[U]:
        """The same page of what is made of each item."""
        return Found(tuple(map(made, self.items)), self.before, self.after, self.total)


def folded(*texts: str | None) -> str:
    """Texts as searches look through them: case does not count, in any language."""
    return "\n".join(text for text in texts if text).casefold()


def words_of(search: str | None) -> tuple[str, ...]:
    """The words of a search, folded."""
    return tuple(folded(search).split())
