"""A part of a document as the fields of a form, and back: what the form has no field for stays as it is.

Fields are named by where their value stands in the part (`/components/0/payout/cap`). What is no number, day or key is kept as it was
typed, so that the checks of the document tell what was expected there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from app.domain.document import (
    Accelerator,
    Component,
    Department,
    IncentivePlan,
    Kpi,
    Outcome,
    Part,
    Place,
    Tier,
)
from app.domain.document.members import Member, members_of
from app.domain.stored_form import Raw
from app.domain.terms import Language

Values = Mapping[str, Sequence[str]]
"""Name of a field → what was typed or chosen in it."""

Kind = Literal[
    "text", "number", "percent", "whole", "day", "choice", "tick", "yes_no", "department", "departments", "kpi"
]
"""How a value is asked for; `percent` is a share or an attainment, 0.9 as 90."""

PREFIX = "value"
"""Begins the name of every field of a part, before where it stands."""
WAS, GONE = "was", "gone"
"""In rows: the key that the row had, and that it is to go."""

_DEPARTMENTS = frozenset({"department", "parent", "designed_by", "approved_by"})
_PLAIN = frozenset({"rate", "multiplier"})
"""Numbers within ratios that are none themselves."""
_RATIOS = frozenset({"payout", "modifier"})
_OFF = frozenset({"inverted", "exclusive_credit", "retroactive"})
"""Flags that are false where nothing is said."""

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_GROUPED = {"en": re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))"), "de": re.compile(r"(?<=\d)\.(?=\d{3}(?:\D|$))")}


class Field(NamedTuple):
    """A field: where its value stands in its row, what the document says of it, how it is asked for."""

    path: tuple[str, ...]
    member: Member
    kind: Kind

    @property
    def label(self) -> str:
        """The name of the text that it is called by."""
        return "field_" + "_".join(self.path)


class PartForm(NamedTuple):
    """The fields of a part, or of a row of one, and the lists in it that have rows of their own."""

    fields: tuple[Field, ...]
    lists: tuple[Rows, ...] = ()


class Rows(NamedTuple):
    """A list within a part, a row for each item."""

    path: tuple[str, ...]
    row: PartForm

    @property
    def label(self) -> str:
        """The name of the text that it is called by."""
        return "field_" + "_".join(self.path)


class Said(NamedTuple):
    """What a form says of a part. `names`: place of a row → how the fields of that row are named in the form."""

    body: Raw
    names: Mapping[str, str]

    def name_of(self, place: str) -> str:
        """The name of the field that a place of the part was said in."""
        rows = [row for row in self.names if place == row or place.startswith(f"{row}/")]
        if not rows:
            return PREFIX + place
        row = max(rows, key=len)
        return self.names[row] + place[len(row) :]


@lru_cache(maxsize=8)
def form_of(list_: str) -> PartForm | None:
    """The form of an item of one of the document's lists, None for a list that is written as YAML alone."""
    return _FORMS[list_]() if list_ in _FORMS else None


def said(form: PartForm, values: Values, base: Mapping[str, Any], language: Language) -> Said:
    """The part that the form says, on top of what it has no fields for (`base`)."""
    names: dict[str, str] = {}
    return Said(_filled(form, values, PREFIX, base, "", names, language), names)


def shown(field: Field, value: Any, language: Language) -> str:
    """A value as a field shows it; what is not of its kind as it was typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, int | float):
        return str(value)
    told = f"{value * 100:.10g}" if field.kind == "percent" else f"{value:.15g}"
    return told.replace(".", ",") if language == "de" else told


def at(raw: Any, path: Sequence[str]) -> Any:
    """What stands at a place of a part, None where nothing does."""
    for token in path:
        raw = raw.get(token) if isinstance(raw, Mapping) else None
    return raw


def ordered(raw: Mapping[str, Any], part: type[Part]) -> Raw:
    """The part with its members in the order of the document's description; those that nobody knows come last."""
    members = members_of(part)
    names = sorted(raw, key=lambda name: list(members).index(name) if name in members else len(members))
    return {name: _ordered(raw[name], members[name].part if name in members else None) for name in names}


def _ordered(value: Any, part: type[Part] | None) -> Any:
    if part is not None and isinstance(value, Mapping):
        return ordered(value, part)
    return [_ordered(item, part) for item in value] if isinstance(value, list) else value


def _filled(
    form: PartForm,
    values: Values,
    name: str,
    base: Mapping[str, Any],
    place: str,
    names: dict[str, str],
    language: Language,
) -> Raw:
    filled = dict(base)
    for field in form.fields:
        typed = values.get("/".join((name, *field.path)), ())
        filled = _put(filled, field.path, _read(field, typed, at(base, field.path), language))
    for rows in form.lists:
        filled = _put(filled, rows.path, _rows(rows, values, name, base, place, names, language) or None)
    return filled


def _rows(
    rows: Rows,
    values: Values,
    name: str,
    base: Mapping[str, Any],
    place: str,
    names: dict[str, str],
    language: Language,
) -> list[Raw]:
    """The rows that were not left empty and are not to go, each on top of what it was before."""
    before = at(base, rows.path)
    known = {item.get("key"): item for item in before or () if isinstance(item, Mapping)}
    items: list[Raw] = []
    within = "/".join((name, *rows.path))
    for number in _numbers(values, within):
        row = f"{within}/{number}"
        if values.get(f"{row}/{GONE}"):
            continue
        stands = "/".join((place, *rows.path, str(len(items))))
        was = (values.get(f"{row}/{WAS}") or [""])[-1]
        item = _filled(rows.row, values, row, known.get(was, {}), stands, names, language)
        if item:
            names[stands] = row
            items.append(item)
    return items


def _numbers(values: Values, within: str) -> list[int]:
    """The numbers of the rows that the form has of a list."""
    found = re.compile(re.escape(within) + r"/(\d{1,6})/")
    return sorted({int(match[1]) for name in values if (match := found.match(name))})


def _read(field: Field, typed: Sequence[str], before: Any, language: Language) -> Any:
    """What was typed in a field as a value of the document, None for nothing."""
    if field.kind == "departments":
        return [one for one in typed if one] or None
    text = typed[-1].strip() if typed else ""
    if field.kind == "tick":
        return True if text else (False if before is False else None)
    if not text:
        return None
    if field.kind == "yes_no":
        return {"true": True, "false": False}.get(text, text)
    if field.kind in ("number", "percent", "whole"):
        return _number(field, text, language)
    return text


def _number(field: Field, text: str, language: Language) -> Any:
    """A number as people write it in a language, with or without a mark of percent; else the text."""
    plain = text.replace("%", "") if field.kind == "percent" else text
    plain = _GROUPED[language].sub("", re.sub(r"\s", "", plain)).replace(",", ".")
    if len(plain) > 40 or not _NUMBER.fullmatch(plain):
        return text
    value = float(plain)
    if field.kind == "percent":
        value = round(value / 100, 12)
    return int(value) if value.is_integer() else value


def _put(raw: Mapping[str, Any], path: Sequence[str], value: Any) -> Raw:
    """The part with a value at a place, or without one there; an object that nothing is left of goes."""
    name, *rest = path
    if rest:
        inner = raw.get(name)
        value = _put(inner if isinstance(inner, Mapping) else {}, rest, value) or None
    if value is None:
        return {key: said for key, said in raw.items() if key != name}
    return {**raw, name: value}


def _fields(part: type[Part], *names: str) -> tuple[Field, ...]:
    """Fields of a part by the names of their members, those of objects in it with dots."""
    return tuple(field_at(part, tuple(name.split("."))) for name in names)


def field_at(part: type[Part], path: tuple[str, ...]) -> Field:
    """The field that a member of a part has, or would have, in a form; `path`: members on the way to it."""
    holder = part
    for name in path[:-1]:
        inner = members_of(holder)[name].part
        assert inner is not None
        holder = inner
    member = members_of(holder)[path[-1]]
    is_ratio = path[0] in _RATIOS or part in (Accelerator, Tier, Place)
    return Field(path, member, _kind(member, is_ratio=is_ratio))


def _kind(member: Member, *, is_ratio: bool) -> Kind:
    if member.several:
        return "departments"
    if member.name in _DEPARTMENTS:
        return "department"
    if member.form == "flag":
        return "tick" if member.name in _OFF else "yes_no"
    if member.form == "share" or (is_ratio and member.form == "number" and member.name not in _PLAIN):
        return "percent"
    if member.name == "kpi":
        return "kpi"
    plain: dict[str, Kind] = {"number": "number", "whole": "whole", "day": "day", "choice": "choice"}
    return plain.get(member.form, "text")


def _department() -> PartForm:
    return PartForm(_fields(Department, "key", "name", "function", "headcount", "lead", "parent"))


_MEASURED = ("unit", "baseline", "target", "tolerance")


def _outcome() -> PartForm:
    value = ("value.amount", "value.per", "value.unit")
    return PartForm(_fields(Outcome, "key", "name", "direction", "weight", "metric", "inverted", *_MEASURED, *value))


def _kpi() -> PartForm:
    meant = ("key", "department", "name", "direction", "weight", "metric", "inverted")
    held = ("horizon", "owner", "shared_with", "effective.from", "effective.to")
    return PartForm(_fields(Kpi, *meant, *_MEASURED, *held))


def _plan() -> PartForm:
    names = ("key", "department", "role", "headcount", "period", "target_variable_pay_share", "target_total_pay")
    signed = ("owner", "designed_by", "approved_by", "effective.from", "effective.to")
    return PartForm(_fields(IncentivePlan, *names, *signed), (Rows(("components",), _component()),))


def _component() -> PartForm:
    paid = ("kpi", "measure", "direction", "weight", "key")
    payout = ("kind", "threshold", "target", "cap", "floor", "rate")
    guarded = ("gate.kpi", "gate.condition", "modifier.kpi", "modifier.low", "modifier.high")
    held = ("clawback.months", "clawback.condition", "deferral.months", "deferral.share")
    further = ("controllable", "penalties", "exclusive_credit")
    curve = (
        Rows(("payout", "accelerators"), PartForm(_fields(Accelerator, "above", "multiplier", "retroactive"))),
        Rows(("payout", "tiers"), PartForm(_fields(Tier, "from", "pays"))),
        Rows(("payout", "places"), PartForm(_fields(Place, "to", "pays"))),
    )
    names = (*paid, *(f"payout.{name}" for name in payout), *guarded, *held, *further)
    return PartForm(_fields(Component, *names), curve)


_FORMS = {"departments": _department, "outcomes": _outcome, "kpis": _kpi, "incentive_plans": _plan}
