"""What no set of moves clears: every set of up to so many is shut out by a bound, or run."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from app.domain.optimise import Task
from app.domain.optimise_constraints import Constraints
from app.domain.optimise_model import OF_FINDINGS
from app.domain.optimise_runs import Chosen, Run
from app.domain.optimise_search import search
from tests.cases.flaw_grounds import grounds_of, holding
from tests.cases.set_bound import Bound, as_ground
from tests.domain.plans import untried

RUNS_KEPT = 1_000
"""Runs after which the documents that they made are forgotten: they are too many to be held."""

ROOM = 0.001
"""By how much, as a share of all severity, a set may clear more than the bound allows for: those that are so near are run, too."""


class Proof(NamedTuple):
    """The largest share of what is found at medium and above that a set clears which keeps the constraints, of all that were run.

    `runs`: how many; `complete`: whether they are all that the bound leaves open; `beyond`: by how much one of them cleared more than the
    bound allows for, as a share of all, at most.
    """

    most: float
    runs: int
    complete: bool
    beyond: float


class Looks:
    """Runs of sets of moves, the documents that they make being forgotten after a while."""

    def __init__(self, task: Task, constraints: Constraints) -> None:
        self._task, self._constraints = task, constraints
        self._pool = untried(task, constraints)
        self.before = self._pool.runs.before
        self.least = math.exp(self._pool.model.least)
        self.made = 0
        self.grounds = grounds_of(task)
        self._answered = {number: self._weakened(frozenset({number})) for number in holding(task)}

    def of(self, chosen: Chosen) -> Run | None:
        """The run of a set; None where its moves do not go together."""
        if self._pool.runs.made == RUNS_KEPT:
            self._pool = untried(self._task, self._constraints)
        self.made += 1
        return self._pool.runs.of(chosen)

    def severities(self, chosen: Chosen) -> Mapping[str, float] | None:
        """What it leaves of findings and grounds; None where moves do not go together, or break what no further move mends."""
        run = None if self._are_apart(chosen) else self.of(chosen)
        if run is None or not _may_be_mended(run):
            return None
        left = dict(run.look.severities)
        answered = {key for number in chosen for key in self._answered.get(number, ())}
        for ground in self.grounds.values():
            for key in ground.conflicts:
                left[as_ground(key, ground.least)] = 0.0 if key in answered else run.look.severities.get(key, 0.0)
        return left

    def cleared(self, run: Run) -> float:
        """The share of what is found at medium and above."""
        return 1 - run.look.burden / self.before.look.burden

    def _weakened(self, chosen: Chosen) -> frozenset[str]:
        run, before = self.of(chosen), self.before.look.severities
        left = run.look.severities if run is not None else before
        return frozenset(key for key, severity in before.items() if left.get(key, 0.0) < severity)

    def _are_apart(self, chosen: Chosen) -> bool:
        return any(self._pool.model.apart(chosen - {number}, number) for number in chosen)


def bound_of(looks: Looks, task: Task, most: int) -> Bound:
    """The bound on sets of up to so many moves: every one and every two of them are run."""
    return Bound(len(task.moves), looks.before.look.counted, looks.least, looks.grounds, looks.severities, most)


def exhausted(task: Task, constraints: Constraints, share: float, most_runs: int) -> Proof:
    """Look for a set that keeps the constraints and clears so large a share: what a search tries and what the bound leaves open is run.

    No more than `most_runs` sets that are left open are.
    """
    looks = Looks(task, constraints)
    bound = bound_of(looks, task, constraints.max_changes)
    tried = _tried(task, constraints, bound)
    most = max((looks.cleared(run) for run in tried if not run.broken), default=0.0)
    beyond = max((looks.cleared(run) - bound.cleared(run.chosen) for run in tried), default=0.0)
    for count, run in enumerate(_runs(bound, looks, share, constraints.max_changes)):
        if count == most_runs:
            return Proof(most, looks.made, complete=False, beyond=beyond)
        cleared = looks.cleared(run)
        most = most if run.broken else max(most, cleared)
        beyond = max(beyond, cleared - bound.cleared(run.chosen))
    return Proof(most, looks.made, complete=True, beyond=beyond)


def _tried(task: Task, constraints: Constraints, bound: Bound) -> list[Run]:
    """What a search for the best plan runs."""
    pool = untried(task, constraints)
    search(pool.runs, pool.model, constraints, lambda: math.inf)
    return [run for run in pool.runs.known.values() if run is not None and run.chosen <= bound.moves]


def _runs(bound: Bound, looks: Looks, share: float, most: int) -> Iterator[Run]:
    """What the bound leaves open; a set that clears enough and makes something worse also with what clears nothing, but might mend that."""
    for chosen in bound.open(share - ROOM):
        run = looks.of(chosen)
        if run is None:
            continue
        yield run
        if run.broken and _may_be_mended(run) and looks.cleared(run) >= share:
            mended = (looks.of(chosen | more) for more in _subsets(bound.idle, most - len(chosen)))
            yield from (run for run in mended if run is not None)


def _subsets(moves: Sequence[int], most: int) -> Iterator[Chosen]:
    return (frozenset(some) for count in range(1, most + 1) for some in combinations(moves, count))


def _may_be_mended(run: Run) -> bool:
    return all(constraint.kind in OF_FINDINGS for constraint in run.broken)
