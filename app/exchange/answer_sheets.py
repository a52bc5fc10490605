"""Answers to an instrument as CSV: one row each, read as forgivingly as other sheets; and the form to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.assessment_answers import ANSWER_MEMBERS
from app.domain.document_members import Form, Member
from app.domain.errors import DocumentInvalid
from app.domain.faults import MOST_PROBLEMS, Fault, invalid
from app.domain.instruments import Instrument
from app.domain.terms import Language
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

_FORMS: dict[str, Form] = {name: "whole" if name == "score" else "text" for name in ANSWER_MEMBERS}
COLUMNS = {name: Column(name, (name,), Member(name, form, False, False, (), None, "")) for name, form in _FORMS.items()}
"""Heading → column, in the order in which they are written."""

_ASIDE = ("asked", "anchors")
"""Columns of the form that only help whoever fills it in."""
_READ = {
    **COLUMNS,
    **{name: Column(name, (name,), Member(name, "text", False, False, (), None, "")) for name in _ASIDE},
}

_WORDS = {
    "respondent": ("respondent", "person", "Befragte", "Befragter", "Person"),
    "group": ("group", "Gruppe"),
    "department": ("department", "Abteilung"),
    "question": ("question", "Frage"),
    "score": ("score", "answer", "Punkte", "Antwort"),
    "about": ("about", "touch point", "system", "Kontaktpunkt", "worüber"),
    "note": ("note", "evidence", "Notiz", "Beleg"),
    **{name: (name,) for name in _ASIDE},
}
_MEANT = {folded(word): name for name, words in _WORDS.items() for word in words}
_SHEET = "answers"


class SentAnswers(NamedTuple):
    """What was read, not yet checked, under `items`; and the cells that could not be."""

    source: Source
    flaws: tuple[Flaw, ...] = ()

    @classmethod
    def of(cls, items: Sequence[Mapping[str, Any]]) -> SentAnswers:
        """Answers that came in no file."""
        return cls(Source("form", {"items": list(items)}, "json", SheetPlaces()))

    @property
    def items(self) -> Sequence[Any]:
        """The answers. Raises DocumentInvalid where there is no list of them."""
        raw = self.source.raw
        if not isinstance(raw, Mapping):
            raise self.source.located(invalid([Fault((), "wrong_type", raw, "object")], raw))
        items = raw.get("items")
        faults = [Fault((name,), "unknown_member", raw[name], options=("items",)) for name in raw if name != "items"]
        if not isinstance(items, list | tuple):
            faults.append(
                Fault(("items",), "missing") if items is None else Fault(("items",), "wrong_type", items, "list")
            )
        if faults:
            raise self.source.located(invalid(faults, raw))
        found: Sequence[Any] = items or ()
        return found

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


def read_answers(data: bytes, name: str) -> SentAnswers:
    """The answers in a CSV sheet. Rows without a score were not answered, and are left out. Raises DocumentInvalid."""
    try:
        separator, sheet = csv_sheet(data, _SHEET, None, MOST_CELLS)
        if not sheet.rows:
            stop(Fault((), "empty_document"), Place(1, 1))
    except Unreadable as unreadable:
        raise refused(name, unreadable.flaws) from None
    flaws: list[Flaw] = []
    table = table_of(sheet, _SHEET, _READ, _match, flaws)
    habits = habits_of(table.cells(), "." if separator == "," else None)
    places = SheetPlaces()
    items: list[dict[str, Any]] = []
    for row in table.rows:
        path = ("items", len(items))
        read = read_row(table, row, habits)
        if COLUMNS["score"] not in read.values and COLUMNS["score"] not in read.faults:
            continue
        places.note(path, RowPlace(sheet, row, table.positions, min(table.positions.values(), default=1)))
        flaws += [flaw_in(table, row, path, column, fault) for column, fault in read.faults.items()]
        items.append(nested({column: value for column, value in read.values.items() if column.name in _FORMS}))
    return SentAnswers(Source(name, {"items": items}, "csv", places), tuple(flaws))


def answers_sheet(answers: Iterable[Mapping[str, Any]]) -> bytes:
    """Answers as a CSV sheet."""
    return _sheet(ANSWER_MEMBERS, ([guarded(str(one.get(name, ""))) for name in ANSWER_MEMBERS] for one in answers))


def form_sheet(instrument: Instrument, language: Language) -> bytes:
    """A sheet to fill in: a row for each question, with what is asked and the anchors beside; `score` is left empty."""
    rows = []
    for question in instrument.questions():
        anchors = "; ".join(f"{score}: {said.in_(language)}" for score, said in question.anchors.items())
        empty = dict.fromkeys(ANSWER_MEMBERS, "") | {"group": instrument.groups[0], "question": question.key}
        rows.append([*(empty[name] for name in ANSWER_MEMBERS), question.text.in_(language), anchors])
    return _sheet((*ANSWER_MEMBERS, *_ASIDE), rows)


def _sheet(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(headings)
    sheet.writerows(rows)
    return text.getvalue().encode()


def _match(heading: str) -> Match | None:
    name = _MEANT.get(plain_text(heading))
    return Match(name, "exact" if name == heading else "synonym") if name else None
