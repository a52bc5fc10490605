"""What-ifs and plans from Python, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.client import Changed, Client, WrongState
from app.routers.examples import DOCUMENT
from tests import http_client
from tests.client.over_asgi import waiting

DAY = date(2026, 11, 22)
SHARE = {"op": "replace", "path": "/incentive_plans/0/target_variable_pay_share", "value": 0.1}
WEIGHT = {"op": "replace", "path": "/kpis/0/weight", "value": 3}


@pytest.fixture
def concord(stored: http_client.Client) -> Iterator[Client]:
    """A client of a fresh service that has the company `acme`."""
    with waiting(stored) as client:
        client.documents.put("acme", DOCUMENT.encode(), media_type="application/yaml", create=True)
        yield client


@pytest.mark.slow
def test_a_scenario_is_tried_compared_and_promoted(concord: Client) -> None:
    """Each change goes on the state that was read; who is slower is told."""
    made = concord.scenarios.add("acme", "Less pay", patches=[{"patch": [SHARE], "note": "As agreed."}])
    stale = concord.scenarios.get("acme", made.id)

    more = concord.scenarios.add_patch("acme", made, [WEIGHT])
    named = concord.scenarios.change("acme", more, {"name": "Less pay, other weight"})
    analysis = concord.scenarios.analyse("acme", made.id, as_of=DAY, with_recommendations=False)
    found = concord.scenarios.compare("acme", made.id, as_of=DAY)
    with pytest.raises(Changed):
        concord.scenarios.promote("acme", stale)
    promoted = concord.scenarios.promote("acme", named)

    assert [one.note for one in more.patches] == ["As agreed.", None]
    assert [one.id for one in concord.scenarios.analyses("acme", made.id)] == [analysis.id]
    assert analysis.scenario == made.id
    assert found.roles[0]["before"]["known"] == 1
    assert (promoted.revision, promoted.scenario.status) == (2, "promoted")
    assert [one.name for one in concord.scenarios.list("acme")] == ["Less pay, other weight"]
    with pytest.raises(WrongState):
        concord.scenarios.discard("acme", promoted.scenario.id, if_match="*")


def test_a_rebase_takes_choices(concord: Client) -> None:
    """By the pointers of the conflicts that a preview shows."""
    made = concord.scenarios.add("acme", "Other weight", patches=[{"patch": [WEIGHT]}])
    concord.documents.patch("acme", [{**WEIGHT, "value": 2}], if_match="*")

    (conflict,) = concord.scenarios.preview_rebase("acme", made.id).conflicts
    with pytest.raises(WrongState):
        concord.scenarios.rebase("acme", made)
    rebased = concord.scenarios.rebase("acme", made, {conflict["pointer"]: "scenario"})

    assert (conflict["model"], conflict["scenario"]) == (2, 3)
    assert rebased.revision == 2
    assert rebased.document["kpis"][0]["weight"] == 3


@pytest.mark.slow
def test_a_step_of_a_plan_goes_into_a_scenario(concord: Client) -> None:
    """As the front counts it; a recommendation does, too."""
    analysis = concord.analyses.run("acme", as_of=DAY)
    plan = concord.plans.make("acme", analysis.id, {"max_changes": 1})

    scenario = concord.scenarios.add("acme", "Planned")
    stepped = concord.scenarios.add_patch("acme", scenario, plan=plan.id, step=plan.front[-1]["count"])
    other = concord.scenarios.add("acme", "Recommended")
    first = next(iter(concord.recommendations.list("acme", analysis.id)))
    accepted = concord.recommendations.accept("acme", analysis.id, first.id, into=other.id)

    assert stepped.document == plan.document
    assert stepped.patches[0].note == plan.changes[0]["title"]
    assert [one.id for one in concord.plans.list("acme", analysis.id)] == [plan.id]
    assert accepted.scenario == other.id
    assert concord.recommendations.get("acme", analysis.id, first.id).scenario == other.id
