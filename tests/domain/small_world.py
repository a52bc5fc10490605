"""A company in a small world: an influence map of a few arcs, on which it is plain what rests on what."""

from __future__ import annotations

from typing import Any

from app.catalogue.load import catalogue
from app.domain.catalogue import Catalogue
from app.domain.detection import Detection, detect
from app.domain.document.checks import document_from
from app.domain.map_runs import MapRuns
from app.domain.rulebook import compiled_rules
from tests.domain.maps import a_map
from tests.domain.told import AS_OF, SALES, SERVICE, a_company, a_kpi, a_plan

RULES = compiled_rules(catalogue())
ARCS = (
    "speed > slips strong",
    "slips >- trust strong",
    "speed >- care weak",
    "care > trust weak",
    "orders > calls strong",
)


def world(*arcs: str) -> Catalogue:
    """What is known in it; these arcs, or the usual ones."""
    return a_map(*(arcs or ARCS), calls={"good_direction": "decrease"}, slips={"good_direction": "decrease"})


def company() -> dict[str, Any]:
    """Service is paid for speed, which makes for slips, which cost trust; sales for orders, which make for calls."""
    return a_company(
        SALES,
        SERVICE,
        outcomes=[{"key": "trust", "name": "Trust", "metric": "trust", "direction": "increase", "weight": 1}],
        kpis=[
            a_kpi("speed", "service", "Speed", metric="speed", target=10, baseline=8),
            a_kpi("calls", "service", "Calls", "decrease", metric="calls"),
            a_kpi("orders", "sales", "Orders", metric="orders"),
        ],
        incentive_plans=[a_plan("speed", "service"), a_plan("orders", "sales")],
    )


def detected_in(known: Catalogue) -> Detection:
    """What is found in the company, as far as that is known."""
    return detect(document_from(company(), known), known, RULES, AS_OF)


def runs_in(detection: Detection) -> MapRuns:
    """Runs on it."""
    return MapRuns(detection, RULES, AS_OF)


def conflict(detection: Detection, source: str, target: str) -> str:
    """The fingerprint of the conflict between two."""
    (found,) = [
        match.fingerprint
        for match in detection.matches
        if match.row.kind.startswith("goal_")
        and match.conflict
        and (match.conflict.goal.item.key, match.conflict.target.item.key) == (source, target)
    ]
    return found
