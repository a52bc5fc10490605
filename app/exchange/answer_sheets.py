"""Answers to an instrument as CSV: one row each, read as forgivingly as other sheets; and the form to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.assessment_answers import ANSWER_MEMBERS
from app.domain.document.members import Form
from app.domain.faults import Fault, invalid
from app.domain.instruments import Instrument
from app.domain.terms import Language
from app.exchange.item_sheets import SentItems, csv_of, item_sheet
from app.exchange.sheet_places import SheetPlaces
from app.exchange.sheet_rows import guarded
from app.exchange.source import Source

_ASIDE = ("asked", "anchors")
"""Columns of the form that only help whoever fills it in."""
_FORMS: dict[str, Form] = {name: "whole" if name == "score" else "text" for name in (*ANSWER_MEMBERS, *_ASIDE)}
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
_SHEET = item_sheet("answers", _FORMS, _WORDS, aside=_ASIDE, needed="score")


class SentAnswers(SentItems):
    """Answers as they were read, not yet checked."""

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


def read_answers(data: bytes, name: str) -> SentAnswers:
    """The answers in a CSV sheet. Rows without a score were not answered, and are left out. Raises DocumentInvalid."""
    return SentAnswers(*_SHEET.read(data, name))


def answers_sheet(answers: Iterable[Mapping[str, Any]]) -> bytes:
    """Answers as a CSV sheet."""
    return csv_of(ANSWER_MEMBERS, ([guarded(str(one.get(name, ""))) for name in ANSWER_MEMBERS] for one in answers))


def form_sheet(instrument: Instrument, language: Language) -> bytes:
    """A sheet to fill in: a row for each question, with what is asked and the anchors beside; `score` is left empty."""
    rows = []
    for question in instrument.questions():
        anchors = "; ".join(f"{score}: {said.plain(language)}" for score, said in question.anchors.items())
        empty = dict.fromkeys(ANSWER_MEMBERS, "") | {"group": instrument.groups[0], "question": question.key}
        rows.append([*(empty[name] for name in ANSWER_MEMBERS), question.text.plain(language), anchors])
    return csv_of((*ANSWER_MEMBERS, *_ASIDE), rows)
