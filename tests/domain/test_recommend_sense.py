"""No silly recommendations: what a head of compensation would shake their head at is not proposed."""

from __future__ import annotations

from typing import Any

import pytest

from app.catalogue.load import catalogue
from app.domain.findings import Recommendation
from tests.domain.call_centre import call_centre, recommended


def test_pay_depends_on_the_first_measure_on_the_chain():
    """Short calls hurt resolution before they hurt loyalty, and agents see their resolution rate: that is the gate, at today's level."""
    gate = written(recommended(call_centre()), "/incentive_plans/0/components/0/gate")

    assert gate == {"kpi": "fcr", "condition": ">= 72"}


def test_a_gate_says_at_which_level_it_opens():
    """The title can be read aloud."""
    titles = [r.title for r in recommended(call_centre()) if r.remedy == "gate"]

    assert "Pay “Average handling time” only while “First-contact resolution” is at 72 % or more" in titles


@pytest.mark.parametrize(
    ("change", "condition"),
    [
        ({"baseline": None}, ">= 80"),
        ({"baseline": 72.5}, ">= 72.5"),
        ({"baseline": None, "target": None}, "No worse than its average over the last four quarters"),
        ({"baseline": 1_250_000, "target": 2_000_000}, ">= 1250000"),
        ({"baseline": 0.00004, "target": 0.0001}, ">= 0.00004"),
    ],
)
def test_the_level_is_todays_else_the_target_else_said_in_words(change: dict[str, Any], condition: str):
    """A gate holds the line; where no figure is on record it says so in a sentence."""
    raw = call_centre()
    raw["kpis"][1] |= change

    gate = written(recommended(raw), "/incentive_plans/0/components/0/gate")

    assert gate == {"kpi": "fcr", "condition": condition}


def test_people_are_not_gated_on_what_they_cannot_move():
    """With resolution in the hands of finance alone, agents' pay does not depend on it."""
    raw = call_centre()
    raw["kpis"][1] |= {"department": "finance", "metric": "finance.days_sales_outstanding", "direction": "decrease"}

    gates = [
        step for r in recommended(raw) for step in r.patch if step["path"] == "/incentive_plans/0/components/0/gate"
    ]

    assert all(step["value"]["kpi"] != "fcr" for step in gates)


def test_pay_does_not_depend_on_what_the_push_serves_anyway():
    """Shorter calls improve the service level, so holding it restrains nobody."""
    raw = call_centre()
    raw["kpis"][1] |= {"name": "Service level", "metric": "service.service_level"}

    gates = [
        step for r in recommended(raw) for step in r.patch if step["path"] == "/incentive_plans/0/components/0/gate"
    ]

    assert gates
    assert all(step["value"]["kpi"] != "fcr" for step in gates)


def test_agents_do_not_give_money_back():
    """Neither clawback nor deferral for people with a small monthly bonus; sellers under contract are another matter."""
    roles = {
        step["path"].split("/")[2]
        for r in recommended(call_centre())
        for step in r.patch
        if r.remedy in ("clawback", "deferral")
    }

    assert roles == {"1"}


def test_a_leaders_yearly_bonus_can_be_held_in_any_function():
    """What would be mean to an agent is usual for a director."""
    raw = call_centre()
    raw["incentive_plans"][0] |= {"role": "Director of service", "period": "year", "target_variable_pay_share": 0.5}

    assert written(recommended(raw), "/incentive_plans/0/components/0/deferral")


def test_what_the_company_lives_on_stays_paid():
    """Sellers go on being paid for new customers; nobody proposes salary instead, or satisfaction instead of sales."""
    changes = [r for r in recommended(call_centre()) if r.remedy in ("remove_component", "measure")]
    touched = {step["path"] for r in changes for step in r.patch if step["op"] != "test"}

    assert not [path for path in touched if path.startswith("/incentive_plans/1/components/0")]


@pytest.mark.slow
def test_no_plan_gets_a_fifth_measure():
    """Where four are paid already, weight moves among them and none is added."""
    raw = call_centre()
    others = ["service.quality_score", "service.schedule_adherence", "service.transfer_rate"]
    raw["kpis"] += [
        {"key": f"more{n}", "department": "service", "name": metric, "metric": metric, "weight": 1,
         "direction": "decrease" if "transfer" in metric else "increase"}
        for n, metric in enumerate(others)
    ]  # fmt: skip
    raw["incentive_plans"][0]["components"][0]["weight"] = 0.7
    raw["incentive_plans"][0]["components"] += [
        {"key": f"agents-more{n}", "kpi": f"more{n}", "weight": 0.1, "payout": {"kind": "linear", "cap": 1.5}}
        for n in range(3)
    ]

    added = [step["path"] for r in recommended(raw) for step in r.patch if step["op"] == "add"]

    assert "/incentive_plans/0/components/-" not in added


def test_what_customers_say_is_not_made_to_depend_on_cost():
    """Satisfaction that is paid is not gated, held or traded for another department's figure."""
    raw = call_centre()
    raw["kpis"][0] |= {
        "name": "Customer satisfaction",
        "metric": "customer.satisfaction",
        "direction": "increase",
        "baseline": 4,
        "target": 5,
    }

    touched = [
        step["path"]
        for r in recommended(raw)
        if r.remedy in ("gate", "modifier", "deferral", "reweight")
        for step in r.patch
    ]

    assert not [path for path in touched if path.startswith("/incentive_plans/0/components/0/")]


def test_no_more_than_three_tenths_of_a_plan_move_at_once():
    """Enough to be felt, not so much that people lose their footing."""
    raw = call_centre()

    moved = [r.cost.weight_moved for r in recommended(raw) if r.remedy in ("reweight", "counter_measure")]

    assert moved
    assert max(moved) <= 0.3


def test_a_new_kpi_leaves_the_sum_of_weights_as_it_was():
    """The others of the department make room in proportion."""
    before = catalogue().remedies["guardrail"].examples[0].before
    guardrail = next(r for r in recommended(before) if r.remedy == "guardrail")

    steps = {step["path"]: step["value"] for step in guardrail.patch}

    assert steps["/kpis/0/weight"] == 80
    assert steps["/kpis/-"]["weight"] == 20


def test_who_answers_for_customers_does_not_work_against_them():
    """Service is pushed against customers here, so the owner is somebody else."""
    raw = call_centre()

    assert written(recommended(raw), "/governance/outcome_owner") == "Chief executive"


def test_who_decides_is_named():
    """Departments whose plans or KPIs change; for the rest the executive."""
    raw = call_centre()
    raw["departments"].append({"key": "board", "name": "Board", "function": "executive"})
    found = recommended(raw)

    assert {r.owners for r in found if r.remedy == "sponsor"} == {("board",)}
    assert {r.owners for r in found if r.remedy == "gate"} <= {("service",), ("sales",)}


def written(found: tuple[Recommendation, ...], path: str) -> Any:
    """What the first recommendation that writes a member writes."""
    return next(step["value"] for r in found for step in r.patch if step["path"] == path)
