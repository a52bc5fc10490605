"""The value that a cell holds, as the member of its column takes it. What can mean two things is an error, not a guess."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from app.domain.document.members import Member, members_of
from app.domain.document.shape_faults import meant
from app.domain.faults import Fault
from app.exchange.cell_lists import items_of, members_in
from app.exchange.columns import Column
from app.exchange.days import day_counted, written_day
from app.exchange.habits import Habits
from app.exchange.heading_units import Scale
from app.exchange.numbers import written_number
from app.exchange.sheets import Cell

_FLAGS = {
    "true": True, "false": False, "yes": True, "no": False, "wahr": True, "falsch": False, "ja": True, "nein": False,
}  # fmt: skip
_DECIMAL_POINT = Habits(".")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\0]")


_NOTHING = frozenset({"-", "–", "—", "'-", "n/a", "na", "n.a.", "k.a.", "k. a.", "keine angabe"})


class Unclear(Exception):
    """A cell says what cannot be read, or what can be read in two ways; the fault's path is within the member."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def value_of(cell: Cell, column: Column, habits: Habits, scale: Scale = "as_written") -> Any:
    """The value of a cell. What is not of the member's type stays text, for the checks of the document to name.

    `scale`: how the numbers of the column are counted. Raises Unclear.
    """
    if cell.form == "formula":
        raise Unclear(Fault((), "formula"))
    if cell.form == "error":
        raise Unclear(Fault((), "cell_error", str(cell.value)))
    member = column.member
    if column.is_object:
        if cell.value != "{}":
            raise Unclear(Fault((), "wrong_type", text_of(cell), "object"))
        return {}
    if member.several and member.part is not None:
        return _records(text_of(cell), member, column)
    if member.several:
        items = items_of(text_of(cell), only_semicolon=member.form == "text")
        return [_choice(item, member.values) if member.values else item for item in items]
    return _single(cell, member, habits, column.is_ratio, scale)


def says_nothing(cell: Cell, column: Column) -> bool:
    """Whether a cell that is not empty stands for an empty one, as a dash does where a number or a day is due."""
    countable = column.member.form in ("number", "share", "whole", "day", "flag") and not column.member.several
    return countable and cell.form == "text" and str(cell.value).casefold() in _NOTHING


def text_of(cell: Cell) -> str:
    """The text that a cell shows, without the sign that keeps spreadsheets from taking it for a formula."""
    if cell.form == "flag":
        return str(cell.value).lower()
    if cell.form == "percent" and isinstance(cell.value, int | float):
        return f"{cell.value * 100:.12g} %"
    text = str(cell.value)
    return text[1:] if _ESCAPED.match(text) else text


def _single(cell: Cell, member: Member, habits: Habits, is_ratio: bool, scale: Scale = "as_written") -> Any:
    if member.form not in ("text", "key", "choice") and cell.form == "text" and str(cell.value).startswith("="):
        raise Unclear(Fault((), "formula"))
    if member.form in ("number", "share", "whole"):
        return _number(cell, habits, is_ratio, scale, whole=member.form == "whole")
    if member.form == "flag" or "true" in member.values:
        return _flag(cell, member.values)
    if member.form == "day":
        return _day(cell, habits)
    return _choice(text_of(cell), member.values) if member.values else text_of(cell)


def _number(cell: Cell, habits: Habits, is_ratio: bool, scale: Scale, *, whole: bool) -> Any:
    if cell.form == "number" and isinstance(cell.value, int | float):
        return _counted(cell.value, is_ratio, scale)
    if cell.form == "percent" and isinstance(cell.value, int | float):
        shown = float(f"{cell.value * 100:.12g}")
        return cell.value if is_ratio or scale == "share" else _percentage(f"{shown:.12g} %", shown, is_ratio, scale)
    text = text_of(cell)
    number = written_number(text)
    if number is None or not math.isfinite(number.value):
        return text
    value: int | float = number.value
    if number.grouped is not None:
        value = _one_of_two(text, number.value, number.grouped, habits, whole=whole)
    return _percentage(text, value, is_ratio, scale) if number.percent else _counted(value, is_ratio, scale)


def _percentage(text: str, value: int | float, is_ratio: bool, scale: Scale) -> int | float:
    """What a number with a percent sign means."""
    if is_ratio or scale == "share":
        return float(f"{value / 100:.15g}")
    if scale == "percent":
        return value
    raise _ambiguous("ambiguous_percent", text, f"{value:.12g}", f"{value / 100:.12g}")


def _counted(value: int | float, is_ratio: bool, scale: Scale) -> int | float:
    """What a number without a percent sign means under a heading with a unit."""
    if scale == "percent" and is_ratio:
        return float(f"{value / 100:.15g}")
    if scale in _FACTORS:
        product = float(f"{value * _FACTORS[scale]:.15g}")
        return int(product) if product.is_integer() else product
    return value


_FACTORS: Mapping[Scale, int] = {"thousand": 1_000, "million": 1_000_000}


def _one_of_two(text: str, decimal: int | float, grouped: int, habits: Habits, *, whole: bool) -> int | float:
    """1.234 with a decimal point is 1.234, with a decimal comma 1234."""
    if whole:
        return grouped
    if habits.decimal is None:
        raise _ambiguous("ambiguous_number", text, f"{decimal:.15g}", str(grouped))
    return decimal if habits.decimal in text else grouped


def _flag(cell: Cell, values: tuple[str, ...]) -> Any:
    if cell.form == "flag":
        return cell.value
    text = text_of(cell)
    return _FLAGS.get(text.casefold(), _choice(text, values))


def _day(cell: Cell, habits: Habits) -> Any:
    if cell.form in ("number", "percent"):
        return _numbered_day(cell.value, habits) or cell.value
    text = text_of(cell)
    written = written_day(text)
    if written is None:
        return (
            _numbered_day(int(text), habits) if text.isascii() and text.isdecimal() and len(text) == 5 else None
        ) or text
    if written.other is None or habits.day_first is True:
        return written.day
    if habits.day_first is None:
        raise _ambiguous("ambiguous_day", text, written.day, written.other)
    return written.other


def _numbered_day(number: int | float | bool | str, habits: Habits) -> str | None:
    """The day that a spreadsheet counts with a number, where it is one of our time; spreadsheets count from 1900 or from 1904."""
    if isinstance(number, bool | str) or number != int(number) or not _FIRST_NUMBER <= number <= _LAST_NUMBER:
        return None
    from_1900, from_1904 = day_counted(int(number), False), day_counted(int(number), True)
    if habits.from_1904 is None:
        raise _ambiguous("ambiguous_day", str(number), str(from_1900), str(from_1904))
    return from_1904 if habits.from_1904 else from_1900


_FIRST_NUMBER, _LAST_NUMBER = 20_000, 80_000
"""1954 and 2119 as spreadsheets count days."""


def _ambiguous(code: str, found: str, first: str, second: str) -> Unclear:
    return Unclear(Fault((), code, found, details={"first": first, "second": second}))


def _choice(text: str, values: tuple[str, ...]) -> str:
    """A value of an enumeration whatever its case and the spaces in it, or a usual word for it; any other text as it is."""
    plain = "_".join(text.casefold().replace("-", " ").split())
    return plain if plain in values else meant(text, values) or text


def _records(text: str, member: Member, column: Column) -> list[dict[str, Any]]:
    """The objects of a list in one cell: `above=1 multiplier=2; above=1.2 multiplier=3`. Point and comma are decimal signs here."""
    known: Mapping[str, Member] = members_of(member.part) if member.part else {}
    shape = " ".join(f"{name}=…" for name in known)
    records: list[dict[str, Any]] = []
    for item in items_of(text, only_semicolon=True):
        said = members_in(item)
        if said is None:
            raise Unclear(Fault((), "wrong_type", text, "records", details={"values": shape}))
        record: dict[str, Any] = {}
        for name, written in said:
            within = (len(records), name)
            if name not in known:
                raise Unclear(Fault(within, "unknown_member", options=tuple(known)))
            if name in record:
                raise Unclear(Fault(within, "duplicate_member"))
            record[name] = _single(Cell(written.replace(",", ".")), known[name], _DECIMAL_POINT, column.is_ratio)
        records.append(record)
    return records
