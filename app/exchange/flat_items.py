"""What the rows of a flat sheet say of departments, KPIs and plans, row after row: each of them once, with all that is said of it."""

from __future__ import annotations

import re
from typing import Any

from app.domain.document import KEY_PATTERN
from app.domain.faults import Fault, Path, shown
from app.domain.nearest import nearest_key
from app.exchange.flaws import Flaw
from app.exchange.sheet_places import RowPlace, SheetPlaces
from app.exchange.sheets import Sheet, address
from app.exchange.tables import put

Said = dict[tuple[str, ...], tuple[Any, int]]
"""Member → what a row says of it, and in which column."""

_LONGEST_KEY = 63


class NamedItems:
    """The items of one list, by the text that rows name them with."""

    def __init__(self, name: str, sheet: Sheet, places: SheetPlaces, flaws: list[Flaw]) -> None:
        self.name, self.sheet, self.places, self.flaws = name, sheet, places, flaws
        self.items: list[dict[str, Any]] = []
        self.texts: list[str] = []
        self._by_text: dict[str, int] = {}
        self._keys = Keys()
        self._first: dict[Path, tuple[Any, str]] = {}

    def add(self, text: str, row: int, said: Said) -> Path:
        """Take over what a row says of the item that is called so, and give its path. A row that says otherwise than an earlier one is
        noted."""
        at = self._by_text.setdefault(text.casefold(), len(self.items))
        path = (self.name, at)
        if at == len(self.items):
            self.items.append({"key": self._keys.new(text)})
            self.texts.append(text)
            positions = {".".join(member): position for member, (_, position) in said.items()}
            usual = positions.get("key", 1)
            self.places.note(path, RowPlace(self.sheet, row, positions, usual))
        for member, (value, position) in said.items():
            if member != ("key",):
                self._say(path, member, value, row, position)
        return path

    def key(self, text: Any) -> Any:
        """The key of the item that is called so; the text itself where there is none."""
        at = self._by_text.get(text.casefold()) if isinstance(text, str) else None
        return text if at is None else self.items[at]["key"]

    def _say(self, path: Path, member: tuple[str, ...], value: Any, row: int, position: int) -> None:
        cell = f"{self.sheet.name}!{address(row, position)}"
        before, where = self._first.setdefault((*path, *member), (value, cell))
        item = self.items[int(path[1])]
        if before == value:
            put(item, member, value)
            return
        details = {"key": item["key"], "other": shown(before), "first_cell": where}
        fault = Fault((*path, *member), "row_disagrees", value, details=details)
        self.flaws.append(Flaw(fault, self.sheet.place(row, position)))


class Keys:
    """Keys made out of texts, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, text: str) -> str:
        """A text that is a key as it is, else a key made out of it, with a number where it is taken; the text where none can be made."""
        wanted = text if re.match(KEY_PATTERN, text) else nearest_key(text)
        if wanted is None:
            return text
        key, number = wanted, 2
        while key in self._taken:
            end = f"-{number}"
            key, number = wanted[: _LONGEST_KEY - len(end)] + end, number + 1
        self._taken.add(key)
        return key
