"""Moves: which go together, what several make of a document, and weights that are set anew."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest

from app.domain.optimise_moves import rivals
from app.domain.optimise_weights import Weight, Whole, weighed
from app.domain.patch_templates import Text
from app.domain.remedies import Form
from tests.domain.call_centre import audit, call_centre
from tests.domain.plans import pool_of, task_for, two_measures

ANY = Form(id="any", title=Text("", ""), find=(), patch=(), effort="low", clears=0.1)


@pytest.mark.slow
def test_rivals_are_never_made_together():
    """Two moves that write different things in one place are none together; two that add the same KPI are."""
    pool = pool_of(call_centre())
    apart = {frozenset(pair) for group in rivals(pool.moves) for pair in combinations(group, 2)}

    together = {pair: pool.runs.of(pair) for pair in map(frozenset, combinations(range(len(pool.moves)), 2))}

    assert apart
    assert all(together[pair] is None for pair in apart)
    assert any(run is not None for pair, run in together.items() if pair not in apart)


def test_what_only_governance_says_is_a_claim():
    """Naming a sponsor is a claim; a gate, a cap or a KPI is none."""
    moves = pool_of(call_centre()).moves

    claims = {move.candidate.remedy.id for move in moves if move.claims}

    assert claims and claims <= {"sponsor", "owner", "monitoring", "single_view", "separate_approval"}
    assert {"gate", "cap"} <= {move.candidate.remedy.id for move in moves if not move.claims}


def test_plans_and_scorecards_are_weighed_anew():
    """Where a plan or a department has several weights, one of the moves sets them; they come to what they did."""
    pool = pool_of(two_measures())

    anew = [n for n, move in enumerate(pool.moves) if move.candidate.form.id in ("pay_anew", "kpis_anew")]

    assert anew
    for number in anew:
        run = pool.runs.of(frozenset({number}))
        assert run is not None
        assert sum(c.weight for c in run.document.incentive_plans[0].components) == pytest.approx(1)
        assert sum(k.weight or 0 for k in run.document.kpis if k.department == "service") == pytest.approx(100)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0.3", {"steep": "0.3", "flat": "0.5", "middle": "0.2"}),
        ("0.1", {"steep": "0.5", "flat": "0.3", "middle": "0.2"}),
        ("0", {"steep": "0.6", "flat": "0.2", "middle": "0.2"}),
    ],
)
def test_weight_goes_from_steep_to_flat(amount: str, expected: dict[str, str]):
    """The steepest gives, down to what it keeps and to the amount; the flattest takes; what is between stays."""
    weights = (_weight("steep", "0.6", 9.0, kept="0.3"), _weight("middle", "0.2", 5.0), _weight("flat", "0.2", 1.0))

    after = weighed(Whole(ANY, {}, weights, (), Decimal(0), Decimal(1)), Decimal(amount))

    assert after == {key: Decimal(weight) for key, weight in expected.items()}


def test_weight_keeps_to_its_bounds_and_goes_to_none_that_harms():
    """No weight leaves the bounds, and what may not gain does not."""
    weights = (_weight("steep", "0.6", 9.0), _weight("harmful", "0.2", 1.0, takes=False), _weight("flat", "0.2", 2.0))

    after = weighed(Whole(ANY, {}, weights, (), Decimal("0.1"), Decimal("0.4")), Decimal("0.5"))

    assert after == {"steep": Decimal("0.4"), "harmful": Decimal("0.2"), "flat": Decimal("0.4")}


def _weight(key: str, weight: str, slope: float, *, kept: str = "0.1", takes: bool = True) -> Weight:
    return Weight(key, key, "", Decimal(weight), slope, takes, Decimal(kept))


def test_what_settles_pay_for_several_departments_is_for_plans_alone():
    """Whoever reads a single recommendation cannot decide more than one department's pay; a plan can."""
    raw = call_centre()

    moves = pool_of(raw).moves

    policies = {move.id for move in moves if move.candidate.policy}
    assert policies
    assert policies.isdisjoint(r.id for r in audit(raw).recommendations)


def test_a_gate_for_several_departments_stands_on_what_each_of_them_sees():
    """Of the roles that such a gate touches, each sees its measure; pay for the measure itself stays free."""
    company_moves = [m for m in pool_of(call_centre()).moves if m.candidate.remedy.id == "gate" and m.candidate.policy]

    for candidate in (move.candidate for move in company_moves):
        company, guard = candidate.situation.company, candidate.bindings["guard"]
        for item in candidate.bindings["pay"]["items"]:
            known = company.goals.kpis.get(guard["key"])
            metric = known.movement.metric if known and known.movement else guard["kpi"]["metric"]
            own = known is not None and known.department == item["department"]
            assert own or metric.startswith("customer.") or company.controls(item["department"], metric)
            assert item["kpi"] != guard["key"]
    assert company_moves


def test_no_pay_hangs_on_harm_that_shows_too_late():
    """What is harmed itself guards pay only where it shows while people can wait for it, as is asked of measures on the way there."""
    guarding = [m.candidate for m in pool_of(call_centre()).moves if m.candidate.remedy.id in ("gate", "modifier")]

    late = [c for c in guarding if sum(arc.lag_days for arc in c.situation.chain) > c.situation.longest_wait_days]

    assert late
    for candidate in late:
        target, guard = candidate.situation.target, candidate.bindings["guard"]
        assert target is not None and target.movement is not None
        assert guard["key"] != target.key and guard.get("kpi", {}).get("metric") != target.movement.metric


def test_nobody_sees_anothers_measure_of_which_no_metric_is_known():
    """Households helped by a tariff are finance's: who answers calls cannot be said to move them, though customers are concerned."""
    raw = call_centre()
    helped = {"key": "helped", "name": "Households helped", "family": "service_experience", "direction": "increase"}
    raw["kpis"].append({**helped, "department": "finance", "weight": 0})
    company = task_for(raw).company

    item = company.goals.kpis["helped"]

    assert item.movement is None and company.measures.about_customers(item)
    assert company.sees("finance", item) and not company.sees("service", item)
