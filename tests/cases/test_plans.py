"""Plans for the labelled companies: what five changes clear, that nothing gets worse, and where no five changes clear more."""

from __future__ import annotations

import statistics
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from app.domain.optimise_constraints import Constraints
from app.domain.optimise_plan import Plan
from tests.cases import score
from tests.cases.audits import companies, labels
from tests.cases.exhaustion import Looks, Proof, bound_of, exhausted
from tests.counts import IN_FULL
from tests.domain.call_centre import audit
from tests.domain.plans import plan_of, severity, task_for, total, worse_by_a_level

CHANGES = 5
AT_LEAST = 0.6
"""The share of the severity at medium and above that a plan clears, or that no set of moves clears."""

MEDIAN = 0.75
"""What the median company is cleared of, of those that can be."""

MOST_RUNS = 60_000
"""Sets that the bound leaves open and that are run; with more than that nothing is shown."""

BEYOND = 0.001
"""By how much, as a share of all severity, a set may clear more than the bound on sets allows for."""

A_FEW = (
    "01-sedgwick-au-banks", "11-va-wait-times", "15-usaa", "17-southwest-team-delay", "39-hubspot-plans",
)  # fmt: skip
"""Companies that are looked at where not all are asked for; two of them cannot be cleared of most."""

FEW_MOVES = (
    "17-southwest-team-delay", "16-safelite", "05-gm-lopez", "18-continental-go-forward", "02-countrywide-hustle",
)  # fmt: skip
"""Companies of which every set of moves can be run."""

FIVE = Constraints(max_changes=CHANGES)


def document(stem: str) -> dict[str, Any]:
    return score.document(companies()[stem], labels().get(stem))


@cache
def planned(stem: str) -> Plan:
    return plan_of(document(stem), FIVE)


def paying() -> tuple[str, ...]:
    """Companies with incentive plans."""
    return tuple(stem for stem, case in companies().items() if case["document"].get("incentive_plans"))


STEMS = paying() if IN_FULL else A_FEW


@pytest.mark.slow
@pytest.mark.parametrize("stem", STEMS)
def test_a_plan_is_what_a_fresh_audit_finds_and_makes_nothing_worse(stem: str):
    """The figures of the plan are those of an audit of its document; no finding rises by a level, none of medium level comes up."""
    plan = planned(stem)

    before, after = audit(document(stem), recommend=False), audit(plan.document, recommend=False)
    assert plan.severity_before == pytest.approx(severity(before))
    assert plan.severity_after == pytest.approx(severity(after))
    assert plan.effect.severity_after == pytest.approx(total(after))
    assert worse_by_a_level(before, after) == []


@pytest.mark.slow
@pytest.mark.parametrize("stem", STEMS)
def test_a_plan_clears_most_or_no_set_of_moves_does(stem: str):
    """Five changes clear 60 % of what is found at medium and above, or no set of up to five moves does: each is shut out or run."""
    assert share_cleared(stem) >= AT_LEAST or is_out_of_reach(stem, AT_LEAST)


@pytest.mark.slow
@pytest.mark.parametrize("stem", FEW_MOVES if IN_FULL else FEW_MOVES[:1])
def test_no_set_of_moves_clears_more_than_its_bound(stem: str):
    """Every set of up to five moves is run: none clears more than what its moves do one by one and two by two allows for."""
    task = task_for(document(stem), FIVE)
    looks = Looks(task, FIVE)
    bound = bound_of(looks, task, CHANGES)

    sets = [frozenset(some) for size in range(1, CHANGES + 1) for some in combinations(sorted(bound.moves), size)]
    beyond = [looks.cleared(run) - bound.cleared(run.chosen) for run in map(looks.of, sets) if run is not None]

    assert len(beyond) > len(sets) / 10 and max(beyond) <= BEYOND


@pytest.mark.slow
def test_the_median_company_is_cleared_of_most():
    """Half of the companies lose 75 % of it or more, leaving out those of which no set of moves clears so much."""
    shares = {stem: share_cleared(stem) for stem in STEMS if planned(stem).severity_before}

    possible = [share for stem, share in shares.items() if share >= MEDIAN or not is_out_of_reach(stem, MEDIAN)]

    assert statistics.median(possible) >= MEDIAN


def share_cleared(stem: str) -> float:
    """The share of the severity at medium and above that the plan clears; all of nothing."""
    plan = planned(stem)
    return 1 - plan.severity_after / plan.severity_before if plan.severity_before else 1.0


def is_out_of_reach(stem: str, share: float) -> bool:
    """Whether no set of up to five moves that keeps the constraints clears so large a share; what clears less than 60 % clears no more."""
    if share > AT_LEAST > share_cleared(stem):
        return is_out_of_reach(stem, AT_LEAST)
    shown = proof(stem, share)
    assert shown.beyond <= BEYOND
    return shown.complete and shown.most < share


@cache
def proof(stem: str, share: float) -> Proof:
    return exhausted(task_for(document(stem), FIVE), FIVE, share, MOST_RUNS)
