"""The search for sets of moves: propose, run, learn, propose again, for every number of changes in turn (semantics §8)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

from app.domain.optimise_constraints import Constraint, Constraints
from app.domain.optimise_model import Model
from app.domain.optimise_programme import proposal
from app.domain.optimise_runs import Chosen, Run, Runs

MOST_ROUNDS, PATIENCE = 12, 4
"""Proposals for one number of changes, and those after which nothing better came."""

SURPRISE = 0.02
"""The share of all severity from which on a set that turns out otherwise has its pairs run, too."""

NEIGHBOURS = 10
"""Sets one move apart from the best that are run, those first of which most is expected."""


class Found(NamedTuple):
    """The best run for each number of changes at most, from none on; empty where no set keeps the constraints.

    `complete`: nothing better was expected at the end, not only runs or time were used up; if not, `gap` is the share of what is left
    that might still go, as far as the model can tell.
    """

    best: tuple[Run, ...]
    complete: bool
    gap: float


class Settled(NamedTuple):
    """What the model holds to be left at least, and whether it proposes nothing more."""

    bound: float
    complete: bool


def search(runs: Runs, model: Model, constraints: Constraints, seconds: Callable[[], float]) -> Found:
    """The best set that was found for each number of changes, under the constraints."""
    most = min(constraints.max_changes, len(model.moves))
    for number in range(len(model.moves)):
        _tried(frozenset({number}), runs, model)
    settled = Settled(0.0, True)
    for count in range(1, most + 1):
        settled = _settled(count, runs, model, seconds, spare=runs.left - runs.left // (most - count + 1))
    best = runs.front(most)
    complete = settled.complete and not runs.stopped
    if complete or not best:
        return Found(tuple(best), complete, 0.0)
    left, bound = best[-1].look.weighted, settled.bound + runs.before.look.weighted - runs.before.look.burden
    return Found(tuple(best), False, max(0.0, left - bound) / left if left > 0 else 0.0)


def _settled(count: int, runs: Runs, model: Model, seconds: Callable[[], float], spare: int) -> Settled:
    """Look for the best set of so many moves until nothing better is expected. `spare`: runs that are kept for larger sets."""
    bound, idle = 0.0, 0
    for _ in range(MOST_ROUNDS):
        made = proposal(model, count, seconds=seconds())
        if made is None:
            return Settled(math.inf, True)
        bound, before = made.bound, runs.best(count)
        known = runs.known.get(made.chosen)
        if runs.left <= spare and known is None:
            return Settled(bound, False)
        if made.chosen not in runs.known:
            _tried(made.chosen, runs, model)
        elif known is not None and known.broken:
            model.refused.add(made.chosen)
        elif not _looked_around(count, runs, model, min(NEIGHBOURS, runs.left - spare)):
            break
        idle = idle + 1 if runs.best(count) is before else 0
        if idle == PATIENCE:
            break
    return Settled(bound, True)


def _looked_around(count: int, runs: Runs, model: Model, most: int) -> bool:
    """Whether a set one move apart from the best one, or from the best with a move less, is better; so many at most are run."""
    best = runs.best(count)
    bases = {run.chosen for run in (best, runs.best(count - 1)) if run is not None}
    near = {near for base in bases for near in _near(base, count, model)} - runs.known.keys()
    for chosen in sorted(near, key=lambda n: (model.weighted(n), sorted(n)))[: max(0, most)]:
        _tried(chosen, runs, model)
    return runs.best(count) is not best


def _near(chosen: Chosen, count: int, model: Model) -> Iterator[Chosen]:
    usable = [n for n in range(len(model.moves)) if not model.broken_alone(n) and frozenset({n}) in model.seen]
    for other in usable:
        if other in chosen:
            continue
        if len(chosen) < count:
            yield chosen | {other}
        yield from ((chosen - {one}) | {other} for one in chosen)


def _tried(chosen: Chosen, runs: Runs, model: Model) -> Run | None:
    """Run a set and learn of it; of one that turns out otherwise than expected, the pairs first."""
    expected = model.weighted(chosen)
    run = runs.of(chosen)
    if chosen not in runs.known:
        return None
    surprise = abs(run.look.weighted - expected) if run is not None else 0.0
    if len(chosen) > 2 and surprise > SURPRISE * runs.before.look.weighted:
        for pair in combinations(sorted(chosen), 2):
            if frozenset(pair) not in runs.known:
                _tried(frozenset(pair), runs, model)
    model.learn(chosen, run)
    return run


def blockers(runs: Runs, model: Model, constraints: Constraints, seconds: Callable[[], float]) -> frozenset[Constraint]:
    """The smallest set of constraints that was found to stand in the way: without them there is a plan that keeps all others."""
    for _ in range(MOST_ROUNDS):
        made = proposal(model, constraints.max_changes, aside=True, seconds=seconds())
        if made is None or made.chosen in runs.known or _tried(made.chosen, runs, model) is None:
            break
    known = [(_in_the_way(run, constraints), run.order) for run in runs.known.values() if run is not None]
    return min(known, key=lambda pair: (len(pair[0]), pair[1]))[0]


def _in_the_way(run: Run, constraints: Constraints) -> frozenset[Constraint]:
    too_many = {Constraint("max_changes")} if len(run.chosen) > constraints.max_changes else set()
    return run.broken | too_many
