"""The search for sets of moves: propose, run, learn, propose again, for every number of changes in turn (semantics §8)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

from app.domain.optimise_constraints import Constraints
from app.domain.optimise_model import Model
from app.domain.optimise_neighbours import exchanged, widened, without_one
from app.domain.optimise_programme import proposal
from app.domain.optimise_runs import Chosen, Run, Runs

MOST_ROUNDS = 1
"""Proposals of the programme for one number of changes."""

SURPRISE = 0.02
"""The share of all severity from which on a set that turns out otherwise has its pairs run, too."""

PATIENCE = 30
"""Sets near the best that are run in vain before the search for one number of changes ends."""

SHARE_OF_WIDENING = 0.6
"""The share of the runs for one number of changes that goes into good sets of a move less with one more; exchanges get what is left."""


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
    bound, found_in_time = 0.0, True
    for _ in range(MOST_ROUNDS):
        made = proposal(model, count, seconds=seconds())
        if made is None:
            return Settled(math.inf, True)
        bound = made.bound
        if made.chosen is None:
            found_in_time = False
            break
        if made.chosen in runs.known:
            if (known := runs.known[made.chosen]) is None or not known.broken:
                break
            model.refused.add(made.chosen)
        elif runs.left <= spare:
            return Settled(bound, False)
        else:
            _tried(made.chosen, runs, model)
    for_more = round(SHARE_OF_WIDENING * (runs.left - spare))
    _in_turn(widened(count, runs, model), count, runs, model, runs.left - for_more)
    better = True
    while better and runs.left > spare:
        best = runs.best(count)
        if best is None:
            break
        for without in without_one(best.chosen):
            _tried(without, runs, model)
        better = _in_turn(exchanged(best, runs, model), count, runs, model, spare)
    return Settled(bound, found_in_time and runs.left > spare)


def _in_turn(sets: Sequence[Chosen], count: int, runs: Runs, model: Model, spare: int) -> bool:
    """Run sets in turn until so many in vain, or no runs are left but those to be spared; whether one was better than the best."""
    first, idle = runs.best(count), 0
    for chosen in sets:
        if idle == PATIENCE or runs.left <= spare:
            break
        before = runs.best(count)
        _tried(chosen, runs, model)
        idle = idle + 1 if runs.best(count) is before else 0
    return runs.best(count) is not first


def _tried(chosen: Chosen, runs: Runs, model: Model) -> Run | None:
    """Run a set and learn of it; of one that turns out otherwise than expected, the pairs first."""
    if chosen in runs.known:
        return runs.known[chosen]
    expected = model.weighted(chosen)
    run = runs.of(chosen)
    if chosen not in runs.known:
        return None
    surprise = abs(run.look.weighted - expected) if run is not None else 0.0
    if len(chosen) > 2 and surprise > SURPRISE * runs.before.look.weighted:
        for pair in combinations(sorted(chosen), 2):
            _tried(frozenset(pair), runs, model)
    model.learn(chosen, run)
    return run
