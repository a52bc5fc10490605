"""What every push of a document does to everything that can be harmed there: asked of the map, and of families where it is silent (§3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import copy
from functools import lru_cache
from typing import Literal, NamedTuple

from app.domain.arcs import FAMILY, Arc, ArcGraph, family_graph
from app.domain.catalogue import Catalogue
from app.domain.goals import Goal, Goals, Item
from app.domain.parameters import RIVAL_HARM
from app.domain.reach import NOTHING, UNREACHED, Chain, Push, Reach, reach
from app.domain.safeguards import push_of, split_accountability
from app.domain.severity import sign_reliability
from app.domain.terms import Movement, opposite

Fallback = Literal["none", "unknown", "known"]


class Target(NamedTuple):
    """A goal's KPI or an outcome as something that can be harmed; `importance` in 0–1."""

    item: Item
    movement: Movement | None
    families: tuple[Movement, ...]
    importance: float
    signature: int
    """Equal for targets that want the same."""
    number: int | None
    """The number of its movement on the map."""

    @property
    def is_outcome(self) -> bool:
        """Whether customers are owed it."""
        return self.item.kind == "outcome"


class Between(NamedTuple):
    """What a push does to one wanted movement. `fallback`: whether the question had to be asked of families, and why."""

    harm: float
    help: float
    reliability: float
    harmed_by: Chain = NOTHING
    helped_by: Chain = NOTHING
    fallback: Fallback = "none"
    rival: bool = False
    shared: bool = False
    """Both ends belong to one family and go the same way."""

    @property
    def chain(self) -> tuple[Arc, ...]:
        """The witness chain."""
        return self.harmed_by.arcs

    @property
    def help_chain(self) -> tuple[Arc, ...]:
        """The strongest chain that helps."""
        return self.helped_by.arcs


UNTOUCHED = Between(0.0, 0.0, 1.0)
"""A push that neither harms nor helps."""


class _Memory:
    """Answers on one graph, by the signatures of what is pushed and what is wanted; documents that are alike share it."""

    def __init__(self) -> None:
        self.signatures: dict[object, int] = {}
        self.answers: dict[tuple[int, int], Between] = {}
        self.settled: dict[tuple[int, int, bool], Between] = {}
        self.by_families: dict[tuple[tuple[Movement, ...], tuple[Movement, ...]], Between] = {}


class Field:
    """The reaches of all goals of one document, and the answers to "what does this goal do to that?".

    `like`: the field of a document that is alike; what was answered there on the same graph is not asked again.
    """

    def __init__(self, goals: Goals, graph: ArcGraph, like: Field | None = None) -> None:
        self.goals = goals
        self.graph = graph
        self._memory: _Memory = like._memory if like is not None and like.graph is graph else _Memory()
        self.parameters = goals.parameters
        self.rivals = split_accountability(goals)
        self._family_parameters = goals.parameters._replace(max_hops=goals.parameters.family_hops)
        self._families = family_graph(goals.catalogue, goals.parameters)
        self._members = _members(goals.catalogue)
        self._own = frozenset(m.id for m in goals.document.metrics)
        self._pushes = {goal.key: push_of(goal, goals, graph, self.rivals) for goal in goals.goals}
        self._reach = self._reaches()
        self._pushing: dict[str, int] = {}
        self._restrained: dict[str, Push] = {}
        self._free: dict[str, Reach] = {}
        for goal in goals.goals:
            push = self._pushes[goal.key]
            if push and (push.guards or push.spill < 1):
                self._restrained[goal.key] = push
            self._pushing[goal.key] = self._signature((push, goal.movement, goal.families))
        self.targets = tuple(self._targets())

    def on(self, graph: ArcGraph, families: ArcGraph) -> Field:
        """The same pushes on other maps, which have the same movements and the same levers; nothing is answered there yet."""
        field = copy(self)
        field.graph, field._families, field._memory, field._free = graph, families, _Memory(), {}
        field._reach = field._reaches()
        return field

    def _reaches(self) -> dict[str, Reach]:
        asked = self._pushes.items()
        return {key: reach(self.graph, push, self.parameters) if push else UNREACHED for key, push in asked}

    def reach_of(self, goal: Goal) -> Reach:
        """Everything that a goal's push reaches."""
        return self._reach[goal.key]

    def between(self, goal: Goal, target: Target) -> Between:
        """What the goal's push does to the target."""
        if self.rivals and self._rival(goal, target):
            return Between(RIVAL_HARM, 0.0, 1.0, rival=True)
        signature = (self._pushing[goal.key], target.signature, target.is_outcome)
        known = self._memory.settled.get(signature)
        if known is None:
            known = self._memory.settled[signature] = self._settle(goal, target)
        return known

    def _settle(self, goal: Goal, target: Target) -> Between:
        known = self.ask(goal, target)
        if known.harm and self.is_customers_affair(goal, target, known):
            return Between(0.0, known.help, known.reliability, NOTHING, known.helped_by, known.fallback)
        return known

    def is_customers_affair(self, goal: Goal, target: Target, between: Between) -> bool:
        """Whether the strongest chain to a department's goal, or one as strong, runs through the customers: it is their conflict."""
        if target.is_outcome or (target.movement is not None and target.movement.metric.startswith("customer.")):
            return False
        if between.fallback != "none" or target.number is None:
            return _through_customers(between.harmed_by)
        chains, number = self._unrestrained(goal), target.number ^ 1
        return _through_customers(chains.chain(number)) or any(map(_through_customers, chains.as_strong(number)))

    def ask(self, goal: Goal, target: Target) -> Between:
        """The same before it is settled whose conflict a chain through the customers is; answers are kept."""
        signature = (self._pushing[goal.key], target.signature)
        known = self._memory.answers.get(signature)
        if known is None:
            known = self._memory.answers[signature] = self._ask(goal, target)
        return known

    def _targets(self) -> Iterator[Target]:
        """Everything that can be harmed: outcomes, then every KPI, `maintain` once for either movement."""
        goals, weights = self.goals, self.goals.outcome_weights
        heaviest = max(weights.values(), default=0.0) or 1.0
        for key, item in sorted(goals.outcomes.items()):
            halved = 0.5 if item.wanted == "maintain" else 1.0
            yield from self._variants(item, halved * weights[key] / heaviest)
        for key, item in sorted(goals.kpis.items()):
            yield from self._variants(item, goals.importance.get(key, 0.0))

    def _variants(self, item: Item, importance: float) -> Iterator[Target]:
        if item.wanted != "maintain":
            yield self._target(item, item.movement, item.families, importance)
            return
        middle = len(item.families) // 2
        sides = (item.families[:middle], item.families[middle:])
        for movement, families in zip(item.movements or (None, None), sides, strict=True):
            yield self._target(item, movement, families, importance)

    def _target(
        self, item: Item, movement: Movement | None, families: tuple[Movement, ...], importance: float
    ) -> Target:
        number = self.graph.movement_index(movement) if movement else None
        return Target(item, movement, families, importance, self._signature((movement, families)), number)

    def _signature(self, of: object) -> int:
        signatures = self._memory.signatures
        return signatures.setdefault(of, len(signatures))

    def _rival(self, goal: Goal, target: Target) -> bool:
        if goal.item.key not in self.rivals or target.is_outcome or target.item.key not in self.rivals:
            return False
        return goal.movement == target.movement and goal.item.department != target.item.department

    def _ask(self, goal: Goal, target: Target) -> Between:
        source, wanted = goal.movement, target.movement
        if source is None or wanted is None:
            return self._by_family(goal, target, self.parameters.family_unknown, "unknown")
        if source.metric == wanted.metric:
            same = source.direction == wanted.direction
            return Between(0.0 if same else 1.0, 1.0 if same else 0.0, 1.0)
        chains, number = self._reach[goal.key], target.number
        if number is not None and (number in chains or number ^ 1 in chains):
            return _between(chains, number)
        if number is not None and any(n in self._unrestrained(goal) for n in (number, number ^ 1)):
            return UNTOUCHED
        if source.metric in self._own or wanted.metric in self._own:
            return self._by_family(goal, target, self.parameters.family_unknown, "unknown")
        return self._by_family(goal, target, self.parameters.family_unknown * self.parameters.family_known, "known")

    def _unrestrained(self, goal: Goal) -> Reach:
        """What the push would reach without safeguards: these weaken chains, and never decide which question is asked of which map."""
        push = self._restrained.get(goal.key)
        if push is None:
            return self._reach[goal.key]
        if goal.key not in self._free:
            self._free[goal.key] = reach(self.graph, push.unrestrained, self.parameters)
        return self._free[goal.key]

    def _by_family(self, goal: Goal, target: Target, factor: float, fallback: Fallback) -> Between:
        """The same question one level up, over few family influences; a shared family and direction is help. A gate holds here, too."""
        pair = (goal.families, target.families)
        known = self._memory.by_families.get(pair)
        if known is None:
            known = self._memory.by_families[pair] = self._between_families(*pair)
        if known.shared:
            return Between(0.0, self.parameters.family_unknown, 1.0, fallback=fallback)
        if known is UNTOUCHED and (target.movement or not goal.movement):
            return UNTOUCHED
        push = self._restrained.get(goal.key)
        harmed_by, helped_by = (_weakened(c, push.spill if push else 1.0) for c in (known.harmed_by, known.helped_by))
        if goal.movement and not target.movement and target.families:
            harmed_by, helped_by = self._by_members(goal, target.families[0], harmed_by, helped_by)
        weak = harmed_by.weight < self.parameters.family_floor
        if weak and harmed_by.arcs and harmed_by.arcs[0].source.metric.startswith(FAMILY):
            harmed_by = NOTHING
        reliability = sign_reliability(harmed_by.weight, helped_by.weight)
        return Between(
            factor * harmed_by.weight, factor * helped_by.weight, reliability, harmed_by, helped_by, fallback
        )

    def _between_families(self, sources: tuple[Movement, ...], wanted: tuple[Movement, ...]) -> Between:
        harmed_by, helped_by = NOTHING, NOTHING
        for source in sources:
            number = self._families.movement_index(source)
            chains = UNREACHED if number is None else reach(self._families, Push(number, None), self._family_parameters)
            for aim in wanted:
                if source.metric == aim.metric:
                    if source.direction == aim.direction:
                        return Between(0.0, 1.0, 1.0, shared=True)
                    harmed_by = Chain(1.0, ())
                    continue
                there = self._families.movement_index(aim)
                if there is not None:
                    harmed_by = _stronger(harmed_by, chains, there ^ 1)
                    helped_by = _stronger(helped_by, chains, there)
        if harmed_by is NOTHING and helped_by is NOTHING:
            return UNTOUCHED
        return Between(harmed_by.weight, helped_by.weight, 1.0, harmed_by, helped_by)

    def _by_members(self, goal: Goal, wanted: Movement, harmed_by: Chain, helped_by: Chain) -> tuple[Chain, Chain]:
        """When only the target is unknown: metric chains to any metric of its family."""
        chains = self._reach[goal.key]
        for metric, orientation in self._members.get(wanted.metric, ()):
            good = wanted.direction if orientation == "+" else opposite(wanted.direction)
            number = self.graph.movement_index(Movement(metric, good))
            if number is not None:
                harmed_by = _stronger(harmed_by, chains, number ^ 1)
                helped_by = _stronger(helped_by, chains, number)
        return harmed_by, helped_by


@lru_cache(maxsize=8)
def _members(catalogue: Catalogue) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for metric, family in sorted(catalogue.metric_families.items()):
        found[FAMILY + family.family].append((metric, family.orientation))
    return {family: tuple(metrics) for family, metrics in found.items()}


def _between(chains: Reach, number: int) -> Between:
    harmed_by, helped_by = chains.chain(number ^ 1), chains.chain(number)
    both = harmed_by is not NOTHING and helped_by is not NOTHING
    reliability = sign_reliability(chains.mass(number ^ 1), chains.mass(number)) if both else 1.0
    return Between(harmed_by.weight, helped_by.weight, reliability, harmed_by, helped_by)


def _weakened(chain: Chain, factor: float) -> Chain:
    return chain if factor == 1 or chain is NOTHING else Chain(chain.weight * factor, chain.arcs)


def _stronger(best: Chain, chains: Reach, number: int) -> Chain:
    return chains.chain(number) if chains.best(number) > best.weight else best


def _through_customers(chain: Chain) -> bool:
    return any(arc.target.metric.startswith("customer.") for arc in chain.arcs[:-1])
