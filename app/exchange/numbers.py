"""Numbers as people write them in cells: `0,4`, `1.234,5`, `1'000`, `40 %`, `€ 38.000`, `38,000 USD`."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Decimal = Literal[".", ","]

_NUMBER = re.compile(r"([-+−]?)([0-9.,]+)([eE][-+]?[0-9]{1,3})?")
_GROUPS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_SPACES = re.compile("(?<=[0-9])[ \u00a0\u2009\u202f'’](?=[0-9]{3})")
_CODE = re.compile(r"^(?:EUR|USD|GBP|CHF)\b|\b(?:EUR|USD|GBP|CHF)$")
_MONEY = "€$£¥ \u00a0\u202f"
_LONGEST = 400


class Written(NamedTuple):
    """A number as it is written. `decimal`: the sign before its decimals, where that shows; `grouped`: what it is when its only sign
    separates thousands instead."""

    value: int | float
    percent: bool = False
    decimal: Decimal | None = None
    grouped: int | None = None


def written_number(text: str) -> Written | None:
    """The number that a text is; None where it is none. Read with a point or comma as decimal sign where both are possible."""
    percent = text.endswith("%")
    cut = _SPACES.sub("", _CODE.sub("", text.removesuffix("%")).strip(_MONEY)) if len(text) <= _LONGEST else ""
    found = _NUMBER.fullmatch(cut)
    if found is None or not any(map(str.isdigit, found[2])):
        return None
    sign, digits, exponent = "-" if found[1] in ("-", "−") else "", found[2], found[3] or ""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return _mixed(sign, digits, exponent, percent)
    if points + commas > 1:
        other: Decimal = "," if points else "."
        return Written(_whole(sign, digits), percent, other) if _GROUPS.fullmatch(digits) and not exponent else None
    if points + commas == 0:
        return Written(_value(sign + digits + exponent), percent)
    own: Decimal = "." if points else ","
    value = _value(sign + digits.replace(",", ".") + exponent)
    if _GROUPS.fullmatch(digits) and not digits.startswith("0") and not exponent:
        return Written(value, percent, None, _whole(sign, digits))
    return Written(value, percent, own)


def _mixed(sign: str, digits: str, exponent: str, percent: bool) -> Written | None:
    """Thousands and decimals: the last sign is the decimal one."""
    decimal: Decimal = "." if digits.rfind(".") > digits.rfind(",") else ","
    whole, _, decimals = digits.rpartition(decimal)
    if not _GROUPS.fullmatch(whole) or decimal in whole:
        return None
    return Written(_value(f"{sign}{_whole('', whole)}.{decimals or 0}{exponent}"), percent, decimal)


def _whole(sign: str, digits: str) -> int:
    return int(sign + digits.replace(".", "").replace(",", ""))


def _value(text: str) -> int | float:
    return int(text) if text.lstrip("-").isdecimal() else float(text)
