"""Observations as CSV: one row each, `kpi` or `metric`, the day, the value; read as forgivingly as other sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, NamedTuple

from app.domain.document_members import Form, Member
from app.domain.errors import DocumentInvalid
from app.domain.faults import MOST_PROBLEMS, Fault, invalid
from app.domain.observations import Observation
from app.exchange.budgets import MOST_CELLS
from app.exchange.columns import Column
from app.exchange.csv_sheets import csv_sheet
from app.exchange.flaws import Flaw, Unreadable, refused, stop
from app.exchange.habits import habits_of
from app.exchange.headings import Match, plain_text
from app.exchange.places import Place
from app.exchange.sheet_places import RowPlace, SheetPlaces
from app.exchange.sheet_rows import guarded
from app.exchange.source import Source
from app.exchange.synonyms import folded
from app.exchange.tables import flaw_in, nested, read_row, table_of

_FORMS: dict[str, Form] = {"kpi": "text", "metric": "text", "on": "day", "value": "number"}
COLUMNS = {name: Column(name, (name,), Member(name, form, False, False, (), None, "")) for name, form in _FORMS.items()}
"""Heading → column, in the order in which they are written."""

_WORDS = {
    "kpi": ("kpi", "kpi key", "Kennzahl", "Kennzahlen"),
    "metric": ("metric", "metric id", "Metrik"),
    "on": ("on", "day", "date", "Tag", "Datum", "Stichtag", "am"),
    "value": ("value", "actual", "observed", "Wert", "Ist", "Istwert"),
}
_MEANT = {folded(word): name for name, words in _WORDS.items() for word in words}
_SHEET = "observations"


class SentObservations(NamedTuple):
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


def read_observations(data: bytes, name: str) -> SentObservations:
    """The observations in a CSV sheet. Raises DocumentInvalid for one that cannot be read."""
    try:
        separator, sheet = csv_sheet(data, _SHEET, None, MOST_CELLS)
        if not sheet.rows:
            stop(Fault((), "empty_document"), Place(1, 1))
    except Unreadable as unreadable:
        raise refused(name, unreadable.flaws) from None
    flaws: list[Flaw] = []
    table = table_of(sheet, _SHEET, COLUMNS, _match, flaws)
    habits = habits_of(table.cells(), "." if separator == "," else None)
    places = SheetPlaces()
    items: list[dict[str, Any]] = []
    for row in table.rows:
        path = ("items", len(items))
        read = read_row(table, row, habits)
        places.note(path, RowPlace(sheet, row, table.positions, min(table.positions.values(), default=1)))
        flaws += [flaw_in(table, row, path, column, fault) for column, fault in read.faults.items()]
        items.append(nested(read.values))
    return SentObservations(Source(name, {"items": items}, "csv", places), tuple(flaws))


def observations_sheet(observations: Iterable[Observation]) -> bytes:
    """Observations as a CSV sheet, in UTF-8 with commas between cells."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows(_cells(one) for one in observations)
    return text.getvalue().encode()


def _match(heading: str) -> Match | None:
    name = _MEANT.get(plain_text(heading))
    return Match(name, "exact" if name == heading else "synonym") if name else None


def _cells(one: Observation) -> list[Any]:
    subject, key = one.series
    named = [guarded(key), ""] if subject == "kpi" else ["", guarded(key)]
    return [*named, one.on.isoformat(), written_value(one.value)]


def written_value(value: float) -> int | float:
    """A value as people write it: 40 rather than 40.0."""
    return int(value) if value.is_integer() else value
