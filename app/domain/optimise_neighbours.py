"""Sets that are near known ones: a move more, or one move for another; those first of which most is expected (semantics §8)."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.optimise_model import OF_FINDINGS, Model
from app.domain.optimise_runs import Chosen, Run, Runs

BEAM = 8
"""Known sets of each size that are gone on from: good ones, and those that one move more might mend."""


def usable(model: Model) -> list[int]:
    """Moves that keep the constraints by themselves, as far as those are about the document."""
    return [n for n in range(len(model.moves)) if not model.broken_alone(n) and frozenset({n}) in model.seen]


def widened(count: int, runs: Runs, model: Model) -> list[Chosen]:
    """Sets of so many moves: the best known ones of a move less, with one more; those first of which most is expected."""
    moves = usable(model)
    expected: dict[Chosen, float] = {}
    for run in _beam(count - 1, runs, model):
        for number in moves:
            if number not in run.chosen and not model.apart(run.chosen, number):
                chosen, foreseen = run.chosen | {number}, model.foreseen(run, number)
                expected[chosen] = min(foreseen, expected.get(chosen, foreseen))
    return _unknown(expected, runs)


def exchanged(best: Run, runs: Runs, model: Model) -> list[Chosen]:
    """The best set with one of its moves in exchange for another, wherever it was run without the first."""
    moves = usable(model)
    expected: dict[Chosen, float] = {}
    for without in without_one(best.chosen):
        run = runs.known.get(without)
        if run is None:
            continue
        for number in moves:
            if number not in best.chosen and not model.apart(without, number):
                expected[without | {number}] = model.foreseen(run, number)
    return _unknown(expected, runs)


def without_one(chosen: Chosen) -> Iterator[Chosen]:
    """The set without each of its moves in turn."""
    return (chosen - {number} for number in sorted(chosen))


def _beam(count: int, runs: Runs, model: Model) -> list[Run]:
    """The most promising known sets of so many moves; what breaks a constraint on the document is not mended by a further move."""
    of_size = (run for run in runs.known.values() if run is not None and len(run.chosen) == count)
    open_ = [run for run in of_size if all(constraint.kind in OF_FINDINGS for constraint in run.broken)]
    return sorted(open_, key=lambda run: (round(model.promise(run), 6), sorted(run.chosen)))[:BEAM]


def _unknown(expected: dict[Chosen, float], runs: Runs) -> list[Chosen]:
    return sorted(expected.keys() - runs.known.keys(), key=lambda c: (round(expected[c], 6), sorted(c)))
