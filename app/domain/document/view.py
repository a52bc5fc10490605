"""A document as it came, looked at without trusting its shape: what is not as it should be is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.domain.faults import Path
from app.domain.nearest import nearest_key

OBJECTS, LISTS = (dict, Mapping), (list, tuple)
"""What objects and lists are: a class is asked for before a protocol, which takes much longer to tell."""
_NUMBERS = (int, float)


class Item(NamedTuple):
    """An object of the document with its place."""

    path: Path
    members: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        """The member when it is text."""
        value = self.members.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> float | None:
        """The member when it is a finite number."""
        value = self.members.get(name)
        if isinstance(value, bool) or not isinstance(value, _NUMBERS):
            return None
        return value if abs(value) <= 1e300 else None

    def part(self, name: str) -> Item | None:
        """The member when it is an object."""
        value = self.members.get(name)
        return Item((*self.path, name), value) if isinstance(value, OBJECTS) else None

    def items(self, name: str) -> Iterator[Item]:
        """The objects of a list."""
        for place, value in enumerate(self._list(name)):
            if isinstance(value, OBJECTS):
                yield Item((*self.path, name, place), value)

    def texts(self, name: str) -> Iterator[tuple[Path, str]]:
        """The texts of a list with their places."""
        for place, value in enumerate(self._list(name)):
            if isinstance(value, str):
                yield (*self.path, name, place), value

    def count(self, name: str) -> int:
        """The length of a list."""
        return len(self._list(name))

    def keys(self, name: str, key: str = "key") -> dict[str, Item]:
        """The objects of a list by key, the first where one is used twice."""
        found: dict[str, Item] = {}
        for item in self.items(name):
            if (text := item.text(key)) is not None:
                found.setdefault(text, item)
        return found

    def at(self, *tokens: str | int) -> Path:
        """The place of something in the object."""
        return (*self.path, *tokens)

    def _list(self, name: str) -> list[Any] | tuple[Any, ...]:
        value = self.members.get(name)
        return value if isinstance(value, LISTS) else ()


def titles(items: Mapping[str, Item]) -> dict[str, str]:
    """Key and name → key, for finding what a wrong reference may have meant; a key wins over a name.

    What is no key yet stands for the key that it is told to become.
    """
    keys = {key: near for key in items if (near := nearest_key(key))}
    by_title = {name: keys[key] for key, item in items.items() if key in keys and (name := item.text("name"))}
    return {**by_title, **keys}
