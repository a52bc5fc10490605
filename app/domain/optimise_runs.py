"""Real runs of the engine on documents that sets of moves make: every figure of a plan is one of them (semantics §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.catalogue import Catalogue
from app.domain.changes import cost, departments_touched
from app.domain.document import Document
from app.domain.document.checks import checked
from app.domain.findings import Cost
from app.domain.json_patch import apply
from app.domain.optimise_constraints import Constraint, Constraints, broken_by, uses_of
from app.domain.optimise_moves import Move, in_order, made, rivals
from app.domain.proofs import LEAST_CLEARED, Grades
from app.domain.terms import LEVELS, Language, Level

Chosen = frozenset[int]
"""Moves, by their number in the pool."""

NOTHING: Chosen = frozenset()


class Trial(NamedTuple):
    """A changed document and what the engine found in it, whatever a plan has to keep to.

    `uses`: what it takes of the budget, and components added to incentive plans, by plan; `touched`: departments for which it changes
    something.
    """

    raw: Mapping[str, Any]
    document: Document
    look: Grades
    price: Cost
    uses: Mapping[Constraint, float]
    touched: frozenset[str] = frozenset()


class Trials:
    """The documents that sets of moves make, each looked at once, under however many constraints it is asked for."""

    def __init__(
        self,
        document: Document,
        raw: Mapping[str, Any],
        before: Grades,
        look: Callable[[Document], Grades],
        moves: Sequence[Move],
        catalogue: Catalogue,
    ) -> None:
        self.document, self.raw, self.moves = document, raw, moves
        self._look, self._catalogue = look, catalogue
        self._rivals = [frozenset(group) for group in rivals(moves)]
        self.before = Trial(raw, document, before, cost(document, document), {})
        self._known: dict[Chosen, Trial | None] = {NOTHING: self.before}

    def of(self, chosen: Chosen) -> Trial | None:
        """What a set makes; None where its moves do not go together."""
        if chosen not in self._known:
            self._known[chosen] = self._made(chosen)
        return self._known[chosen]

    def _made(self, chosen: Chosen) -> Trial | None:
        if any(len(chosen & group) > 1 for group in self._rivals):
            return None
        patches = made(self.raw, in_order(self.moves[n] for n in chosen))
        if patches is None:
            return None
        raw = self.raw
        for patch in patches:
            raw = apply(raw, patch)
        document, faults = checked(raw, self._catalogue)
        if faults or document is None:
            return None
        price, uses = cost(self.document, document), uses_of(self.document, document)
        return Trial(
            raw, document, self._look(document), price, uses, frozenset(departments_touched(self.document, document))
        )


class Run(NamedTuple):
    """A trial under constraints. `broken`: those that it does not keep."""

    chosen: Chosen
    trial: Trial
    broken: frozenset[Constraint]

    @property
    def document(self) -> Document:
        """The changed document."""
        return self.trial.document

    @property
    def look(self) -> Grades:
        """What the engine found in it."""
        return self.trial.look

    @property
    def price(self) -> Cost:
        """What the change costs."""
        return self.trial.price

    @property
    def order(self) -> tuple[float, int, tuple[int, ...]]:
        """Better first: less left, by weight, then fewer moves."""
        return (round(self.look.weighted, 6), len(self.chosen), tuple(sorted(self.chosen)))


class Runs:
    """Every set of moves that was tried, each once. `most` runs are made at most; `may_go_on` is asked before each."""

    def __init__(
        self,
        trials: Trials,
        constraints: Constraints,
        *,
        most: int,
        may_go_on: Callable[[], bool],
        progress: Callable[[int, int], None],
    ) -> None:
        self._trials, self._constraints = trials, constraints
        self._most, self._may_go_on, self._progress = most, may_go_on, progress
        self.stopped = False
        self.made = 0
        self.before = Run(NOTHING, trials.before, frozenset(self._of_findings(trials.before.look)))
        self.known: dict[Chosen, Run | None] = {NOTHING: self.before}

    def of(self, chosen: Chosen) -> Run | None:
        """The run of a set; None where its moves do not go together, or no run is left to make (then it is not `known`)."""
        if chosen not in self.known:
            if not self._goes_on():
                return None
            self.known[chosen] = self._made(chosen)
            self.made += 1
            self._progress(self.made, self._most)
        return self.known[chosen]

    @property
    def left(self) -> int:
        """How many more may be made."""
        return 0 if self.stopped else self._most - self.made

    def needed(self, chosen: Chosen) -> Run:
        """The run of a subset of a set that could be made, whatever runs and time are left: it is to be reported."""
        run = self.known.get(chosen) or self._made(chosen)
        assert run is not None
        return run

    def front(self, most_moves: int) -> list[Run]:
        """For each number of moves at most, from none on, the best known run that keeps the constraints; each leaves less than the one
        before it at medium and above, or is the same. Empty where none keeps them."""
        kept = (run for run in self.known.values() if run is not None and not run.broken)
        ordered = sorted(kept, key=lambda run: run.order)
        front: list[Run] = []
        for count in range(most_moves + 1):
            last = front[-1] if front else None
            better = (r for r in ordered if len(r.chosen) <= count and (last is None or _is_better(r, last)))
            if (best := next(better, last)) is not None:
                front.append(best)
        return front

    def best(self, most_moves: int) -> Run | None:
        """The last of them."""
        front = self.front(most_moves)
        return front[-1] if front else None

    def in_sequence(self, order: Sequence[int], language: Language) -> tuple[list[list[Any]], Mapping[str, Any]]:
        """The patch of each move in this order, its texts in a language, and the document that they make."""
        patches = made(self._trials.raw, [self._trials.moves[n] for n in order], language)
        assert patches is not None
        raw = self._trials.raw
        for patch in patches:
            raw = apply(raw, patch)
        return patches, raw

    def _goes_on(self) -> bool:
        if not self.stopped:
            self.stopped = self.made >= self._most or not self._may_go_on()
        return not self.stopped

    def _made(self, chosen: Chosen) -> Run | None:
        trial = self._trials.of(chosen)
        if trial is None:
            return None
        of_document = broken_by(self._constraints, self._trials.document, trial.document)
        broken = {*of_document, *self._of_findings(trial.look)}
        if "claims" not in self._constraints.allowed and any(self._trials.moves[n].claims for n in chosen):
            broken.add(Constraint("claims"))
        return Run(chosen, trial, frozenset(broken))

    def _of_findings(self, look: Grades) -> Iterable[Constraint]:
        for key in self._constraints.must_go:
            if look.levels.get(key, "low") != "low":
                yield Constraint("must_go", key)
        before = self._trials.before.look
        if any(_rank(level) > _rank(before.level_before(key, look)) for key, level in look.levels.items()):
            yield Constraint("worse")
        if look.total > before.total:
            yield Constraint("total")


def _is_better(run: Run, last: Run) -> bool:
    fall, weighted = last.look.burden - run.look.burden, last.look.weighted - run.look.weighted
    return fall >= LEAST_CLEARED and weighted >= LEAST_CLEARED


def _rank(level: Level) -> int:
    return LEVELS.index(level)
