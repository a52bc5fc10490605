"""The mixed-integer programme that proposes a set of moves: what is expected of them, under the constraints (semantics §8).

A variable for each move says whether it is made. The logarithm of every finding's severity is linear in them; whether the finding is
still of medium level is a second kind of whole variable, and its severity lies above the tangents of the exponential.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import NamedTuple

from app.domain.milp import Programme
from app.domain.optimise_model import NEAR, Model
from app.domain.optimise_runs import Chosen

TANGENTS = (1.0, 1.2, 1.5, 1.9, 2.4, 3.0)
"""Where the exponential is touched, as multiples of the least severity that counts; between them at most a hundredth is lost."""

PREFERENCE = 0.02
"""Points of severity that a unit of change weighs, so that of equal sets the one that changes less is proposed."""

Terms = dict[int, float]


class Proposal(NamedTuple):
    """A set of moves, None where none was found in time, and the least that the model holds possible for any set."""

    chosen: Chosen | None
    bound: float


def proposal(model: Model, most: int, *, seconds: float = math.inf) -> Proposal | None:
    """The set of so many moves at most that is expected to leave least; None where the constraints allow none."""
    return _Statement(model, most).solved(seconds)


class _Statement:
    """The programme and what its variables stand for."""

    def __init__(self, model: Model, most: int) -> None:
        self._model, self._most = model, most
        self._programme = Programme()
        idle = model.idle()
        self._moves = [
            self._programme.variable(PREFERENCE * change + low, high=0.0 if n in idle else 1.0, whole=True)
            for n, (change, low) in enumerate(zip(model.changes, model.low, strict=True))
        ]
        self._highest: dict[int, float] = {}
        self._together = {known: self._both(known) for known in model.effects if len(known) > 1}
        self._limits()
        for key, (log, base) in self._logs().items():
            self._finding(key, log, base)

    def solved(self, seconds: float) -> Proposal | None:
        answer = self._programme.solved(seconds)
        if answer is None:
            return None
        if not answer.values:
            return Proposal(None, 0.0)
        return Proposal(
            frozenset(n for n, variable in enumerate(self._moves) if answer.values[variable] > 0.5),
            answer.bound,
        )

    def _limits(self) -> None:
        model, programme = self._model, self._programme
        programme.row(dict.fromkeys(self._moves, 1.0), high=self._most)
        for group in model.rivals:
            programme.row({self._moves[n]: 1.0 for n in group}, high=1)
        programme.row({v: by for v, by in zip(self._moves, model.total, strict=True) if by}, high=0)
        for chosen in sorted(model.refused, key=sorted):
            others = {v: -1.0 for n, v in enumerate(self._moves) if n not in chosen}
            programme.row({**others, **{self._moves[n]: 1.0 for n in chosen}}, high=len(chosen) - 1)
        for number, variable in enumerate(self._moves):
            if model.broken_alone(number):
                programme.row({variable: 1.0}, high=0)
        for chosen in model.barred:
            programme.row({self._moves[n]: 1.0 for n in chosen}, high=len(chosen) - 1)
        for constraint, limit in model.limits.items():
            uses = {
                self._moves[n]: run.trial.uses[constraint]
                for chosen, run in model.seen.items()
                if len(chosen) == 1 and constraint in run.trial.uses
                for n in chosen
            }
            if uses:
                programme.row(uses, high=limit)

    def _both(self, known: Chosen) -> int:
        """1 where all of several moves are made, else 0."""
        programme = self._programme
        variable = programme.variable()
        for number in known:
            programme.row({variable: 1.0, self._moves[number]: -1.0}, high=0)
        programme.row({variable: -1.0, **{self._moves[n]: 1.0 for n in known}}, high=len(known) - 1)
        return variable

    def _logs(self) -> dict[str, tuple[Terms, float]]:
        """Finding → the logarithm of its severity, as a sum over variables and what it is before."""
        model = self._model
        sums: dict[str, Terms] = defaultdict(dict)
        brought: dict[str, Terms] = defaultdict(dict)
        for known, effects in model.effects.items():
            single = len(known) == 1
            variable = self._moves[next(iter(known))] if single else self._together[known]
            for key, effect in effects.items():
                into = brought if single and key not in model.base else sums
                into[key][variable] = effect
        for key, effects_of in brought.items():
            most = self._programme.variable(high=max(effects_of.values()))
            for variable, effect in effects_of.items():
                self._programme.row({most: -1.0, variable: effect}, high=0)
            sums[key][most] = 1.0
            self._highest[most] = max(effects_of.values())
        for key in model.base:
            sums.setdefault(key, {})
        return {key: (terms, model.base.get(key, 0.0)) for key, terms in sorted(sums.items())}

    def _finding(self, key: str, terms: Terms, base: float) -> None:
        model, programme = self._model, self._programme
        highest = base + self._extreme([c * self._highest.get(v, 1.0) for v, c in terms.items()])
        ceiling = model.ceiling(key)
        if highest >= ceiling - NEAR:
            programme.row(terms, high=ceiling - NEAR - base)
        always = model.odd.get(key)
        if always is False or (always is None and highest < model.least - NEAR):
            return
        lowest = base - self._extreme([-c for c in terms.values()])
        severity = programme.variable(1.0, high=math.inf)
        if always or lowest >= model.least:
            counts = None
        else:
            counts = programme.variable(whole=True)
            programme.row({**terms, counts: -(highest - model.least + 1)}, high=model.least - NEAR - base)
        start = math.exp(model.least)
        for multiple in TANGENTS:
            touched = start * multiple
            row = {severity: -1.0, **{v: touched * c for v, c in terms.items()}}
            if counts is not None:
                row[counts] = start
            free = start if counts is not None else 0.0
            programme.row(row, high=free - touched * (1 + base - math.log(touched)))

    def _extreme(self, effects: list[float]) -> float:
        """What effects come to at most: so many moves are made, and as many sets of them as go into so many."""
        sets = self._most + len(self._together)
        return math.fsum(sorted((e for e in effects if e > 0), reverse=True)[:sets])
