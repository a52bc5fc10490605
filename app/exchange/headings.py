"""Headings and names of sheets as people write them → columns and lists, in English and German, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from app.domain.terms import Language
from app.exchange.columns import SHEETS, columns_of
from app.exchange.synonyms import COLUMN_WORDS, FOLDED_NOTES, FOLDED_REMARKS, SHEET_WORDS, folded

How = Literal["exact", "synonym", "last_part", "told", "fuzzy"]
"""How a heading came to its column: by the member's name, another word for it, the last part of its name alone, by what whoever imports
says, or because it is nearly the name (which has to be confirmed)."""

CONFIDENCE: Mapping[How, float] = {"told": 1.0, "exact": 1.0, "synonym": 0.95, "last_part": 0.9, "fuzzy": 0.5}
"""How sure a heading means its column, 0 to 1; below 0.9 it is not taken without being confirmed."""

_UNIT = re.compile(r"\s*(?:[\[(]([^\])]*)[\])]|\bin\s+(%|[A-Z]{3}|[^\W\d_]{0,4}€)|(%))\s*$")
_MARKS = ":*†‡ \t\n\r\u00a0\u200b\ufeff"
_LONGEST = 200
_YEAR_OR_NUMBER = re.compile(r"^\d{1,2}\s*[.)_-]\s*|[\s_-]*\b(?:19|20)\d\d\s*$")
_WORDS = re.compile(r"[^\W\d_]+")


class Match(NamedTuple):
    """The column that a heading names, how it does, and in which language where it is a word of one."""

    column: str
    how: How
    language: Language | None = None


def list_of(sheet: str) -> str | None:
    """The list that a sheet of this name holds, `notes` for one that is not read, None where the name is not known.

    Numbers before it and a year after it do not count (`1. KPIs`, `Abteilungen 2026`).
    """
    name = bare(sheet)
    return _list(name) or _list(_YEAR_OR_NUMBER.sub("", name))


def list_within(sheet: str) -> str | None:
    """The only list that is named by a word of a longer name (`acme_kpis_final`)."""
    named = {found for word in _WORDS.findall(sheet.replace("_", " ")[:_LONGEST]) if (found := _list(word))} - {"notes"}
    return named.pop() if len(named) == 1 else None


def _list(name: str) -> str | None:
    plain = folded(name)
    if plain in FOLDED_NOTES:
        return "notes"
    if plain in _SHEETS:
        return _SHEETS[plain]
    return SHEET_WORDS[plain][0][0] if plain in SHEET_WORDS else None


_SHEETS = {folded(sheet): sheet for sheet in SHEETS}


def column_of(heading: str, sheet: str) -> Match | None:
    """The column of a sheet that a heading names; None where it names none."""
    return named(heading, columns_of(sheet))


def named(heading: str, columns: Mapping[str, object]) -> Match | None:
    """The one of these columns that a heading names: as written, in another word for it, or by its last part alone.

    The name of an object stands for the member that it cannot do without (`clawback` for `clawback.months`).
    """
    plain = folded(bare(heading))
    meanings, language = COLUMN_WORDS.get(plain, ((), None))
    meant = next((column for column in meanings if column in columns), None)
    exact = _only(column for column in columns if folded(column) == plain)
    if exact and not (meant and meant.startswith(f"{exact}.")):
        return Match(exact, "exact")
    if meant:
        return Match(meant, "synonym", language)
    last = _only(column for column in columns if folded(column.rpartition(".")[2]) == plain)
    return Match(last, "last_part") if last else None


def is_remark(heading: str) -> bool:
    """Whether a column is for people: notes, comments, running numbers."""
    return folded(bare(heading)) in FOLDED_REMARKS


def bare(heading: str) -> str:
    """A heading without its unit and without the marks that people put to it (`Target (EUR) *` is `Target`)."""
    return _UNIT.sub("", heading[:_LONGEST].strip(_MARKS)).strip(_MARKS)


def unit_in(heading: str) -> str:
    """The unit that stands at the end of a heading: in brackets, after `in`, or a percent sign; empty where there is none."""
    found = _UNIT.search(heading[:_LONGEST].strip(_MARKS))
    return next((part.strip() for part in found.groups() if part), "") if found else ""


def _only(found: Iterable[str]) -> str | None:
    first, *others = [*found, None]
    return first if others == [None] else None
