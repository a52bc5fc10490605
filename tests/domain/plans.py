"""Plans for documents of the tests, and the sets of moves behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.document.checks import document_from
from app.domain.findings import Analysis, Finding
from app.domain.optimise import Task, optimise, task_of
from app.domain.optimise_constraints import Constraints, limits_of
from app.domain.optimise_model import Model
from app.domain.optimise_moves import Move
from app.domain.optimise_plan import Plan
from app.domain.optimise_runs import Run, Runs, Trials
from app.domain.optimise_search import search
from app.domain.terms import LEVELS
from tests.domain.call_centre import AS_OF, Raw, audit, by_fingerprint, call_centre

DEFAULT = Constraints()


def plan_of(raw: Mapping[str, Any], constraints: Constraints = DEFAULT, **how: Any) -> Plan:
    """The plan for a document as submitted."""
    return optimise(document_from(raw, catalogue()), raw, catalogue(), as_of=AS_OF, constraints=constraints, **how)


class Pool(NamedTuple):
    """Everything that may be put together for a document."""

    runs: Runs
    model: Model
    moves: Sequence[Move]

    def best_of_all(self, most: int) -> Run:
        """The best set of so many moves at most that keeps the constraints, found by running every set."""
        self.run_all(most)
        best = self.runs.best(most)
        assert best is not None
        return best

    def run_all(self, most: int) -> None:
        """Run every set of so many moves at most."""
        for count in range(1, most + 1):
            for chosen in combinations(range(len(self.moves)), count):
                self.runs.of(frozenset(chosen))

    def sets(self, most: int) -> int:
        """How many there are."""
        return sum(math.comb(len(self.moves), count) for count in range(most + 1))


def task_for(raw: Mapping[str, Any], constraints: Constraints = DEFAULT) -> Task:
    """What there is to be put together for a document as submitted."""
    return task_of(document_from(raw, catalogue()), raw, catalogue(), AS_OF, constraints)


def pool_of(raw: Mapping[str, Any], constraints: Constraints = DEFAULT) -> Pool:
    """The moves of a document, nothing of them tried yet, and no limit to the runs."""
    return untried(task_for(raw, constraints), constraints)


def untried(task: Task, constraints: Constraints = DEFAULT) -> Pool:
    """The moves of a task as if nothing of them was tried yet: documents that were made are forgotten."""
    trials = Trials(task.document, task.company.raw, task.before, task.look, task.moves, task.catalogue)
    return _pool(task._replace(trials=trials), constraints, 10**9)


def is_met(constraints: Constraints, task: Task) -> bool:
    """Whether a search finds a plan that keeps constraints."""
    pool = _pool(task, constraints, task.most_runs)
    return bool(search(pool.runs, pool.model, constraints, lambda: math.inf).best)


def _pool(task: Task, constraints: Constraints, most: int) -> Pool:
    runs = Runs(task.trials, constraints, most=most, may_go_on=lambda: True, progress=lambda made, most: None)
    limits = limits_of(constraints, task.document)
    return Pool(runs, Model(task.moves, task.before, constraints, limits, task.company.goals.parameters), task.moves)


def severity(analysis: Analysis) -> float:
    """The sum over findings of medium level and above."""
    return math.fsum(f.severity for f in by_fingerprint(analysis).values() if f.level != "low")


def total(analysis: Analysis) -> float:
    """The sum over all findings."""
    return math.fsum(f.severity for f in by_fingerprint(analysis).values())


def worse_by_a_level(before: Analysis, after: Analysis) -> list[str]:
    """Findings that are graver than before, those that were not there included from medium on.

    Of two measures in conflict the stronger side is found; the other, which takes its place, is no graver than that was.
    """
    levels = {key: LEVELS.index(finding.level) for key, finding in by_fingerprint(before).items()}
    pairs: dict[frozenset[str], int] = {}
    for finding in by_fingerprint(before).values():
        if (pair := _pair(finding)) is not None:
            pairs[pair] = max(pairs.get(pair, 0), LEVELS.index(finding.level))
    found = by_fingerprint(after).items()
    return [
        key for key, finding in found
        if LEVELS.index(finding.level) > max(levels.get(key, 0), pairs.get(_pair(finding) or frozenset(), 0))
    ]  # fmt: skip


def _pair(finding: Finding) -> frozenset[str] | None:
    """The two measures of a conflict between goals."""
    if finding.kind not in ("goal_conflict", "internal_tension"):
        return None
    return frozenset(s.key for s in finding.subjects if s.kind == "kpi" and s.role in ("source", "target"))


def worst(raw: Mapping[str, Any]) -> str:
    """The fingerprint of the gravest flaw of pay, which a safeguard can clear."""
    return worst_flaw(raw).fingerprint


def worst_flaw(raw: Mapping[str, Any]) -> Finding:
    """The gravest flaw of pay."""
    found = by_fingerprint(audit(raw, recommend=False)).values()
    return max((f for f in found if f.kind == "incentive_flaw"), key=lambda f: (f.severity, f.fingerprint))


def two_measures() -> Raw:
    """The call centre with quality in the agents' plan, so that there is weight to move."""
    raw = call_centre()
    raw["organization"]["currency"] = "EUR"
    raw["incentive_plans"][0]["components"] = [
        {"key": "agents-aht", "kpi": "aht", "weight": 0.8, "payout": {"kind": "threshold", "threshold": 1}},
        {"key": "agents-fcr", "kpi": "fcr", "weight": 0.2, "payout": {"kind": "linear", "cap": 1.5}},
    ]
    return raw
