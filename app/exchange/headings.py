"""Headings and names of sheets as people write them → columns and lists, in English and German, and how sure that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
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


@lru_cache(maxsize=16_384)
def column_of(heading: str, sheet: str) -> Match | None:
    """The column of a sheet that a heading names: as written, in another word for it, or by its last part alone; None for no column."""
    plain = plain_text(heading)
    names, last_parts = _folded_columns(sheet)
    if plain in names:
        return Match(names[plain], "exact")
    if synonym := _synonym(plain, columns_of(sheet)):
        return synonym
    return Match(last_parts[plain], "last_part") if plain in last_parts else None


@lru_cache(maxsize=len(SHEETS))
def _folded_columns(sheet: str) -> tuple[dict[str, str], dict[str, str]]:
    """The columns of a sheet by their folded names, and by the last parts of their names where only one column ends so."""
    names = {folded(column): column for column in columns_of(sheet)}
    ends = [(folded(column.rpartition(".")[2]), column) for column in columns_of(sheet)]
    often = Counter(end for end, _ in ends)
    return names, {end: column for end, column in ends if often[end] == 1}


def member_for(heading: str, columns: Mapping[str, object]) -> Match | None:
    """The member that the name of an object stands for where people use it (`Clawback` for `clawback.months`)."""
    found = _synonym(plain_text(heading), columns)
    return found if found and found.column.startswith(f"{bare(heading).casefold()}.") else None


def _synonym(plain: str, columns: Mapping[str, object]) -> Match | None:
    meanings, language = COLUMN_WORDS.get(plain, ((), None))
    meant = next((column for column in meanings if column in columns), None)
    return Match(meant, "synonym", language) if meant else None


def is_remark(heading: str) -> bool:
    """Whether a column is for people: notes, comments, running numbers."""
    return plain_text(heading) in FOLDED_REMARKS


@lru_cache(maxsize=32_768)
def plain_text(heading: str) -> str:
    """A heading as it is compared: without its unit, and without what people write in different ways."""
    return folded(bare(heading))


def bare(heading: str) -> str:
    """A heading without its unit and without the marks that people put to it (`Target (EUR) *` is `Target`)."""
    return _UNIT.sub("", heading[:_LONGEST].strip(_MARKS)).strip(_MARKS)


def unit_in(heading: str) -> str:
    """The unit that stands at the end of a heading: in brackets, after `in`, or a percent sign; empty where there is none."""
    found = _UNIT.search(heading[:_LONGEST].strip(_MARKS))
    return next((part.strip() for part in found.groups() if part), "") if found else ""
