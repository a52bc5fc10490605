"""A part of the catalogue that is read when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

V = TypeVar("V")


class Later(Mapping[str, V]):
    """A mapping that is read once, when something of it is asked for; equal only to itself."""

    __slots__ = ("_found", "_read")

    def __init__(self, read: Callable[[], Mapping[str, V]]) -> None:
        self._read = read
        self._found: Mapping[str, V] | None = None

    def _all(self) -> Mapping[str, V]:
        if self._found is None:
            self._found = self._read()
        return self._found

    def __getitem__(self, key: str) -> V:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
