"""Where to cut between two departments of a company."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.cuts import Cut, find_cut
from app.domain.errors import Unknown
from app.domain.terms import Movement
from tests.domain.told import CHURN, SALES, SERVICE, TRUST, a_company, a_kpi, a_plan, detected

HANDLE_TIME = a_kpi(
    "aht",
    "service",
    "Average handling time",
    "decrease",
    metric="service.average_handle_time",
    target=300,
    baseline=400,
)
RESOLVED = a_kpi("fcr", "service", "Solved at first contact", metric="service.first_contact_resolution", weight=30)
WON = a_kpi("won", "sales", "New customers", metric="sales.new_customers", target=100, baseline=90)
WAIT = a_kpi("wait", "service", "Speed of answer", "decrease", metric="service.average_speed_of_answer", weight=30)


def company(**parts: Any) -> dict[str, Any]:
    """Sales is paid for new customers, service for short calls."""
    whole = {
        "outcomes": [CHURN, TRUST],
        "kpis": [HANDLE_TIME, RESOLVED, WON, WAIT],
        "incentive_plans": [a_plan("won", "sales"), a_plan("aht", "service")],
    }
    return a_company(SALES, SERVICE, **{**whole, **parts})


def found(cut: Cut) -> dict[tuple[str, str], tuple[float, float]]:
    return {(one.source, one.target): (one.before, one.after) for one in cut.conflicts}


def test_every_harm_that_a_safeguard_answers_is_lowered_by_the_cut():
    """The run with the safeguards as gates finds less of each, and of all together."""
    cut = find_cut(detected(company()), "service", "customer")

    answered = [one for one in cut.conflicts if one.beyond is None and not one.by_kind]
    assert answered and cut.safeguards
    assert all(one.after < one.before for one in answered)
    assert cut.after < cut.before


def test_a_safeguard_names_the_pay_that_must_depend_on_it_and_the_kpi_on_record():
    """Sales would have to be paid only while callers do not wait longer."""
    cut = find_cut(detected(company()), "sales", "service")

    (wait,) = [one for one in cut.safeguards if one.movement == Movement("service.average_speed_of_answer", "up")]
    assert (wait.kpis, wait.goals, wait.controlled) == (("wait",), ("won",), False)


def test_pay_hangs_on_no_measure_that_would_have_to_get_worse():
    """A movement in a good direction is no place to cut, unless the harmed goal wants it the other way."""
    detection = detected(company())
    for target in ("service", "customer"):
        for safeguard in find_cut(detection, "sales", target).safeguards:
            metric = detection.goals.metrics[safeguard.movement.metric]
            wanted = {item.movement for item in detection.goals.kpis.values()}

            assert metric.good != safeguard.movement.direction or safeguard.movement.opposite in wanted


def test_nothing_can_hang_on_pay_where_nobody_is_paid():
    """The conflicts are named, with the reason, and no safeguard is."""
    cut = find_cut(detected(company(incentive_plans=[])), "service", "customer")

    assert cut.safeguards == ()
    assert {one.beyond for one in cut.conflicts} <= {"unpaid", "family"}
    assert "unpaid" in {one.beyond for one in cut.conflicts}
    assert cut.after == pytest.approx(cut.before)


def test_no_chain_is_there_to_be_cut_where_both_want_one_thing_in_opposite_directions():
    """Sales wants more of what service wants less of."""
    more = a_kpi("calls", "sales", "Contacts", metric="service.contact_volume")
    less = a_kpi("fewer", "service", "Contacts", "decrease", metric="service.contact_volume")
    document = company(kpis=[more, less], incentive_plans=[a_plan("calls", "sales")])

    (one,) = find_cut(detected(document), "sales", "service").conflicts

    assert (one.source, one.target, one.beyond) == ("calls", "fewer", "direct")


def test_a_department_that_does_the_other_no_harm_needs_no_cut():
    """Nothing to cut, nothing to say."""
    document = company(kpis=[RESOLVED, WON], incentive_plans=[a_plan("fcr", "service", 0.1)], outcomes=[TRUST])

    cut = find_cut(detected(document), "service", "customer")

    assert (cut.safeguards, cut.conflicts, cut.chains) == ((), (), 0)


@pytest.mark.parametrize(("source", "target"), [("selling", "service"), ("sales", "servise"), ("customer", "sales")])
def test_a_department_that_is_not_there_is_named_with_the_nearest(source: str, target: str):
    """Customers can be harmed, but push nothing."""
    with pytest.raises(Unknown) as refused:
        find_cut(detected(company()), source, target)

    assert refused.value.what == "department" and refused.value.nearest


def test_the_cut_does_not_depend_on_the_order_of_lists():
    """The same document with its lists turned round."""
    straight = company()
    turned = {name: part[::-1] if isinstance(part, list) else part for name, part in straight.items()}

    assert find_cut(detected(turned), "service", "customer") == find_cut(detected(straight), "service", "customer")
