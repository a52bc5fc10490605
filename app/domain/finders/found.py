"""What finders give: parts of the document as templates speak of them, with their places, names and roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.domain.document import IncentivePlan
from app.domain.goals import Part
from app.domain.patch_templates import Bindings, Text
from app.domain.situation import Company, Situation
from app.domain.terms import Language

Found = Mapping[str, Any]
Finder = Callable[[Situation, Bindings], Iterable[Found]]
"""From a situation, and what finders named before in the form have found, to the alternatives, best first."""

_LONGEST_KEY = 56
"""Leaves room for a number within the 63 characters of a key."""


def component(company: Company, part: Part) -> dict[str, Any]:
    """A component: key, path, name of what it pays for, role that is paid, KPI and incentive plan."""
    paid, incentive_plan = part.component, part.incentive_plan
    return {
        "key": paid.key,
        "path": company.path("components", paid.key),
        "name": company.paid_for(incentive_plan, paid).item.name,
        "kpi": paid.kpi,
        "role": role(company, incentive_plan),
        "department": incentive_plan.department,
        "plan": plan(company, incentive_plan),
    }


def plan(company: Company, incentive_plan: IncentivePlan) -> dict[str, Any]:
    """An incentive plan: key, path and role."""
    return {
        "key": incentive_plan.key,
        "path": company.path("incentive_plans", incentive_plan.key),
        "role": role(company, incentive_plan),
    }


def role(company: Company, incentive_plan: IncentivePlan) -> str:
    """Who is paid by a plan: its role, else its department."""
    return incentive_plan.role or company.departments[incentive_plan.department].name


def department(company: Company, key: str) -> dict[str, Any]:
    """A department: key, path and name."""
    return {"key": key, "name": company.departments[key].name, "path": company.path("departments", key)}


def together(items: Sequence[Found]) -> dict[str, Any]:
    """Several parts that one change touches, with their names and roles said once each."""
    names = list(dict.fromkeys(item["name"] for item in items if item.get("name")))
    roles = list(dict.fromkeys(item["role"] for item in items if item.get("role")))
    return {"items": items, "name": listed(names, quoted=True), "role": listed(roles)}


def listed(names: Sequence[str | Text], *, quoted: bool = False) -> Text:
    """Names as one says them: A, B and C. `quoted`: the template's quotation marks stand around each."""
    return Text(
        _joined(names, "en", "and", ("”", "“") if quoted else ("", "")),
        _joined(names, "de", "und", ("“", "„") if quoted else ("", "")),
    )


def new_key(wanted: str, taken: Iterable[str]) -> str:
    """A key that is not taken yet, as near to the wanted one as can be."""
    known = set(taken)
    key = re.sub(r"[^a-z0-9._-]+", "-", wanted.lower())[:_LONGEST_KEY].strip("-._") or "new"
    if key not in known:
        return key
    return next(numbered for n in range(2, len(known) + 3) if (numbered := f"{key}-{n}") not in known)


def _joined(names: Sequence[str | Text], language: Language, and_: str, marks: tuple[str, str]) -> str:
    said = [name.plain(language) if isinstance(name, Text) else name for name in names]
    closing, opening = marks
    before = f"{closing}, {opening}".join(said[:-1])
    return f"{closing} {and_} {opening}".join(filter(None, (before, *said[-1:])))
