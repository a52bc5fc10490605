"""Where the values of a document stand that came from sheets: the cell, or the cell in which what is missing belongs."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import NamedTuple

from app.domain.faults import Path
from app.exchange.places import Place, tokens
from app.exchange.sheets import Sheet


class RowPlace(NamedTuple):
    """The row in which an item stands, and its members' columns; `usual` is shown where no column fits."""

    sheet: Sheet
    row: int
    positions: Mapping[str, int]
    usual: int

    def at(self, members: Path) -> Place:
        """The cell of a member, or of the first column that belongs to it or to what holds it."""
        names = list(takewhile(lambda token: isinstance(token, str), members))
        for end in range(len(names), 0, -1):
            name = ".".join(str(token) for token in names[:end])
            if (position := self._position(name)) is not None:
                return self.sheet.place(self.row, position)
        return self.sheet.place(self.row, self.usual)

    def _position(self, name: str) -> int | None:
        if name in self.positions:
            return self.positions[name]
        return next((at for heading, at in self.positions.items() if heading.startswith(f"{name}.")), None)


class SheetPlaces:
    """The places of a document that came from sheets."""

    def __init__(self) -> None:
        self._rows: dict[Path, RowPlace] = {}

    def note(self, path: Path, row: RowPlace) -> None:
        """Note in which row something stands; the first row counts."""
        self._rows.setdefault(path, row)

    def at(self, pointer: str, code: str = "") -> Place:
        """The sheet and cell that a JSON pointer names."""
        path = tuple(int(token) if token.isdecimal() and len(token) < 10 else token for token in tokens(pointer))
        for end in range(len(path), -1, -1):
            if path[:end] in self._rows:
                return self._rows[path[:end]].at(path[end:])
        return Place()
