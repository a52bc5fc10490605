"""What pydantic says about the shape of a document → what Concord says: found, expected, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.domain.document.members import Member, member_at, members_of
from app.domain.document.values import (
    CURRENCY_PATTERN,
    FINGERPRINT_PATTERN,
    GROUNDS_PATTERN,
    KEY_PATTERN,
    LARGEST,
    METRIC_PATTERN,
)
from app.domain.faults import Fault, Path
from app.domain.nearest import nearest_key

_PATTERNS = {
    KEY_PATTERN: "key",
    METRIC_PATTERN: "metric_id",
    CURRENCY_PATTERN: "currency",
    FINGERPRINT_PATTERN: "fingerprint",
    GROUNDS_PATTERN: "grounds",
}
_TYPES = {
    "string_type": "text",
    "string_unicode": "text",
    "float_type": "number",
    "int_type": "whole",
    "int_from_float": "whole",
    "bool_type": "flag",
    "tuple_type": "list",
    "dict_type": "object",
    "model_type": "object",
    "model_attributes_type": "object",
}
_BOUNDS = {
    "greater_than_equal": ("too_small", "at_least", "ge"),
    "greater_than": ("too_small", "above", "gt"),
    "less_than_equal": ("too_large", "at_most", "le"),
}
_MEANT = {
    "yes": "true", "no": "false", "on": "true", "off": "false", "ja": "true", "nein": "false", "wahr": "true", "falsch": "false",
    "up": "increase", "raise": "increase", "higher": "increase", "grow": "increase", "more": "increase", "max": "increase",
    "maximize": "increase", "maximise": "increase", "steigern": "increase", "erhöhen": "increase", "hoch": "increase",
    "down": "decrease", "reduce": "decrease", "lower": "decrease", "cut": "decrease", "less": "decrease", "min": "decrease",
    "minimize": "decrease", "minimise": "decrease", "senken": "decrease", "verringern": "decrease", "runter": "decrease",
    "keep": "maintain", "hold": "maintain", "stable": "maintain", "halten": "maintain",
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "annual": "year", "annually": "year",
    "yearly": "year", "tag": "day", "woche": "week", "monat": "month", "monatlich": "month", "quartal": "quarter", "jahr": "year",
    "jährlich": "year", "customer service": "service", "customer support": "service", "support": "service", "care": "service",
    "kundenservice": "service", "sale": "sales", "vertrieb": "sales", "produkt": "product", "betrieb": "operations",
    "finanzen": "finance", "controlling": "finance", "human resources": "hr", "people": "hr", "personnel": "hr", "personal": "hr",
    "recht": "legal", "management": "executive", "positive": "+", "negative": "-", "cliff": "threshold", "rank": "ranking",
}  # fmt: skip
"""Words that people write for a value of an enumeration."""

_YEAR_LAST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")


def shape_fault(error: Mapping[str, Any]) -> Fault:
    """The fault that one of pydantic's errors stands for."""
    kind, path, found = error["type"], tuple(error["loc"]), error["input"]
    context = error.get("ctx", {})
    if kind == "missing":
        return _missing(path)
    if kind == "extra_forbidden":
        return Fault(path, "unknown_member", found, options=_members_at(path[:-1]))
    if kind == "invalid_key":
        return Fault(path[:-1], "nameless_member")
    if kind in _TYPES:
        return _mistyped(path, found, _TYPES[kind])
    if kind in _BOUNDS:
        return _out_of_bounds(path, found, kind, context)
    if kind == "string_pattern_mismatch":
        return _of_another_form(path, found, context["pattern"])
    if kind == "string_too_short":
        return Fault(path, "empty", found)
    if kind == "string_too_long":
        return Fault(path, "too_long", found, details={"most": context["max_length"]})
    if kind == "bad_character":
        return Fault(path, "bad_character", found, details=context)
    if kind == "not_a_day":
        return Fault(path, "not_a_day", found, "day", nearest=_day_in(found))
    if kind == "finite_number":
        return Fault(path, "not_finite", str(found), "finite")
    return _not_one_of(path, found)


def meant(found: str, values: Sequence[str]) -> str | None:
    """The value of an enumeration that a word stands for."""
    word = found.strip().casefold()
    if word in values:
        return word
    value = _MEANT.get(word)
    return value if value in values else None


def _missing(path: Path) -> Fault:
    member = member_at(path)
    if member is None:
        return Fault(path, "missing")
    expectation, details = _expected(member)
    return Fault(path, "missing", expectation=expectation, details=details)


def _expected(member: Member) -> tuple[str, dict[str, object]]:
    if member.several:
        return "list", {}
    if member.form == "choice":
        return "one_of" if len(member.values) > 1 else "just", {"values": ", ".join(member.values)}
    if member.form == "share":
        return "between", {"low": "0", "high": "1"}
    if member.part is not None:
        return "object_of", {"values": _some_members(member)}
    return member.form, {}


def _some_members(member: Member) -> str:
    """The first members of an object, those that it needs before others."""
    parts = members_of(member.part).values() if member.part else ()
    return ", ".join([*(part.name for part in sorted(parts, key=lambda part: not part.required))][:3])


def _mistyped(path: Path, found: Any, expectation: str) -> Fault:
    near = None
    member = member_at(path)
    if expectation == "object" and member and member.part and not member.several:
        return Fault(path, "wrong_type", found, "object_of", details={"values": _some_members(member)})
    if expectation == "text" and isinstance(found, int | float):
        expectation = "text_quoted"
    elif expectation == "flag" and isinstance(found, str):
        near = meant(found, ("true", "false"))
    elif expectation in ("number", "whole") and isinstance(found, str):
        near = _number_in(found)
    elif expectation == "number" and isinstance(found, int) and not isinstance(found, bool):
        return Fault(path, "too_large" if found > 0 else "too_small", found, "finite")
    return Fault(path, "wrong_type", found, expectation, nearest=near)


def _out_of_bounds(path: Path, found: Any, kind: str, context: Mapping[str, Any]) -> Fault:
    code, expectation, name = _BOUNDS[kind]
    bound = context[name]
    near = f"{found / 100:g}" if code == "too_large" and bound == 1 and 1 < found <= 100 else None
    return Fault(path, code, found, expectation, details={"bound": f"{bound:.16g}"}, nearest=near)


def _of_another_form(path: Path, found: str, pattern: str) -> Fault:
    expectation = _PATTERNS[pattern]
    near = nearest_key(found) if expectation == "key" else found.strip().upper() if expectation == "currency" else None
    if expectation == "currency" and not (near and len(near) == 3 and near.isascii() and near.isalpha()):
        near = {"€": "EUR", "$": "USD", "£": "GBP", "euro": "EUR", "dollar": "USD"}.get(found.strip().casefold())
    return Fault(path, "bad_form", found, expectation, nearest=near)


def _not_one_of(path: Path, found: Any) -> Fault:
    member = member_at(path)
    values = member.values if member else ()
    near = meant(found, values) if isinstance(found, str) else None
    expectation = "one_of" if len(values) > 1 else "just"
    return Fault(path, "not_one_of", found, expectation, values, {"values": ", ".join(values)}, near)


def _number_in(text: str) -> str | None:
    """The number that a text may mean: `12 %` is 0.12, `4,2` is 4.2."""
    cut = text.strip().replace("%", "").strip()
    try:
        number = float(cut.replace(",", ".") if cut.count(",") == 1 and "." not in cut else cut)
    except ValueError:
        return None
    if number != number or abs(number) > LARGEST:
        return None
    return f"{number / 100 if '%' in text else number:.15g}"


def _day_in(found: Any) -> str | None:
    """The day that a text may mean: `31.01.2026` and `31/1/2026` are 2026-01-31; 3/4/2026 could be two."""
    parts = _YEAR_LAST.fullmatch(found.strip()) if isinstance(found, str) else None
    if parts is None or (parts[2] != "." and int(parts[1]) <= 12):
        return None
    try:
        return date(int(parts[4]), int(parts[3]), int(parts[1])).isoformat()
    except ValueError:
        return None


def _members_at(path: Path) -> tuple[str, ...]:
    member = member_at(path)
    return tuple(members_of(member.part)) if member and member.part else ()
