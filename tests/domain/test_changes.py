"""What a change of the document costs to make, and which changes are refused."""

from __future__ import annotations

from typing import Any

import pytest

from app.catalogue.load import catalogue
from app.domain.changes import changed, cost, departments_touched, share_moved
from app.domain.document import Document
from app.domain.document.checks import document_from
from tests.domain.call_centre import call_centre

GATE = {"op": "add", "path": "/incentive_plans/0/components/0/gate", "value": {"kpi": "fcr", "condition": ">= 72"}}
SHARED = [
    {"op": "replace", "path": "/incentive_plans/0/components/0/weight", "value": 0.7},
    {
        "op": "add",
        "path": "/incentive_plans/0/components/-",
        "value": {"key": "agents-fcr", "kpi": "fcr", "weight": 0.3, "payout": {"kind": "linear"}},
    },
]
SALARY = {"op": "replace", "path": "/incentive_plans/0/target_variable_pay_share", "value": 0.05}
GUARDRAIL = {
    "op": "add",
    "path": "/kpis/-",
    "value": {"key": "care", "department": "service", "name": "Customer effort", "direction": "decrease"},
}


def after(*patch: dict[str, Any]) -> Document:
    document = changed(call_centre(), patch, catalogue())
    assert document is not None
    return document


def before() -> Document:
    return document_from(call_centre(), catalogue())


def test_a_gate_touches_people_and_moves_no_pay():
    """One plan, its 260 people, nothing moved."""
    price = cost(before(), after(GATE))

    assert (price.weight_moved, price.pay_moved, price.plans, price.people) == (0, 0, 1, 260)


def test_pay_that_moves_is_also_money_where_pay_and_heads_are_known():
    """Three tenths of a fifth of 40,000 for 260 people: 624,000 a year."""
    price = cost(before(), after(*SHARED))

    assert price.weight_moved == pytest.approx(0.3)
    assert price.pay_moved == pytest.approx(0.06)
    assert price.pay_amount == pytest.approx(0.3 * 0.2 * 40_000 * 260)
    assert share_moved(before(), after(*SHARED)) == pytest.approx(0.06)


def test_pay_that_becomes_salary_has_moved():
    """Fifteen of twenty per cent no longer hang on anything."""
    assert share_moved(before(), after(SALARY)) == pytest.approx(0.15)


def test_a_kpi_touches_the_people_of_its_department():
    """No plan, no pay, 300 heads."""
    price = cost(before(), after(GUARDRAIL))

    assert (price.plans, price.people, price.pay_moved) == (0, 300, 0)


def test_departments_that_carry_a_kpi_from_now_on_are_touched():
    """Sharing a KPI concerns both."""
    shared = after({"op": "add", "path": "/kpis/1/shared_with", "value": ["sales"]})

    assert departments_touched(before(), shared) == ("sales", "service")


@pytest.mark.parametrize(
    "step",
    [
        {"op": "test", "path": "/kpis/0/key", "value": "other"},
        {"op": "replace", "path": "/incentive_plans/0/components/0/weight", "value": 0.9},
        {
            "op": "add",
            "path": "/kpis/-",
            "value": {"key": "aht", "department": "service", "name": "Again", "direction": "decrease"},
        },
        {"op": "add", "path": "/incentive_plans/0/components/0/gate", "value": {"kpi": "aht"}},
        {"op": "add", "path": "/incentive_plans/0/components/0/gate", "value": {"kpi": "nobody"}},
        {"op": "add", "path": "/incentive_plans/0/components/0/gaet", "value": {"kpi": "fcr"}},
        {"op": "add", "path": "/kpis/0/metric", "value": "service.nothing"},
    ],
    ids=[
        "a test that fails",
        "weights that sum to 0.9",
        "a key twice",
        "a gate on its own KPI",
        "an unknown KPI",
        "an unknown member",
        "an unknown metric",
    ],
)
def test_what_would_not_be_valid_is_refused(step: dict[str, Any]):
    """A patch that does not fit, or whose result the door would turn away, makes no document."""
    assert changed(call_centre(), [step], catalogue()) is None
