"""What runs so far make one expect of sets of moves that were not run yet (semantics §8).

Severities multiply: two safeguards that each halve a finding leave a quarter of it. So logarithms are added up. For every finding it is
known what each set that was run changed beyond what its subsets explain: of a single move its effect, of a pair how the two meet. What
was run is thereby foretold exactly; what was not, from its parts. It proposes, and proves nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from app.domain.optimise_constraints import Constraint, Constraints
from app.domain.optimise_moves import Move, rivals
from app.domain.optimise_runs import Chosen, Run
from app.domain.parameters import Parameters
from app.domain.proofs import LOW, Grades, change_of
from app.domain.terms import LEVELS, Level

ABSENT = 1.0
"""The severity that a finding counts as which is not there, so that it has a logarithm."""

NEAR = 1e-7

OF_FINDINGS = frozenset({"worse", "total", "must_go"})
"""Kinds of constraints that are about findings, not about the document."""

EXCESS = 1.0
"""What a point weighs that a finding lies above what it may be: a set that is promising but for that may be mended by a further move."""

MENDED = math.log(0.7)
"""What a move is hoped to do to a finding that others brought up, and for whose source it changes something (judgement)."""

Logs = Mapping[str, float]
"""Finding → logarithm of its severity."""


class Model:
    """What is known of moves, singly and together. `limits`: how much there is of what they use."""

    def __init__(
        self,
        moves: Sequence[Move],
        before: Grades,
        constraints: Constraints,
        limits: Mapping[Constraint, float],
        parameters: Parameters,
    ) -> None:
        self.moves, self.constraints, self.limits = moves, constraints, limits
        self.rivals = rivals(moves)
        self._apart: dict[int, set[int]] = defaultdict(set)
        for group in self.rivals:
            for number in group:
                self._apart[number] |= {*group} - {number}
        self.least = math.log(max(ABSENT, parameters.level_medium))
        self.base = _logs(before)
        self._bounds = _bounds(parameters)
        self.ceilings = {key: self._bounds[level] for key, level in before.levels.items()}
        self._before = before
        self.odd = dict(_odd(before, parameters))
        """Findings that settings grade otherwise than by severity → whether they count."""
        self.effects: dict[Chosen, dict[str, float]] = {}
        self.seen: dict[Chosen, Run] = {}
        self.barred: set[Chosen] = set()
        """Sets whose moves do not go together, or that break constraints which no move of theirs breaks alone."""
        self.changes = [0.0] * len(moves)
        self.low = [0.0] * len(moves)
        """What each move by itself adds to the findings below medium, in points of severity as they are weighed."""
        self._low = before.weighted - before.burden
        self.total = [0.0] * len(moves)
        """What each move by itself adds to all findings, in points of severity."""
        self._total = before.total
        self.touches: dict[int, frozenset[str]] = {}
        """Departments for which each move by itself changes something."""
        self._logs: dict[Chosen, Mapping[str, float]] = {}
        self._promises: dict[Chosen, float] = {}
        self.refused: set[Chosen] = set()
        """Sets that were run and break what the programme cannot foresee."""

    def learn(self, chosen: Chosen, run: Run | None) -> None:
        """Take in what a run showed; None: the moves do not go together."""
        if run is None:
            self.barred.add(chosen)
            return
        self.seen[chosen] = run
        if unknown := run.look.pairs.keys() - self.ceilings.keys():
            self.ceilings |= {key: self._bounds[self._before.level_before(key, run.look)] for key in unknown}
            self._promises.clear()
        if len(chosen) == 1:
            (number,) = chosen
            self.low[number] = run.look.weighted - run.look.burden - self._low
            self.total[number] = run.look.total - self._total
            self.touches[number] = run.trial.touched
            self.changes[number] = change_of(self.moves[number].candidate.form.effort, run.price)
        elif _of_document(run) - {c for n in chosen for c in self.broken_alone(n)}:
            self.barred.add(chosen)
        for known in sorted((known for known in self.seen if known >= chosen), key=lambda k: (len(k), sorted(k))):
            self.effects.pop(known, None)
            self.effects[known] = self._beyond(known)

    def broken_alone(self, number: int) -> frozenset[Constraint]:
        """The constraints that the changed document breaks when the move is made by itself."""
        run = self.seen.get(frozenset({number}))
        return _of_document(run) if run is not None else frozenset()

    def apart(self, chosen: Chosen, number: int) -> bool:
        """Whether a move does not go together with one of a set."""
        return bool(self._apart[number] & chosen)

    def idle(self) -> frozenset[int]:
        """Moves that need not be proposed: those that lower nothing by themselves, and of rivals that do the same all but the cheapest."""
        alone = {n: self.effects.get(frozenset({n}), {}) for n in range(len(self.moves))}
        idle = {n for n, effects in alone.items() if not any(effect < 0 for effect in effects.values())}
        for group in self.rivals:
            left = sorted(set(group) - idle, key=lambda n: (len(self.broken_alone(n)), self.changes[n], n))
            for place, one in enumerate(left):
                idle |= {
                    o
                    for o in left[place + 1 :]
                    if _same(alone[one], alone[o]) and self.broken_alone(one) <= self.broken_alone(o)
                }
        return frozenset(idle)

    def expected(self, chosen: Chosen) -> dict[str, float]:
        """Finding → logarithm of the severity that is expected; what several moves each bring up comes once."""
        logs = dict(self.base)
        brought: dict[str, float] = {}
        for known, effects in self.effects.items():
            if not known <= chosen:
                continue
            for key, effect in effects.items():
                if key not in self.base and len(known) == 1:
                    brought[key] = max(brought.get(key, 0.0), effect)
                else:
                    logs[key] = logs.get(key, 0.0) + effect
        for key, effect in brought.items():
            logs[key] = logs.get(key, 0.0) + effect
        return logs

    def weighted(self, chosen: Chosen) -> float:
        """The severity that is expected to be left, findings below medium weighing less."""
        return math.fsum(
            math.exp(log) * (1.0 if self.counts(key, log) else LOW) for key, log in self.expected(chosen).items()
        )

    def promise(self, run: Run) -> float:
        """What a set leaves, by weight, and by how much findings are above what they may be: the less, the more may come of it."""
        known = self._promises.get(run.chosen)
        if known is None:
            worth = (self._worth(key, log) for key, log in self._logs_of(run).items())
            known = self._promises[run.chosen] = math.fsum(worth)
        return known

    def foreseen(self, run: Run, number: int) -> float:
        """The promise of a set that was run with a move more: what it showed, with what the move does by itself and beside each other."""
        logs, effects = self._logs_of(run), dict(self.effects.get(frozenset({number}), {}))
        for other in run.chosen:
            for key, effect in self.effects.get(frozenset({number, other}), {}).items():
                effects[key] = effects.get(key, 0.0) + effect
        touched = self.touches.get(number, frozenset())
        for key in logs.keys() - self.base.keys():
            if key in effects:
                effects[key] = max(0.0, effects[key] - logs[key])
            elif run.look.sources.get(key) in touched:
                effects[key] = MENDED
        changed = []
        for key, effect in effects.items():
            before = logs.get(key)
            old = 0.0 if before is None else self._worth(key, before)
            changed.append(self._worth(key, (before or 0.0) + effect) - old)
        return self.promise(run) + math.fsum(changed)

    def _logs_of(self, run: Run) -> Mapping[str, float]:
        if run.chosen not in self._logs:
            self._logs[run.chosen] = _logs(run.look)
        return self._logs[run.chosen]

    def _worth(self, key: str, log: float) -> float:
        """What a finding of this severity adds to a promise."""
        severity = math.exp(log) if log > 0 else 0.0
        excess = max(0.0, severity - math.exp(self.ceiling(key))) + 1.0 if log >= self.ceiling(key) - NEAR else 0.0
        return severity * (1.0 if self.counts(key, log) else LOW) + EXCESS * excess

    def counts(self, key: str, log: float) -> bool:
        """Whether a finding of this severity is one of medium level or above."""
        return self.odd.get(key, log >= self.least - NEAR)

    def ceiling(self, key: str) -> float:
        """The logarithm that a finding must stay below so as not to be worse by a level, and where it must go, to be gone."""
        return self.least if key in self.constraints.must_go else self.ceilings.get(key, self.least)

    def _beyond(self, chosen: Chosen) -> dict[str, float]:
        """What a run showed beyond what is expected without it."""
        expected, real = self.expected(chosen), _logs(self.seen[chosen].look)
        odds = ((key, real.get(key, 0.0) - expected.get(key, 0.0)) for key in {*expected, *real})
        return {key: odd for key, odd in sorted(odds) if abs(odd) > NEAR}


def _same(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return one.keys() == other.keys() and all(abs(one[key] - other[key]) < NEAR for key in one)


def _logs(look: Grades) -> dict[str, float]:
    return {key: math.log(max(ABSENT, severity)) for key, severity in look.severities.items()}


def _of_document(run: Run) -> frozenset[Constraint]:
    return frozenset(c for c in run.broken if c.kind not in OF_FINDINGS)


def _bounds(parameters: Parameters) -> dict[Level, float]:
    """Level → logarithm of the severity with which the next one begins."""
    starts = (parameters.level_medium, parameters.level_high, parameters.level_critical, math.inf)
    return {level: math.log(max(ABSENT, start)) for level, start in zip(LEVELS, starts, strict=True)}


def _odd(before: Grades, parameters: Parameters) -> Iterator[tuple[str, bool]]:
    for key, level in before.levels.items():
        if level != parameters.level(before.severities[key]):
            yield key, level != "low"
