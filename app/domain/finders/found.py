"""What finders give: parts of the document as templates speak of them, with their places, names and roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.domain.document import IncentivePlan
from app.domain.goals import Part
from app.domain.remedies import Bindings
from app.domain.situation import Company, Situation

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
    return {"items": items, "name": _said_once(items, "name"), "role": _said_once(items, "role")}


def new_key(wanted: str, taken: Iterable[str]) -> str:
    """A key that is not taken yet, as near to the wanted one as can be."""
    known = set(taken)
    key = re.sub(r"[^a-z0-9._-]+", "-", wanted.lower())[:_LONGEST_KEY].strip("-._") or "new"
    if key not in known:
        return key
    return next(numbered for n in range(2, len(known) + 3) if (numbered := f"{key}-{n}") not in known)


def _said_once(items: Sequence[Found], member: str) -> str:
    return " / ".join(dict.fromkeys(str(item[member]) for item in items if item.get(member)))
