"""Sheets of one list as CSV: a row for each item, which is flat; read as forgivingly as other sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.document.members import Form, Member
from app.domain.errors import DocumentInvalid
from app.domain.faults import MOST_PROBLEMS, Fault, invalid
from app.exchange.budgets import MOST_CELLS
from app.exchange.columns import Column
from app.exchange.csv_sheets import csv_sheet
from app.exchange.flaws import Flaw, Unreadable, refused, stop
from app.exchange.habits import habits_of
from app.exchange.headings import Match, plain_text
from app.exchange.places import Place
from app.exchange.sheet_places import RowPlace, SheetPlaces
from app.exchange.source import Source
from app.exchange.synonyms import folded
from app.exchange.tables import flaw_in, nested, read_row, table_of


class SentItems(NamedTuple):
    """What was read, not yet checked, under `items`; and the cells that could not be."""

    source: Source
    flaws: tuple[Flaw, ...] = ()

    def refusal(self, faults: Iterable[Fault]) -> DocumentInvalid | None:
        """The error for what is wrong with the file and with what it says, each with its place; None where nothing is."""
        unread = {flaw.fault.path for flaw in self.flaws}
        of_items = [fault for fault in faults if fault.path not in unread]
        if not self.flaws:
            return self.source.located(invalid(of_items, self.source.raw)) if of_items else None
        found = refused(self.source.name, self.flaws)
        others = self.source.located(invalid(of_items, self.source.raw))
        problems = sorted((*found.problems, *others.problems), key=lambda p: (p.line or 0, p.cell or ""))
        more = found.omitted + others.omitted + max(0, len(problems) - MOST_PROBLEMS)
        return DocumentInvalid(problems[:MOST_PROBLEMS], omitted=more)


class ItemSheet(NamedTuple):
    """How such a sheet is laid out. `columns`: by heading, in the order in which they are written; `meant`: folded heading → the one meant;
    `aside`: columns that only help whoever fills it in; `needed`: the column without which a row is no item."""

    name: str
    columns: Mapping[str, Column]
    meant: Mapping[str, str]
    aside: tuple[str, ...] = ()
    needed: str | None = None

    def read(self, data: bytes, name: str) -> SentItems:
        """The items in a CSV sheet. Raises DocumentInvalid for one that cannot be read."""
        try:
            separator, sheet = csv_sheet(data, self.name, None, MOST_CELLS)
            if not sheet.rows:
                stop(Fault((), "empty_document"), Place(1, 1))
        except Unreadable as unreadable:
            raise refused(name, unreadable.flaws) from None
        flaws: list[Flaw] = []
        table = table_of(sheet, self.name, self.columns, self._match, flaws)
        habits = habits_of(table.cells(), "." if separator == "," else None)
        places = SheetPlaces()
        items: list[dict[str, Any]] = []
        for row in table.rows:
            path = ("items", len(items))
            read = read_row(table, row, habits)
            if self.needed and self.columns[self.needed] not in {**read.values, **read.faults}:
                continue
            places.note(path, RowPlace(sheet, row, table.positions, min(table.positions.values(), default=1)))
            flaws += [flaw_in(table, row, path, column, fault) for column, fault in read.faults.items()]
            items.append(
                nested({column: value for column, value in read.values.items() if column.name not in self.aside})
            )
        return SentItems(Source(name, {"items": items}, "csv", places), tuple(flaws))

    def _match(self, heading: str) -> Match | None:
        name = self.meant.get(plain_text(heading))
        return Match(name, "exact" if name == heading else "synonym") if name else None


def item_sheet(
    name: str,
    forms: Mapping[str, Form],
    words: Mapping[str, Sequence[str]],
    *,
    aside: tuple[str, ...] = (),
    needed: str | None = None,
) -> ItemSheet:
    """A layout. `forms`: of each column; `words`: what people call it."""
    columns = {one: Column(one, (one,), Member(one, form, False, False, (), None, "")) for one, form in forms.items()}
    meant = {folded(word): one for one, said in words.items() for word in said}
    return ItemSheet(name, columns, meant, aside, needed)


def csv_of(headings: Iterable[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A sheet in UTF-8 with commas between cells."""
    text = io.StringIO(newline="")
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(headings)
    sheet.writerows(rows)
    return text.getvalue().encode()
