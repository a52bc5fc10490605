"""Companies that Hypothesis makes up: metrics of the catalogue, pay of every kind, safeguards, a few oddities."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from app.catalogue.load import catalogue

Raw = dict[str, Any]

FUNCTIONS = ("sales", "marketing", "service", "product", "operations", "finance")
METRICS = tuple(sorted(m.id for m in catalogue().metrics.values()))
OWED = (
    "customer.satisfaction",
    "customer.retention_rate",
    "customer.trust",
    "customer.effort",
    "service.first_contact_resolution",
)
FAMILIES = tuple(sorted(catalogue().families))
PAYOUTS = ("linear", "tiered", "threshold", "commission", "ranking")


@st.composite
def companies(draw: st.DrawFn, *, most_kpis: int = 8, paid: bool = True) -> Raw:
    """A valid document with two to four departments."""
    departments = [f"d{n}" for n in range(draw(st.integers(2, 4)))]
    weighted = draw(st.booleans())
    kpis = [draw(_kpis(n, departments, weighted)) for n in range(draw(st.integers(2, most_kpis)))]
    raw: Raw = {
        "concord": 1,
        "organization": {"name": "Made up"},
        "departments": [
            {"key": d, "name": d.upper(), "function": draw(st.sampled_from(FUNCTIONS))} for d in departments
        ],
        "outcomes": [draw(_outcomes(n)) for n in range(draw(st.integers(1, 3)))],
        "kpis": kpis,
    }
    if paid:
        raw["incentive_plans"] = [draw(_plans(n, departments, kpis)) for n in range(draw(st.integers(0, 3)))]
    if draw(st.booleans()):
        raw["governance"] = {
            "shared_kpis": draw(st.lists(st.sampled_from([k["key"] for k in kpis]), unique=True, max_size=2))
        }
    return raw


@st.composite
def _kpis(draw: st.DrawFn, number: int, departments: list[str], weighted: bool) -> Raw:
    kpi: Raw = {
        "key": f"k{number}",
        "name": f"Measure {number}",
        "department": draw(st.sampled_from(departments)),
        "direction": draw(st.sampled_from(["increase", "decrease", "increase", "decrease", "maintain"])),
    }
    kind = draw(st.sampled_from(["metric", "metric", "metric", "inverted", "family", "nothing"]))
    if kind in ("metric", "inverted"):
        kpi["metric"] = draw(st.sampled_from(METRICS))
    if kind == "inverted":
        kpi["inverted"] = True
    if kind == "family":
        kpi["family"] = draw(st.sampled_from(FAMILIES))
    if draw(st.booleans()):
        kpi["target"] = draw(st.sampled_from([-2.0, 0.5, 10.0]))
    if weighted:
        kpi["weight"] = draw(st.sampled_from([0.0, 1.0, 2.0, 5.0]))
    return kpi


@st.composite
def _outcomes(draw: st.DrawFn, number: int) -> Raw:
    direction = draw(st.sampled_from(["increase", "decrease"]))
    return {"key": f"o{number}", "name": f"Owed {number}", "direction": direction, "metric": draw(st.sampled_from(OWED)),
            "weight": draw(st.sampled_from([1.0, 2.0, 4.0]))}  # fmt: skip


@st.composite
def _plans(draw: st.DrawFn, number: int, departments: list[str], kpis: list[Raw]) -> Raw:
    paid = draw(st.lists(st.sampled_from(kpis), min_size=1, max_size=3, unique_by=lambda kpi: kpi["key"]))
    shares = {1: [1.0], 2: [0.75, 0.25], 3: [0.5, 0.25, 0.25]}[len(paid)]
    plan: Raw = {
        "key": f"p{number}",
        "department": draw(st.sampled_from(departments)),
        "period": draw(st.sampled_from(["month", "quarter", "year"])),
        "target_variable_pay_share": draw(st.sampled_from([0.0, 0.05, 0.2, 0.5])),
        "components": [
            draw(_components(f"c{number}-{n}", kpi, share, kpis))
            for n, (kpi, share) in enumerate(zip(paid, shares, strict=True))
        ],
    }
    if draw(st.booleans()):
        plan["headcount"] = draw(st.integers(0, 50))
    return plan


@st.composite
def _components(draw: st.DrawFn, key: str, kpi: Raw, weight: float, kpis: list[Raw]) -> Raw:
    component: Raw = {
        "key": key,
        "kpi": kpi["key"],
        "weight": weight,
        "payout": {"kind": draw(st.sampled_from(PAYOUTS))},
    }
    if draw(st.booleans()):
        component["payout"]["cap"] = 1.5
    if draw(st.integers(0, 3)) == 0:
        component["payout"]["accelerators"] = [{"above": 1.0, "multiplier": draw(st.sampled_from([1.5, 3.0]))}]
    others = [k["key"] for k in kpis if k["key"] != kpi["key"]]
    if others and draw(st.integers(0, 3)) == 0:
        component["gate"] = {"kpi": draw(st.sampled_from(others)), "condition": ">= 1"}
    if others and draw(st.integers(0, 5)) == 0:
        component["modifier"] = {"kpi": draw(st.sampled_from(others)), "low": 0.8, "high": 1.2}
    if draw(st.integers(0, 3)) == 0:
        component[draw(st.sampled_from(["clawback", "deferral"]))] = {"months": draw(st.sampled_from([3, 12]))}
    if draw(st.integers(0, 5)) == 0:
        component["penalties"] = "a warning"
    return component
