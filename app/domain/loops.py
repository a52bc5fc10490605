"""Loops in which goals feed each other, and goals that undermine themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

from app.domain.field import Field
from app.domain.findings import Loop
from app.domain.goals import Goal
from app.domain.reach import NOTHING, Chain, step_factor

STRONG = 0.3
"""Reach from which an effect of one goal on another counts as a part of a loop."""

MOST_LOOPS, MOST_GOALS = 10, 60


def find_loops(field: Field) -> tuple[Loop, ...]:
    """The strongest loops of two or three goals, reinforcing or balancing; among the goals that are pushed hardest."""
    pushed = sorted((g for g in field.goals.goals if g.movement), key=lambda g: (-g.pressure, g.key))
    goals = list({g.movement: g for g in reversed(pushed[:MOST_GOALS])}.values())
    goals.sort(key=lambda g: g.key)
    effects = {(a.key, b.key): _effect(field, a, b) for a, b in permutations(goals, 2)}
    found = []
    for ring in _rings(goals):
        weight = 1.0
        for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
            effect = effects[a.key, b.key]
            weight = weight * effect if abs(effect) >= STRONG else 0.0
        if weight:
            found.append((-abs(weight), tuple(g.movement for g in ring if g.movement), weight > 0))
    found.sort()
    return tuple(Loop(movements, reinforcing) for _, movements, reinforcing in found[:MOST_LOOPS])


def self_harm(field: Field, goal: Goal) -> Chain:
    """The strongest chain by which a push undermines its own goal: out to another metric and back against the goal."""
    start = field.graph.movement_index(goal.movement) if goal.movement else None
    if start is None:
        return NOTHING
    parameters, best = field.parameters, NOTHING
    reached = field.reach_of(goal)
    for arc in field.graph.entering[start ^ 1]:
        number = field.graph.movement_index(arc.source)
        for chain in reached.chains(number) if number is not None else ():
            weight = chain.weight * step_factor(parameters, len(chain.arcs)) * arc.weight
            if len(chain.arcs) < parameters.max_hops and weight > best.weight:
                best = Chain(weight, (*chain.arcs, arc))
    return best


def _effect(field: Field, a: Goal, b: Goal) -> float:
    """Signed: positive when pushing a moves b where b is pushed, negative when it moves it the other way; the stronger of both."""
    number = field.graph.movement_index(b.movement) if b.movement else None
    if number is None or (a.movement and b.movement and a.movement.metric == b.movement.metric):
        return 0.0
    chains = field.reach_of(a)
    help_, harm = chains.best(number), chains.best(number ^ 1)
    return help_ if help_ >= harm else -harm


def _rings(goals: list[Goal]) -> Iterator[tuple[Goal, ...]]:
    yield from combinations(goals, 2)
    for a, b, c in combinations(goals, 3):
        yield (a, b, c)
        yield (a, c, b)
