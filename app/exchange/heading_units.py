"""What the unit in a heading does to the numbers below it: `Weight (%)`, `target_total_pay [T€]`, `Clawback (years)`."""

from __future__ import annotations

import re
from typing import Literal

from app.exchange.columns import Column

Scale = Literal["as_written", "share", "percent", "thousand", "million"]
"""How the numbers of a column are counted: as they stand; percentages as shares; all in percent; in thousands or millions."""

MONEY = frozenset({"target_total_pay", "value.amount"})
COUNTS = frozenset({"employees", "headcount", "customers.count"})
PERIODS = {"clawback.months": "months", "deferral.months": "months", "lag_days": "days"}
"""Columns that are counted in one unit, whatever the item is about."""

_PERCENT = frozenset({"%", "percent", "per cent", "pct", "prozent"})
_THOUSAND = re.compile(
    r"t€|k€|teur|keur|kusd|k\$|k|thousands?|in thousands?|tsd\.?(?: (?:eur|€))?|tausend(?: euro)?|'?000s?",
    re.IGNORECASE,
)
_MILLION = re.compile(r"mio\.?(?: (?:eur|€))?|m€|meur|millions?|millionen(?: euro)?", re.IGNORECASE)
_SPANS = {
    "days": ("day", "days", "d", "tag", "tage", "tagen"),
    "weeks": ("week", "weeks", "woche", "wochen"),
    "months": ("month", "months", "mo", "monat", "monate", "monaten"),
    "quarters": ("quarter", "quarters", "quartal", "quartale"),
    "years": ("year", "years", "yr", "yrs", "jahr", "jahre", "jahren"),
}
_CURRENCY = re.compile(r"[A-Z]{3}")
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY"}


def scale_of(unit: str, column: Column) -> Scale:
    """How a unit says that the numbers of a column are counted."""
    plain = unit.casefold().strip()
    if plain in _PERCENT:
        return "percent"
    owned = _own_name(column)
    if owned in MONEY | COUNTS and _THOUSAND.fullmatch(plain):
        return "thousand"
    if owned in MONEY | COUNTS and _MILLION.fullmatch(plain):
        return "million"
    return "as_written"


def other_unit(unit: str, column: Column, currency: str | None) -> str | None:
    """What a column is counted in, where its heading names another unit: `months`, `days`, or `amounts` of the organization's currency;
    None where they agree or the heading says nothing."""
    own = PERIODS.get(_own_name(column))
    if own is not None:
        named = next((span for span, words in _SPANS.items() if unit.casefold() in words), own)
        return own if named != own else None
    said = _SIGNS.get(unit, unit)
    differs = currency is not None and _CURRENCY.fullmatch(said) is not None and said != currency
    return "amounts" if differs and _own_name(column) in MONEY else None


def _own_name(column: Column) -> str:
    """The name of a column in its own sheet: `incentive_plan.headcount` of a flat sheet is `headcount`."""
    return ".".join(column.path)
