"""What holds for every company: no patch makes an invalid document, plans keep their promises, and come near the best there is."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.catalogue.load import catalogue
from app.domain.document.checks import checked
from app.domain.optimise_blockers import without
from app.domain.optimise_constraints import Constraints
from app.domain.optimise_search import search
from tests.counts import costly, many
from tests.domain.call_centre import audit
from tests.domain.plans import is_met, plan_of, pool_of, severity, task_for, total, worse_by_a_level
from tests.properties.companies import Raw, companies

MOST_CHANGES = 3
MOST_SETS = 400
"""Sets of moves that are all run for one document."""

seldom_fits = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@settings(max_examples=many(400), deadline=None)
@given(companies(), st.randoms(use_true_random=False))
def test_no_set_of_moves_makes_an_invalid_document(raw: Raw, chance: random.Random):
    """Moves that go together make a valid document, in whatever order they are made, and always the same findings."""
    pool = pool_of(raw)
    assume(pool.moves)

    for _ in range(5):
        chosen = chance.sample(range(len(pool.moves)), chance.randint(1, min(4, len(pool.moves))))
        run = pool.runs.of(frozenset(chosen))

        if run is not None:
            assert checked(run.trial.raw, catalogue())[1] == []
            _, made = pool.runs.in_sequence(chosen, "de")
            assert checked(made, catalogue())[1] == []
            assert run.look.total == pytest.approx(total(audit(made, recommend=False)))


@pytest.mark.slow
@settings(max_examples=many(200), deadline=None)
@given(companies(most_kpis=5))
def test_a_plan_keeps_its_promises(raw: Raw):
    """Its document is valid, a fresh audit of it finds what the plan says, no more than before in all, and nothing worse by a level."""
    plan = plan_of(raw, Constraints(max_changes=MOST_CHANGES))

    before, after = audit(raw, recommend=False), audit(plan.document, recommend=False)
    assert plan.effect.severity_after == pytest.approx(total(after))
    assert plan.severity_after == pytest.approx(severity(after))
    assert plan.effect.severity_after <= plan.effect.severity_before
    assert worse_by_a_level(before, after) == []


@pytest.mark.slow
@settings(seldom_fits, max_examples=many(300))
@given(companies(most_kpis=4))
def test_a_plan_comes_within_a_twentieth_of_the_best_there_is(raw: Raw):
    """What the search clears is 95 % or more of what the best of all sets of up to three moves clears, which are all run."""
    constraints = Constraints(max_changes=MOST_CHANGES)
    found, every = pool_of(raw, constraints), pool_of(raw, constraints)
    assume(found.moves and found.sets(MOST_CHANGES) <= MOST_SETS)

    best = search(found.runs, found.model, constraints, lambda: math.inf).best[-1].look

    most, before = every.best_of_all(MOST_CHANGES).look, every.runs.before.look
    assert before.weighted - best.weighted >= 0.95 * (before.weighted - most.weighted)
    assert before.burden - best.burden >= 0.95 * (before.burden - most.burden)


@pytest.mark.slow
@settings(seldom_fits, max_examples=costly(100))
@given(companies(most_kpis=4), st.randoms(use_true_random=False))
def test_what_stands_in_the_way_does(raw: Raw, chance: random.Random):
    """Without the constraints that are named there is a plan; with any one of them, the others set aside, there is none."""
    findings = audit(raw, recommend=False).findings
    assume(findings and findings[0].level != "low")
    keys = [part["key"] for part in (*raw["departments"], *raw.get("incentive_plans", ()))]
    frozen = tuple(chance.sample(keys, min(2, len(keys))))
    wanted = Constraints(max_changes=chance.randint(0, 2), frozen=frozen, must_go=(findings[0].fingerprint,))

    named = {blocker.constraint for blocker in plan_of(raw, wanted).blockers}

    task = task_for(raw, wanted)
    assert is_met(without(wanted, named), task)
    assert not any(is_met(without(wanted, named - {one}), task) for one in named)
