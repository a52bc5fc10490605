"""Payout curves, what is paid at marks, and what a role's pay really hangs on."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from app.domain.document import IncentivePlan, Payout
from app.domain.effective_weights import measure_weights, paid_weights
from app.domain.facts.payout import pay_at
from app.domain.payout_curves import role_curve


def a_plan(*components: dict[str, Any], **said: Any) -> IncentivePlan:
    defaults = {"key": "agents", "department": "service", "period": "month", "target_variable_pay_share": 0.2}
    keyed = [{"key": f"c{n}", "kpi": f"k{n}", "weight": 1 / len(components), **one} for n, one in enumerate(components)]
    return IncentivePlan.model_validate({**defaults, "components": keyed, **said})


CURVES: list[tuple[dict[str, Any], list[tuple[float, float]]]] = [
    ({"kind": "linear"}, [(0, 0), (2, 2)]),
    ({"kind": "linear", "threshold": 0.5, "cap": 1.5}, [(0, 0), (0.5, 0), (0.5, 0.5), (1.5, 1.5), (2, 1.5)]),
    ({"kind": "linear", "floor": 0.4}, [(0, 0.4), (0.4, 0.4), (2, 2)]),
    ({"kind": "threshold", "threshold": 0.9}, [(0, 0), (0.9, 0), (0.9, 1), (2, 1)]),
    ({"kind": "threshold"}, [(0, 0), (1, 0), (1, 1), (2, 1)]),
    ({"kind": "tiered", "tiers": [{"from": 0.5, "pays": 0.5}, {"from": 1, "pays": 1.2}]},
     [(0, 0), (0.5, 0), (0.5, 0.5), (1, 0.5), (1, 1.2), (2, 1.2)]),
    ({"kind": "commission", "accelerators": [{"above": 1, "multiplier": 2}]}, [(0, 0), (1, 1), (2, 3)]),
    ({"kind": "commission", "cap": 2, "accelerators": [{"above": 1, "multiplier": 2}]}, [(0, 0), (1, 1), (1.5, 2), (2, 2)]),
    ({"kind": "linear", "accelerators": [{"above": 1, "multiplier": 2, "retroactive": True}]},
     [(0, 0), (1, 1), (1, 2), (2, 4)]),
    ({"kind": "ranking", "places": [{"to": 3, "pays": 2}]}, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("payout", "points"), CURVES, ids=lambda value: str(value.get("kind")) if isinstance(value, dict) else ""
)
def test_a_curve_has_a_point_wherever_it_bends_or_jumps(
    payout: dict[str, Any], points: list[tuple[float, float]]
) -> None:
    """Each kind, with thresholds, floors, caps and accelerators."""
    curve = role_curve(a_plan({"payout": payout}))

    assert [tuple(point) for point in curve.points] == points
    assert [tuple(point) for point in curve.components[0].points] == points


@pytest.mark.parametrize(
    "payout", [payout for payout, points in CURVES if points], ids=lambda value: str(value["kind"])
)
def test_between_its_points_a_curve_is_a_straight_line(payout: dict[str, Any]) -> None:
    """Read off the line, pay is what the payout pays, everywhere but where it jumps."""
    points = role_curve(a_plan({"payout": payout})).points

    for (x0, y0), (x1, y1) in pairwise(points):
        for share in (0.25, 0.5, 0.75):
            if x0 < x1:
                at = x0 + share * (x1 - x0)
                assert pay_at(Payout.model_validate(payout), at) == pytest.approx(y0 + share * (y1 - y0), abs=1e-6)


def test_a_role_is_paid_the_sum_of_its_components() -> None:
    """At each mark, with gates that hold or fail and modifiers at their ends; what is paid by place is left out and said."""
    plan = a_plan(
        {"weight": 0.5, "payout": {"kind": "linear"}, "gate": {"kpi": "csat"}},
        {"weight": 0.3, "payout": {"kind": "threshold"}, "modifier": {"kpi": "csat", "low": 0.8, "high": 1.2}},
        {"weight": 0.2, "payout": {"kind": "ranking", "places": [{"to": 1, "pays": 3}]}},
        target_total_pay=50_000,
    )

    curve = role_curve(plan)
    assert (curve.known, curve.variable_pay) == (0.8, 10_000)
    assert [tuple(mark) for mark in curve.marks] == [
        (0.8, 0.4, 0.0, 0.4),
        (1.0, 0.8, 0.24, 0.86),
        (1.2, 0.9, 0.24, 0.96),
    ]


def test_what_pay_hangs_on_counts_gates_and_modifiers() -> None:
    """A cap takes weight away, an accelerator gives it; the gating measure has weight without any that is stated."""
    capped, free = {"kind": "linear", "cap": 0.5}, {"kind": "linear"}
    plan = a_plan({"payout": capped}, {"payout": free, "gate": {"kpi": "csat"}})

    assert [(one.component.weight, one.effective) for one in paid_weights(plan)] == [(0.5, 0.25), (0.5, 0.75)]
    assert [(one.kpi, one.stated, one.effective, one.gates) for one in measure_weights(plan)] == [
        ("k1", 0.5, 0.5, ()),
        ("csat", 0.0, 0.3333, ("c1",)),
        ("k0", 0.5, 0.1667, ()),
    ]


def test_what_is_not_known_has_no_effective_weight() -> None:
    """By place nobody knows what attainment pays: weights as stated, and no others."""
    plan = a_plan({"payout": {"kind": "linear"}}, {"payout": {"kind": "ranking"}})

    assert [one.effective for one in paid_weights(plan)] == [None, None]
    assert [one.effective for one in measure_weights(plan)] == [None, None]
