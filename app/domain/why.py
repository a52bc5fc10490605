"""Why a pair is a conflict, or why not: the nearest chain, what weakened it and by how much, the condition that failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from app.domain.arcs import Arc, ArcGraph, family_graph, metric_graph
from app.domain.conflict_findings import chain_links
from app.domain.conflicts import Internalised, conflict_of
from app.domain.detection import Detection
from app.domain.errors import Unknown
from app.domain.field import Between, Field, Target
from app.domain.findings import ChainLink
from app.domain.goals import Goal
from app.domain.nearest import nearest
from app.domain.parameters import Parameters
from app.domain.reach import NOTHING, Chain, Push, reach
from app.domain.safeguards import held_share, push_of
from app.domain.severity import leans_to_the_good, net_harm, severity
from app.domain.terms import Level, Movement
from app.domain.voice import Voice

Reason = Literal[
    "conflict",
    "weaker_side",
    "source_unknown",
    "target_unknown",
    "no_chain",
    "only_helps",
    "through_customers",
    "harm_below_floor",
    "help_outweighs",
]

FAR_CUTOFF, FAR_HOPS = 0.001, 8
"""How far the search for the nearest chain goes where none counts: its weakest strength and its most arcs."""

MOST_NEIGHBOURS = 3
"""Movements named on either side of a gap."""


@dataclass(frozen=True, slots=True)
class Weakening:
    """Something that lowered the result: its kind, the keys of what did it, and the value before and after.

    Values are reaches in 0–1, for `internalised` and `capped` severities in 0–100.
    """

    kind: Literal["gate", "modifier", "spill", "family", "help", "tie", "held_pay", "internalised", "capped"]
    by: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Nearest:
    """What comes nearest to harm where no chain counts: a chain that is too weak or too long, or else both edges of the gap."""

    strength: float
    chain: tuple[ChainLink, ...]
    reaches: tuple[Movement, ...]
    """The movements that the source reaches most strongly."""
    reached_by: tuple[Movement, ...]
    """The movements that would harm the target in one step, the strongest first."""


@dataclass(frozen=True, slots=True)
class Side:
    """One goal looked at against the target, in the order of the arithmetic. `department`, `source` and `target` are keys."""

    department: str
    source: str
    target: str
    reason: Reason
    pressure: float
    importance: float
    harm: float
    help: float
    net: float
    internalised: float
    severity: float
    level: Level | None
    fallback: str
    chain: tuple[ChainLink, ...]
    help_chain: tuple[ChainLink, ...]
    weakened: tuple[Weakening, ...]
    nearest: Nearest | None = None
    """Only where no chain counts."""


@dataclass(frozen=True, slots=True)
class Why:
    """Both directions of a pair; `finding` is the fingerprint when there is one."""

    source: str
    target: str
    finding: str | None
    sides: tuple[Side, ...]


def why(detection: Detection, source: str, target: str) -> Why:
    """Explain what `source` (a KPI, or a component that pays it) does to `target` (a KPI or outcome), and the other way round.

    An outcome pushes nothing, so it is the target whichever way it is asked. Raises `Unknown` for a key that the document does not have.
    """
    field = detection.field
    source, target = _goal_key(field, source), _goal_key(field, target)
    if source not in field.goals.kpis:
        source, target = target, source
    answered = Internalised(field)
    sides = _sides(field, answered, source, target)
    if target in field.goals.kpis and source in field.goals.kpis:
        sides += _sides(field, answered, target, source)
    pair = {field.goals.kpis[source].key if source in field.goals.kpis else source, target}
    found = [
        m for m in detection.matches if m.conflict and {m.conflict.goal.item.key, m.conflict.target.item.key} == pair
        and m.rule.rule.fact_kind.startswith("goal_")
    ]  # fmt: skip
    best = max((s.severity for s in sides), default=0.0)
    told = tuple(replace(s, reason="weaker_side") if s.reason == "conflict" and s.severity < best else s for s in sides)
    return Why(source, target, found[0].fingerprint if found else None, told)


def _goal_key(field: Field, key: str) -> str:
    goals = field.goals
    for plan in goals.document.incentive_plans:
        for component in plan.components:
            if component.key == key:
                return component.kpi or f"measure:{key}"
    if key in goals.kpis or key in goals.outcomes:
        return key
    known = sorted(
        {*goals.kpis, *goals.outcomes, *(c.key for p in goals.document.incentive_plans for c in p.components)}
    )
    of_department = sorted(kpi.key for kpi in goals.document.kpis if kpi.department == key)
    raise Unknown("KPI, component or outcome", key, tuple(of_department or nearest(key, known)))


def _sides(field: Field, answered: Internalised, source: str, target: str) -> list[Side]:
    if source not in field.goals.kpis:
        return []
    aims = [t for t in field.targets if t.item.key == target or f"measure:{t.item.key}" == target]
    pushed = [g for g in field.goals.goals if g.item is field.goals.kpis[source]]
    return [_side(field, answered, goal, aim) for goal in pushed for aim in aims]


def _side(field: Field, answered: Internalised, goal: Goal, target: Target) -> Side:
    parameters, voice = field.parameters, Voice(field.goals, "en")
    between = field.between(goal, target)
    raw = field.ask(goal, target) if not between.rival else between
    conflict = conflict_of(field, goal, target, answered)
    _, internalised = answered.by(goal, target)
    net = net_harm(between.harm, between.help, parameters)
    bad = conflict.severity if conflict else 0.0
    reason: Reason = "conflict" if conflict else _reason(field, goal, target)
    absent = reason in ("no_chain", "only_helps")
    return Side(
        department=goal.department,
        source=goal.item.key,
        target=target.item.key,
        reason=reason,
        pressure=goal.pressure,
        importance=target.importance,
        harm=between.harm,
        help=between.help,
        net=conflict.net if conflict else net,
        internalised=internalised,
        severity=bad,
        level=parameters.level(bad) if conflict else None,
        fallback=between.fallback,
        chain=chain_links(raw.chain, voice),
        help_chain=chain_links(between.help_chain, voice),
        weakened=tuple(_weakened(field, goal, target, raw, answered)),
        nearest=_nearest(field, goal, target, voice) if absent else None,
    )


def _reason(field: Field, goal: Goal, target: Target) -> Reason:
    if not goal.movement and not goal.families:
        return "source_unknown"
    if not target.movement and not target.families:
        return "target_unknown"
    asked = field.ask(goal, target)
    if not asked.harm:
        return "only_helps" if asked.help else "no_chain"
    if field.is_customers_affair(goal, target, asked):
        return "through_customers"
    return "harm_below_floor" if asked.harm < field.parameters.harm_floor else "help_outweighs"


def _weakened(
    field: Field, goal: Goal, target: Target, between: Between, answered: Internalised
) -> Iterator[Weakening]:
    """What lowered the harm, then the net, then the severity."""
    parameters = field.parameters
    yield from _restrained(field, goal, target, between)
    factor = parameters.family_unknown * (parameters.family_known if between.fallback == "known" else 1.0)
    if between.fallback != "none" and between.harm and factor:
        yield Weakening("family", "", between.harm / factor, between.harm)
    net = net_harm(between.harm, between.help, parameters)
    if between.harm >= parameters.harm_floor and between.help:
        yield Weakening("tie" if leans_to_the_good(between.harm, between.help) else "help", "", between.harm, net)
    held = held_share(goal, sum(a.lag_days for a in between.chain)) if goal.stake else 0.0
    if net and held:
        left = net * (1 - (1 - parameters.clawback_factor) * held)
        yield Weakening("held_pay", "", net, left)
        net = left
    by, internalised = answered.by(goal, target)
    free = severity(goal.pressure, target.importance, net, 0.0, parameters)
    bad = severity(goal.pressure, target.importance, net, internalised, parameters)
    if bad < free and by is not None:
        yield Weakening("internalised", by.item.key, free, bad)
    if between.fallback == "known" and bad >= parameters.level_high:
        yield Weakening("capped", "", bad, parameters.level_high - 0.1)


def _restrained(field: Field, goal: Goal, target: Target, between: Between) -> Iterator[Weakening]:
    """What gates and scaled pay took from the strongest chain: where it meets what they guard, and everywhere else."""
    push, number = push_of(goal, field.goals, field.graph, field.rivals), target.number
    if push is None or number is None or not (push.guards or push.spill < 1):
        return
    gates = sorted({p.component.gate.kpi for p in goal.parts if p.component.gate})
    scales = sorted({p.component.modifier.kpi for p in goal.parts if p.component.modifier})
    free = reach(field.graph, push._replace(guards=(), spill=1.0), field.parameters).best(number ^ 1)
    met = reach(field.graph, push._replace(spill=1.0), field.parameters).best(number ^ 1)
    left = between.harm if between.fallback == "none" else 0.0
    if met < free - 1e-9:
        yield Weakening("gate" if gates else "modifier", ", ".join(gates or scales), free, met)
    if left < met - 1e-9:
        yield Weakening("spill", ", ".join(gates), met, left)


def _nearest(field: Field, goal: Goal, target: Target, voice: Voice) -> Nearest:
    """The strongest chain of all, on a map of its own because a map remembers what was searched on it; else the gap's edges."""
    far = field.parameters._replace(cutoff=FAR_CUTOFF, max_hops=FAR_HOPS)
    graph = metric_graph(field.goals.catalogue, far)
    push, number = push_of(goal, field.goals, graph, field.rivals), target.number
    chain = reach(graph, push, far).chain(number ^ 1) if push is not None and number is not None else NOTHING
    if not chain.arcs:
        chain = _between_families(field, goal, target, far)
    reached_by = () if number is None or chain.arcs else _causes(field.graph, number ^ 1)
    return Nearest(
        strength=chain.weight,
        chain=chain_links(chain.arcs, voice),
        reaches=() if chain.arcs else _reached(field, goal),
        reached_by=reached_by,
    )


def _between_families(field: Field, goal: Goal, target: Target, far: Parameters) -> Chain:
    """The strongest chain of harm between the families of both ends."""
    graph, best = family_graph(field.goals.catalogue, far), NOTHING
    for source in goal.families:
        start = graph.movement_index(source)
        for aim in target.families:
            end = graph.movement_index(aim)
            if start is not None and end is not None:
                chain = reach(graph, Push(start, None), far).chain(end ^ 1)
                best = max(best, chain, key=lambda c: c.weight)
    return best


def _reached(field: Field, goal: Goal) -> tuple[Movement, ...]:
    chains = field.reach_of(goal)
    strongest = sorted(chains.movements(), key=lambda number: (-chains.best(number), number))
    return tuple(field.graph.movement(number) for number in strongest[:MOST_NEIGHBOURS])


def _causes(graph: ArcGraph, number: int) -> tuple[Movement, ...]:
    """The sources of the strongest arcs into a movement."""
    arcs: list[Arc] = [arc for leaving in graph.pressing for arc in leaving if arc.goes_to == number]
    strongest = sorted(arcs, key=lambda arc: (-arc.weight, arc.rank))
    return tuple(dict.fromkeys(arc.source for arc in strongest))[:MOST_NEIGHBOURS]
