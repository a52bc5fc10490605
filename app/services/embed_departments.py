"""A department as embeds show it: its goals, whom they help and hurt, what they are after, and, where allowed, how pay weighs them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.errors import Missing
from app.domain.terms import CUSTOMER
from app.reports.text_names import Names
from app.reports.text_words import Words
from app.services import analysis_views
from app.services.analyses import StoredAnalysis
from app.services.embed_titles import cells_with_titles
from app.services.embed_wish import Wish
from app.services.kept_results import read_result
from app.storage.database import Database

Json = dict[str, Any]

_DRIVERS = ("retention", "efficiency", "acquisition", "penetration")


def department(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis) -> Json:
    """One department. Raises Missing when the analysis knows none of that key."""
    (key,) = wish.filters["department"]
    kept = read_result(store, caller, wish.organization, analysis.id, wish.language)
    view = next((one for one in kept.result["departments"] if one["key"] == key), None)
    if view is None:
        raise Missing("department", key)
    names = Names(Words(wish.language), kept.raw, catalogue())
    goals = [one for one in kept.result["goals"] if one["department"] == key]
    drawn = analysis_views.matrix(store, caller, wish.organization, analysis.id, wish.language).shown["cells"]
    cells = cells_with_titles(store, caller, wish, analysis, drawn)
    outcomes = {one["key"]: one["name"] for one in kept.raw.get("outcomes", ())}
    pay = {"pay": list(_pay(kept.raw, key, names))} if wish.with_pay else {}
    return {
        "department": {
            "key": key,
            "name": names.department(key),
            "alignment": view["alignment"],
            "coverage": view["coverage"],
            "pressure": view["pressure"],
        },
        "goals": [_goal(one, names) for one in sorted(goals, key=lambda one: -one["pressure"])],
        "effects": [
            {
                "outcome": one["outcome"],
                "name": outcomes.get(one["outcome"], one["outcome"]),
                "help": one["help"],
                "harm": one["harm"],
            }
            for one in view["effects"]
        ],
        "hurts": [_cell(one, one["to"], names) for one in _worst(cells) if one["from"] == key],
        "suffers": [_cell(one, one["from"], names) for one in _worst(cells) if one["to"] == key != one["from"]],
        "reap": _reap(goals),
        **pay,
    }


def _goal(goal: Mapping[str, Any], names: Names) -> Json:
    return {
        "kind": goal["subject"]["kind"],
        "key": goal["subject"]["key"],
        "name": names.goal(goal["subject"]["key"]),
        "direction": goal["direction"],
        "pressure": goal["pressure"],
    }


def _worst(cells: Iterable[Json]) -> list[Json]:
    return sorted(cells, key=lambda one: (-one["severity"], one["from"], one["to"]))


def _cell(cell: Mapping[str, Any], other: str, names: Names) -> Json:
    kept = {name: cell[name] for name in ("count", "severity", "level", "worst", "title")}
    return {"department": {"key": other, "name": names.department(other)}, "is_customer": other == CUSTOMER, **kept}


def _reap(goals: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Driver → its share of the pressure on goals whose metric is known; empty when there is none."""
    known = catalogue().metrics
    drivers = [(known[one["metric"]].reap, one["pressure"]) for one in goals if one.get("metric") in known]
    whole = math.fsum(pressure for _, pressure in drivers)
    if not whole:
        return {}
    return {
        driver: round(math.fsum(pressure for reap, pressure in drivers if reap == driver) / whole, 4)
        for driver in _DRIVERS
    }


def _pay(raw: Mapping[str, Any], key: str, names: Names) -> Iterable[Json]:
    """What each plan of the department pays for, by the share of total pay that hangs on it."""
    for plan in raw.get("incentive_plans", ()):
        if plan["department"] != key:
            continue
        share = plan["target_variable_pay_share"]
        yield {
            "plan": plan["key"],
            "role": plan.get("role") or plan["key"],
            "variable_share": share,
            "components": [_paid(one, share, names) for one in plan["components"]],
        }


def _paid(component: Mapping[str, Any], share: float, names: Names) -> Json:
    """A paid part: its weight within the plan, and the share of total pay that hangs on it."""
    key, weight = component["key"], component["weight"]
    paid = {"key": key, "name": names.goal(key), "weight": weight, "share_of_pay": round(weight * share, 4)}
    return {**paid, "payout": component["payout"]} if "payout" in component else paid
