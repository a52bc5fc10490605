"""A company of any size for benchmarks: metrics of the catalogue, pinned; the same seed gives the same company."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from app.catalogue.load import catalogue
from app.exchange.read import read

TEMPLATE = Path("app/catalogue/templates/telecom.yaml")

FUNCTIONS = ("sales", "marketing", "service", "customer_success", "product", "operations", "finance", "hr")
KINDS = ("linear", "tiered", "threshold", "commission", "linear", "ranking")


def a_company(departments: int, kpis: int, components: int, *, outcomes: int = 5, seed: int = 1) -> dict[str, Any]:
    """A valid document: KPIs spread over the departments, components over one incentive plan a department."""
    chance = random.Random(seed)
    metrics = sorted(m for m in catalogue().metrics if not m.startswith("customer."))
    owed = ["satisfaction", "retention_rate", "effort", "trust", "outcome_achieved", "lifetime_value", "complaint_rate"]
    units = [{"key": f"d{n}", "name": f"Department {n}", "function": FUNCTIONS[n % 8]} for n in range(departments)]
    goals = [_kpi(n, f"d{n % departments}", chance.choice(metrics), chance) for n in range(kpis)]
    return {
        "concord": 1,
        "organization": {"name": "Benchmark"},
        "departments": units,
        "outcomes": [
            {"key": f"o{n}", "name": owed[n % 7], "direction": _good(f"customer.{owed[n % 7]}"), "weight": 1.0 + n,
             "metric": f"customer.{owed[n % 7]}"}
            for n in range(outcomes)
        ],
        "kpis": goals,
        "incentive_plans": _plans(goals, departments, components, chance),
    }  # fmt: skip


def telecom(name: str, kpis: int) -> dict[str, Any]:
    """The telecommunications company of the templates under another name, with so many KPIs."""
    document: dict[str, Any] = dict(read(TEMPLATE.read_bytes(), TEMPLATE.name, "yaml").raw)
    metrics = [metric for id_, metric in sorted(catalogue().metrics.items()) if not id_.startswith("customer.")]
    more = [
        {"key": f"more-{number}", "department": "finance", "name": metric.name, "metric": metric.id,
         "direction": "increase", "weight": 5}
        for number, metric in enumerate(metrics[: kpis - len(document["kpis"])])
    ]  # fmt: skip
    return {**document, "organization": {**document["organization"], "key": name}, "kpis": [*document["kpis"], *more]}


def _kpi(number: int, department: str, metric: str, chance: random.Random) -> dict[str, Any]:
    return {
        "key": f"k{number}",
        "department": department,
        "name": catalogue().metrics[metric].name,
        "metric": metric,
        "direction": _good(metric),
        "weight": chance.randint(1, 9),
        "target": 10.0,
        "baseline": 8.0,
    }


def _plans(
    goals: list[dict[str, Any]], departments: int, components: int, chance: random.Random
) -> list[dict[str, Any]]:
    plans = []
    for number in range(departments):
        own = [goal["key"] for goal in goals if goal["department"] == f"d{number}"]
        count = min(len(own), components // departments + (number < components % departments))
        if not count:
            continue
        shares = _shares([chance.randint(1, 9) for _ in range(count)])
        plans.append(
            {
                "key": f"p{number}",
                "department": f"d{number}",
                "period": chance.choice(["month", "quarter", "year"]),
                "target_variable_pay_share": chance.choice([0.1, 0.2, 0.4]),
                "components": [
                    {"key": f"c{number}-{n}", "kpi": kpi, "weight": share, "payout": {"kind": chance.choice(KINDS)}}
                    for n, (kpi, share) in enumerate(zip(own, shares, strict=False))
                ],
            }
        )
    return plans


def _good(metric: str) -> str:
    good = catalogue().metrics[metric].good_direction
    return "increase" if good == "none" else good


def _shares(parts: list[int]) -> list[float]:
    shares = [round(part / sum(parts), 4) for part in parts]
    return [round(1 - sum(shares[1:]), 4), *shares[1:]]
