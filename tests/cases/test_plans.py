"""Plans for the labelled companies: what five changes clear, that nothing gets worse, and where no five changes clear more."""

from __future__ import annotations

import math
import statistics
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from app.domain.optimise_constraints import Constraints
from app.domain.optimise_plan import Plan
from tests.cases import score
from tests.cases.audits import companies, labels
from tests.counts import many
from tests.domain.call_centre import audit
from tests.domain.plans import Pool, plan_of, pool_of, severity, total, worse_by_a_level

CHANGES = 5
AT_LEAST = 0.6
"""The share of the severity at medium and above that a plan clears, or that no set of moves clears much more."""

MEDIAN = 0.5
"""A floor against loss; the aim is 0.75."""
MOST_SETS = many(40_000)
"""Sets of helpful moves that are all run to see that there is no better one."""


def document(stem: str) -> dict[str, Any]:
    return score.document(companies()[stem], labels().get(stem))


@cache
def planned(stem: str) -> Plan:
    return plan_of(document(stem), Constraints(max_changes=CHANGES))


def paying() -> list[str]:
    """Companies with incentive plans; a few of them, spread over all, unless all are asked for."""
    stems = [stem for stem, case in companies().items() if case["document"].get("incentive_plans")]
    count = min(len(stems), many(70))
    return stems[:: max(1, len(stems) // count)][:count]


@pytest.mark.slow
@pytest.mark.parametrize("stem", paying())
def test_a_plan_is_what_a_fresh_audit_finds_and_makes_nothing_worse(stem: str):
    """The figures of the plan are those of an audit of its document; no finding rises by a level, none of medium level comes up."""
    plan = planned(stem)

    before, after = audit(document(stem), recommend=False), audit(plan.document, recommend=False)
    assert plan.severity_before == pytest.approx(severity(before))
    assert plan.severity_after == pytest.approx(severity(after))
    assert plan.effect.severity_after == pytest.approx(total(after))
    assert worse_by_a_level(before, after) == []


@pytest.mark.slow
@pytest.mark.parametrize("stem", paying())
def test_a_plan_clears_most_or_as_much_as_can_be(stem: str):
    """Five changes clear 60 % of what is found at medium and above; where they do not, no five of the helpful moves clear 5 % more."""
    plan = planned(stem)
    cleared = plan.severity_before - plan.severity_after
    if cleared >= AT_LEAST * plan.severity_before:
        return
    pool = pool_of(document(stem), Constraints(max_changes=CHANGES))
    helpful = helpful_moves(pool)

    best = best_of(pool, helpful)

    assert cleared >= 0.95 * (plan.severity_before - best)
    assert plan.severity_before - best < AT_LEAST * plan.severity_before


@pytest.mark.slow
def test_the_median_company_is_cleared_of_most():
    """Half of the companies in which something is found lose more than this share of it."""
    shares = [1 - plan.severity_after / plan.severity_before for plan in map(planned, paying()) if plan.severity_before]

    assert statistics.median(shares) >= MEDIAN


def helpful_moves(pool: Pool) -> list[int]:
    """Moves that lower what is found by themselves, the best first, as many as there is time to run all sets of."""
    before = pool.runs.before.look
    found = []
    for number in range(len(pool.moves)):
        run = pool.runs.of(frozenset({number}))
        if run is not None and before.weighted - run.look.weighted > 0.5 and _is_usable(run.broken):
            found.append((run.look.weighted, number))
    return [number for _, number in sorted(found)]


def best_of(pool: Pool, moves: list[int]) -> float:
    """What the best set of up to five of them leaves at medium and above; the best so many moves that not too many sets are run."""
    while sum(math.comb(len(moves), count) for count in range(CHANGES + 1)) > MOST_SETS:
        moves = moves[:-1]
    for count in range(1, CHANGES + 1):
        for chosen in combinations(moves, count):
            pool.runs.of(frozenset(chosen))
    return min(run.look.burden for run in pool.runs.front(CHANGES))


def _is_usable(broken: Any) -> bool:
    return all(constraint.kind in ("worse", "total") for constraint in broken)
