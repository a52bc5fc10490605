"""The headings of a sheet, one after another: what each names, and what is wrong with it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from math import inf
from typing import NamedTuple

from app.domain.faults import MOST_PROBLEMS, Fault
from app.domain.nearest import nearest
from app.exchange.cells import text_of
from app.exchange.columns import Column
from app.exchange.flaws import Flaw
from app.exchange.guide import PASSED_OVER, Guide
from app.exchange.headings import Match, bare, is_remark, member_for, unit_in
from app.exchange.sheets import Cell, Sheet


class Heading(NamedTuple):
    """A heading: its text, what it names, and the unit in it. Without a match its column is not read; `remark`: it is for people."""

    text: str
    match: Match | None
    unit: str = ""
    remark: bool = False


class Headings:
    """Understands the headings of one sheet. `meant` gives the known column that a text names.

    What is wrong is noted. A heading that is nearly a known one is then taken for it, so that the rest can be judged.
    """

    def __init__(
        self,
        sheet: Sheet,
        header: int,
        name: str,
        known: Mapping[str, Column],
        meant: Callable[[str], Match | None],
        guide: Guide,
    ) -> None:
        self.sheet, self.header, self.name, self.known, self.meant, self.guide = (
            sheet,
            header,
            name,
            known,
            meant,
            guide,
        )
        self.flaws: list[Flaw] = []
        self.positions: dict[str, int] = {}
        self.spans = sorted((first, last) for (row, first), last in sheet.spans.items() if row == header - 1)
        self.all = {position: self._heading(position, cell) for position, cell in sorted(sheet.rows[header].items())}

    def _heading(self, position: int, cell: Cell) -> Heading:
        if cell.form == "formula":
            self._note(position, Fault((self.name,), "formula"))
            return Heading("", None)
        text = text_of(cell)
        unit = unit_in(text)
        said = self.guide.headings.get(text)
        if said == PASSED_OVER or (said is None and is_remark(text) and self.meant(text) is None):
            return Heading(text, None, unit, remark=True)
        match = Match(said, "told") if said is not None and said in self.known else self._match(position, text)
        if match is None:
            near = self._nearest(text)
            details = {"sheet_name": self.name}
            self._note(position, Fault((self.name,), "unknown_column", text, details=details, nearest=near))
            match = Match(near, "fuzzy") if near else None
        elif match.column in self.positions:
            self._note(position, Fault((self.name,), "duplicate_column", text))
            match = None
        if match:
            self.positions[match.column] = position
        return Heading(text, match, unit)

    def _match(self, position: int, text: str) -> Match | None:
        above = self._above(position)
        match = (self.meant(f"{above} {bare(text)}") if above else None) or self.meant(text)
        if match and self.known[match.column].is_object and self._has_values(position):
            return member_for(text, self.known) or match
        return match

    def _above(self, position: int) -> str:
        """The heading over several headings: the text of a cell in the row above that spans the column."""
        at = bisect_right(self.spans, (position, inf)) - 1
        if at < 0 or self.spans[at][1] < position:
            return ""
        cell = self.sheet.rows.get(self.header - 1, {}).get(self.spans[at][0])
        return text_of(cell) if cell else ""

    def _has_values(self, position: int) -> bool:
        """Whether a column holds anything but objects without members."""
        cells = (self.sheet.rows[row].get(position) for row in self.sheet.rows if row > self.header)
        return any(cell is not None and cell.value != "{}" for cell in cells)

    def _nearest(self, text: str) -> str | None:
        """The known heading that a text comes nearest to, for as many as are listed."""
        if len(self.flaws) >= MOST_PROBLEMS:
            return None
        return next((near for near in nearest(bare(text), self.known, 1) if near not in self.positions), None)

    def _note(self, position: int, fault: Fault) -> None:
        self.flaws.append(Flaw(fault, self.sheet.place(self.header, position)))
