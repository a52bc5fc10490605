"""The form of a business case: what it shows of a case, and what is said by one that was sent.

Shares are written in percent. What stands as it was taken is not said again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.business_case_words import told_assumption
from app.domain.terms import Language
from app.pages.console.customers import COST, RANGE, AssumptionFields, CaseForm
from app.routers.console.flow import Form
from app.services.business_cases import StoredBusinessCase

Json = Mapping[str, Any]

QUARTERS = "12"
_COST_NAME = {"en": "Cost {n}", "de": "Kosten {n}"}


def case_form(
    form: Form | None, case: StoredBusinessCase | None, language: Language, outcomes: Mapping[str, str]
) -> CaseForm:
    """What the form shows: what was sent, or what is said of a case; empty rows are left out."""
    said = {} if case is None else case.asked
    if form is not None:
        costs = [row for row in _cost_rows(form) if any(row.values())]
    else:
        costs = [_cost(name, one) for name, one in said.get("costs", {}).items()]
    assumptions = [] if case is None else list(_assumptions(form, case, language, outcomes))
    quarters = form.one("quarters") if form is not None else str(said.get("quarters", QUARTERS))
    return CaseForm(quarters, costs, assumptions, "" if case is None else case.tag)


def case_terms(form: Form, case: StoredBusinessCase | None, language: Language) -> dict[str, Any]:
    """What a form says of a case."""
    costs: dict[str, Any] = {}
    for number, row in enumerate(_cost_rows(form), 1):
        if any(row[name].strip() for name in (*RANGE, "name")):
            name = row["name"].strip() or _COST_NAME[language].format(n=number)
            amounts = {end: _number(row[end], "money") for end in RANGE if row[end].strip()}
            costs[f"{name} {number}" if name in costs else name] = {
                **amounts,
                "paid": row["paid"] or "now",
                "source": row["source"],
            }
    taken = [] if case is None else (case.body or {})["taken"]
    assumptions = {one["key"]: said for one in taken if (said := _said(form, one))}
    quarters = form.one("quarters")
    return {
        "quarters": int(quarters) if quarters.isdecimal() else quarters,
        "costs": costs,
        "assumptions": assumptions,
    }


def _cost_rows(form: Form) -> Iterator[dict[str, str]]:
    columns = [form.all(f"cost_{name}") for name in COST]
    for row in zip(*columns, strict=False):
        yield dict(zip(COST, row, strict=True))


def _cost(name: str, said: Json) -> dict[str, str]:
    return {
        "name": name,
        **{end: _text(said[end], "money") for end in RANGE},
        "paid": said["paid"],
        "source": said["source"],
    }


def _assumptions(
    form: Form | None, case: StoredBusinessCase, language: Language, outcomes: Mapping[str, str]
) -> Iterator[AssumptionFields]:
    body = case.body or {}
    now, asked = {one["key"]: one for one in body["assumptions"]}, case.asked["assumptions"]
    for taken in body["taken"]:
        key, unit = taken["key"], taken["unit"]
        fields = {
            **{end: _text(now[key][end], unit) for end in RANGE},
            "mode": now[key]["mode"],
            "source": asked.get(key, {}).get("source", ""),
        }
        if form is not None:
            fields |= {name: form.one(f"{key}.{name}") for name in fields if f"{key}.{name}" in form}
        yield AssumptionFields(key, told_assumption(key, language, outcomes), _unit(unit), fields)


def _said(form: Form, taken: Json) -> dict[str, Any]:
    """What a form says of an assumption otherwise than it was taken."""
    key, unit = taken["key"], taken["unit"]
    said: dict[str, Any] = {}
    for end in RANGE:
        typed = form.one(f"{key}.{end}").strip()
        if typed and typed != _text(taken[end], unit):
            said[end] = _number(typed, unit)
    if said:
        said = {end: taken[end] for end in RANGE if form.one(f"{key}.{end}").strip()} | said
    if (mode := form.one(f"{key}.mode")) not in ("", "drawn"):
        said["mode"] = mode
    if source := form.one(f"{key}.source").strip():
        said["source"] = source
    return said


def _unit(unit: str) -> str:
    """The name of the unit in which an assumption is written in the form."""
    return "percent" if unit.startswith("share") else "money" if unit.startswith("money") else "quarters"


def _text(value: float, unit: str) -> str:
    shown = 100 * value if unit.startswith("share") else value
    return f"{shown:.4f}".rstrip("0").rstrip(".")


def _number(typed: str, unit: str) -> float | str:
    """A number as people write it, with a comma or a point; what is none is left for its check to find."""
    try:
        value = float(typed.strip().replace(",", "."))
    except ValueError:
        return typed
    return value / 100 if unit.startswith("share") else value
