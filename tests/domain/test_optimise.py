"""The plan: what it clears, that its figures are those of a fresh audit, and that it keeps to its constraints."""

from __future__ import annotations

import pytest

from app.domain.errors import Unknown
from app.domain.json_patch import apply
from app.domain.optimise_blockers import without
from app.domain.optimise_constraints import Constraint, Constraints
from app.domain.optimise_plan import knee
from tests.counts import IN_FULL
from tests.domain.call_centre import Raw, audit, by_fingerprint, call_centre
from tests.domain.plans import (
    is_met,
    plan_of,
    pool_of,
    severity,
    task_for,
    total,
    two_measures,
    worse_by_a_level,
    worst,
    worst_flaw,
)


def part(raw: Raw, name: str, key: str) -> Raw:
    return next(item for item in raw[name] if item["key"] == key)


@pytest.mark.slow
def test_a_plan_says_what_a_fresh_audit_of_its_document_finds():
    """Severities before and after, in all and from medium on, and the index are those of audits of the two documents."""
    raw = call_centre()

    plan = plan_of(raw)

    before, after = audit(raw, recommend=False), audit(plan.document, recommend=False)
    assert plan.severity_before == pytest.approx(severity(before))
    assert plan.severity_after == pytest.approx(severity(after)) == pytest.approx(plan.front[-1].severity)
    assert plan.effect.severity_before == pytest.approx(total(before))
    assert plan.effect.severity_after == pytest.approx(total(after))
    assert plan.effect.alignment_after == pytest.approx(after.summary.alignment_index)


@pytest.mark.slow
def test_a_plan_clears_most_and_makes_nothing_worse():
    """Five changes clear most of what is found in the call centre; no finding rises by a level, none of medium level comes up."""
    raw = call_centre()

    plan = plan_of(raw)

    assert plan.severity_after <= 0.4 * plan.severity_before
    assert worse_by_a_level(audit(raw, recommend=False), audit(plan.document, recommend=False)) == []


@pytest.mark.slow
def test_patches_follow_each_other():
    """Applied one after the other to what was submitted, the patches of the changes make the document of the plan."""
    raw = call_centre()
    plan = plan_of(raw, Constraints(max_changes=3))

    made = raw
    for change in plan.changes:
        made = apply(made, change.patch)

    assert made == plan.document


@pytest.mark.slow
def test_each_change_starts_where_the_one_before_ended():
    """What is left after one change is there before the next; together they do what the plan does."""
    plan = plan_of(call_centre(), Constraints(max_changes=3))

    lefts = [change.effect.severity_after for change in plan.changes]

    assert [change.effect.severity_before for change in plan.changes] == [plan.effect.severity_before, *lefts[:-1]]
    assert lefts[-1] == pytest.approx(plan.effect.severity_after)


@pytest.mark.slow
def test_the_front_falls():
    """From no change on, each point of the front has more changes than the one before it and leaves less; one point is the knee."""
    front = plan_of(call_centre(), Constraints(max_changes=4)).front

    counts, left = [len(point.changes) for point in front], [point.severity for point in front]

    assert counts[0] == 0 and counts == sorted(set(counts))
    assert left == sorted(left, reverse=True)
    assert [point.knee for point in front].count(True) == 1


@pytest.mark.slow
@pytest.mark.parametrize("most", [0, 1, 2])
def test_no_more_changes_are_made_than_asked_for(most: int):
    """`max_changes` bounds the changes, and what fewer changes clear, more clear at least."""
    fewer = plan_of(call_centre(), Constraints(max_changes=most))
    more = plan_of(call_centre(), Constraints(max_changes=most + 1))

    assert len(fewer.changes) <= most
    assert fewer.severity_after >= more.severity_after


@pytest.mark.slow
@pytest.mark.parametrize("key", ["agents", "agents-aht", "service", "fcr", "sellers"])
def test_what_is_frozen_stays(key: str):
    """A frozen incentive plan, component, department or KPI is the same afterwards, a department with all that belongs to it."""
    raw = two_measures()

    after = plan_of(raw, Constraints(max_changes=3, frozen=(key,))).document

    def belonging(document: Raw) -> list[Raw]:
        plans = [p for p in document["incentive_plans"] if key in (p["key"], p["department"])]
        components = [c for p in document["incentive_plans"] for c in p["components"] if c["key"] == key]
        return plans + components + [k for k in document["kpis"] if key in (k["key"], k["department"])]

    assert belonging(raw) and belonging(after) == belonging(raw)


@pytest.mark.slow
def test_weights_that_are_set_keep_to_their_bounds():
    """Weights between a fifth and half: no component gets another weight than that, and every plan still sums to one."""
    raw = two_measures()
    old = {c["key"]: c["weight"] for plan in raw["incentive_plans"] for c in plan["components"]}

    plan = plan_of(raw, Constraints(least_weight=0.2, most_weight=0.5))

    new = {c["key"]: c["weight"] for p in plan.document["incentive_plans"] for c in p["components"]}
    assert all(0.2 <= weight <= 0.5 for key, weight in new.items() if weight != old.get(key))
    for paying in plan.document["incentive_plans"]:
        assert sum(c["weight"] for c in paying["components"]) == pytest.approx(1)


@pytest.mark.slow
def test_no_incentive_plan_gets_more_measures_than_allowed():
    """With one measure a plan at most, no component is added anywhere."""
    raw = call_centre()

    after = plan_of(raw, Constraints(max_changes=3, most_measures=1)).document

    assert [len(plan["components"]) for plan in after["incentive_plans"]] == [1, 1]


@pytest.mark.slow
def test_a_budget_bounds_the_pay_that_moves():
    """Without money to move no pay moves; with a great deal some may, and never more than the budget."""
    none, some = (plan_of(two_measures(), Constraints(max_changes=3, budget=budget)) for budget in (0, 500_000))

    assert none.cost.pay_moved == 0
    assert (some.cost.pay_amount or 0) <= 500_000
    assert some.severity_after <= none.severity_after


@pytest.mark.slow
def test_target_pay_and_targets_stay():
    """What is paid at target, and what every KPI is to reach, is as before."""
    raw = call_centre()

    after = plan_of(raw, Constraints(max_changes=3)).document

    def kept(document: Raw) -> list[object]:
        pay = [(p["target_variable_pay_share"], p.get("target_total_pay")) for p in document["incentive_plans"]]
        return [*pay, *((k["key"], k["direction"], k.get("target")) for k in document["kpis"][: len(raw["kpis"])])]

    assert kept(after) == kept(raw)


@pytest.mark.slow
def test_what_only_claims_is_no_remedy_unless_allowed():
    """Governance stays as it is, although naming a sponsor would silence findings; when that is allowed, it is done."""
    raw = call_centre()
    raw["kpis"], raw["incentive_plans"] = [part(raw, "kpis", "fcr")], []

    usual = plan_of(raw)
    allowed = plan_of(raw, Constraints(allowed=frozenset({"claims"})))

    assert usual.document.get("governance") == raw["governance"]
    assert allowed.document["governance"] != raw["governance"]
    assert allowed.severity_after < usual.severity_after


@pytest.mark.slow
def test_nothing_is_taken_out_unless_allowed():
    """No KPI and no component goes, no weight falls to nothing, no variable pay becomes salary."""
    raw = two_measures()

    after = plan_of(raw).document

    assert {k["key"] for k in raw["kpis"]} <= {k["key"] for k in after["kpis"]}
    assert all(part(after, "kpis", k["key"])["weight"] > 0 for k in raw["kpis"])
    assert all(c["weight"] > 0 for plan in after["incentive_plans"] for c in plan["components"])
    assert all(plan["target_variable_pay_share"] > 0 for plan in after["incentive_plans"])


@pytest.mark.slow
def test_a_finding_that_must_go_goes():
    """The gravest flaw of pay is below medium afterwards, even with few changes."""
    raw = call_centre()
    fingerprint = worst(raw)

    plan = plan_of(raw, Constraints(max_changes=2, must_go=(fingerprint,)))

    left = by_fingerprint(audit(plan.document, recommend=False)).get(fingerprint)
    assert plan.blockers == ()
    assert left is None or left.level == "low"


@pytest.mark.slow
def test_what_stands_in_the_way_is_named():
    """A flaw is about somebody's pay: with all pay frozen it cannot go, and that plan's being frozen is the reason."""
    raw = call_centre()
    about = {s.key for s in worst_flaw(raw).subjects}
    (paying,) = (p for p in raw["incentive_plans"] if any(c["key"] in about for c in p["components"]))

    stuck = plan_of(raw, Constraints(max_changes=2, frozen=("agents", "sellers"), must_go=(worst(raw),)))

    assert [blocker.constraint for blocker in stuck.blockers] == [Constraint("freeze", paying["key"])]
    assert stuck.blockers[0].said == f"“{paying['role']}” ({paying['key']}) stays as it is"
    assert stuck.document == raw and stuck.changes == () and stuck.front == ()


IN_THE_WAY = (
    Constraints(max_changes=0),
    Constraints(max_changes=1, frozen=("agents-aht", "sellers-new"), most_measures=1),
    Constraints(max_changes=2, frozen=("agents", "sellers")),
    Constraints(max_changes=0, frozen=("agents", "sellers")),
    Constraints(max_changes=3, frozen=("service", "sales", "finance"), budget=0),
)
"""Constraints that keep the gravest finding from going: one, several of different kinds, and more of them in a full run."""


@pytest.mark.slow
@pytest.mark.parametrize("wanted", IN_THE_WAY if IN_FULL else IN_THE_WAY[:2])
def test_blockers_are_true(wanted: Constraints):
    """Without those that are named there is a plan; with any one of them, the others set aside, there is none."""
    raw = call_centre()
    wanted = wanted._replace(must_go=(worst(raw),))

    named = {blocker.constraint for blocker in plan_of(raw, wanted).blockers}

    task = task_for(raw, wanted)
    assert named and Constraint("must_go", worst(raw)) not in named
    assert is_met(without(wanted, named), task)
    assert not any(is_met(without(wanted, named - {one}), task) for one in named)


@pytest.mark.slow
def test_too_few_changes_stand_in_the_way():
    """When nothing may be changed at all, that is what stands in the way of a finding that must go."""
    raw = call_centre()

    plan = plan_of(raw, Constraints(max_changes=0, must_go=(worst(raw),)), language="de")

    assert [(blocker.constraint, blocker.said) for blocker in plan.blockers] == [
        (Constraint("max_changes"), "es werden höchstens 0 Änderungen gemacht")
    ]


@pytest.mark.parametrize(
    ("constraints", "name", "nearest"),
    [
        (Constraints(frozen=("agent",)), "agent", "agents"),
        (Constraints(must_go=("0123456789abcdef",)), "0123456789abcdef", None),
    ],
)
def test_names_that_do_not_exist_are_refused(constraints: Constraints, name: str, nearest: str | None):
    """A key to be frozen, or a finding that must go, that is not there is refused with the nearest one."""
    with pytest.raises(Unknown) as refused:
        plan_of(call_centre(), constraints)

    assert refused.value.name == name
    assert nearest is None or nearest in refused.value.nearest


@pytest.mark.slow
def test_the_order_of_lists_means_nothing():
    """The same company with its lists the other way round gets the same changes."""
    raw, few = call_centre(), Constraints(max_changes=3)
    turned = {name: [*reversed(value)] if isinstance(value, list) else value for name, value in raw.items()}

    one, other = plan_of(raw, few), plan_of(turned, few)

    assert [c.id for c in one.changes] == [c.id for c in other.changes]
    assert one.effect == other.effect


@pytest.mark.slow
def test_progress_is_told_and_time_may_run_out():
    """Every run is told; when no time is left the best so far is given, and how much might still go."""
    told: list[int] = []
    few = Constraints(max_changes=2)
    whole = plan_of(call_centre(), few, progress=lambda made, most: told.append(made))
    lefts = iter([10.0] * 12)

    short = plan_of(call_centre(), few, seconds=lambda: next(lefts, 0.0))

    assert told == [*range(1, whole.search.runs + 1)] and whole.search.complete and whole.search.gap == 0
    assert not short.search.complete and short.search.runs < whole.search.runs
    assert short.severity_after >= whole.severity_after
    assert 0 <= short.search.gap <= 1


def test_a_search_that_no_time_is_left_for_is_not_complete():
    """Where time runs out just when every move was run by itself, before any set of them is, the search did not end by itself."""
    few = Constraints(max_changes=2)
    moves = len(pool_of(call_centre(), few).moves)
    lefts = iter([10.0] * moves)

    short = plan_of(call_centre(), few, seconds=lambda: next(lefts, 0.0))

    assert short.search.runs == moves
    assert not short.search.complete


@pytest.mark.slow
def test_what_stands_in_the_way_is_not_settled_once_time_ran_out():
    """The search that found no plan had time; those that say what stands in the way had none, and the answer says so."""
    raw = call_centre()
    stuck = Constraints(max_changes=0, must_go=(worst(raw),))
    lefts = iter([10.0] * len(pool_of(raw, stuck).moves))

    plan = plan_of(raw, stuck, seconds=lambda: next(lefts, 0.0))

    assert plan.blockers and not plan.search.complete
    assert plan_of(raw, stuck).search.complete


def test_there_is_nothing_to_plan_where_nothing_is_found():
    """A company in which nothing of medium level is found is left as it is, and no candidate is tried."""
    raw = call_centre()
    raw["kpis"], raw["incentive_plans"] = [part(raw, "kpis", "fcr")], []
    raw["governance"] = {
        "outcome_owner": "Customer Service",
        "executive_sponsor": True,
        "customer_in_all_decisions": True,
    }

    plan = plan_of(raw)

    assert plan.severity_before == 0
    assert plan.document == raw and plan.changes == () and plan.search.runs == 0


@pytest.mark.parametrize(
    ("severities", "bend"),
    [([100.0], 0), ([100.0, 50.0], 1), ([100.0, 40.0, 20.0, 10.0], 1), ([100.0, 90.0, 20.0, 10.0], 2)],
)
def test_the_knee_is_where_the_front_bends(severities: list[float], bend: int):
    """The point that lies farthest below the line from the first to the last."""
    assert knee(severities, [*range(len(severities))]) == bend
