"""What the rows of a flat sheet say of departments, KPIs and plans, row after row: each of them once, with all that is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.domain.document.values import KEY_PATTERN
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
    """The items of one list, by the text that rows name them with. `stored`: those that the document has already."""

    def __init__(
        self,
        name: str,
        sheet: Sheet,
        places: SheetPlaces,
        flaws: list[Flaw],
        stored: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        self.name, self.sheet, self.places, self.flaws = name, sheet, places, flaws
        self.items: list[dict[str, Any]] = []
        self.texts: list[str] = []
        self._by_text: dict[str, int] = {}
        named = [(str(item.get("name", "")).casefold(), str(item["key"])) for item in stored]
        self._stored = {**dict(reversed(named)), **{key: key for _, key in named}}
        self._keys = Keys(frozenset(key for _, key in named))
        self._first: dict[Path, tuple[Any, str]] = {}

    def add(self, text: str, row: int, said: Said) -> Path:
        """Take over what a row says of the item that is called so, and give its path. A row that says otherwise than an earlier one is
        noted."""
        at = self._by_text.setdefault(self._called(text), len(self.items))
        path = (self.name, at)
        if at == len(self.items):
            self.items.append({"key": self._stored_key(text) or self._keys.new(text)})
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
        if not isinstance(text, str):
            return text
        at = self._by_text.get(self._called(text))
        return self._stored_key(text) or text if at is None else self.items[at]["key"]

    def new(self) -> Iterator[tuple[dict[str, Any], str]]:
        """The items that the document does not have yet, with the text that names them."""
        known = set(self._stored.values())
        return ((item, text) for item, text in zip(self.items, self.texts, strict=True) if item["key"] not in known)

    def _called(self, text: str) -> str:
        """What an item is known by: its stored key where it has one, else the text whatever its case."""
        return self._stored_key(text) or text.casefold()

    def _stored_key(self, text: str) -> str | None:
        """The key of the stored item that is called so, or whose key is made from such a name."""
        return self._stored.get(text.casefold()) or self._stored.get(nearest_key(text) or "")

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
    """Keys made out of texts, each once; a number never makes one that is `stored` already."""

    def __init__(self, stored: frozenset[str] = frozenset()) -> None:
        self._stored = stored
        self._taken: set[str] = set()

    def new(self, text: str) -> str:
        """A text that is a key as it is, else a key made out of it, with a number where it is taken; the text where none can be made."""
        wanted = text if re.match(KEY_PATTERN, text) else nearest_key(text)
        if wanted is None:
            return text
        key, number = wanted, 2
        while key in self._taken or (number > 2 and key in self._stored):
            end = f"-{number}"
            key, number = wanted[: _LONGEST_KEY - len(end)] + end, number + 1
        self._taken.add(key)
        return key
