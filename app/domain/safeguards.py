"""Safeguards and levers: what restrains a goal's push, and which features of its pay push beside it (semantics §3)."""

from __future__ import annotations

import math
from collections import defaultdict

from app.domain.arcs import Arc, ArcGraph
from app.domain.goals import SELLING, Goal, Goals, Part
from app.domain.parameters import SHAPE_FACTOR
from app.domain.reach import Push
from app.domain.terms import Movement

SPLIT = "lever.split_accountability"


def push_of(goal: Goal, goals: Goals, graph: ArcGraph, rivals: frozenset[str]) -> Push | None:
    """The search that a goal asks for; None when its movement is not on the map. `rivals`: KPIs with split accountability."""
    start = graph.movement_index(goal.movement) if goal.movement else None
    if start is None:
        return None
    guards = _guards(goal, goals, graph)
    gated = any(part.component.gate for part in goal.parts)
    return Push(
        start=start,
        function=goal.function,
        levers=_lever_arcs(goal, goals, graph, rivals),
        guards=tuple(sorted(guards.items())),
        spill=goals.parameters.gate_spill if gated else 1.0,
    )


def held_share(goal: Goal, lag_days: int) -> float:
    """The share of the goal's pay at stake that is still held back, or can be taken back, when harm of this lag shows."""
    stake = sum(part.exposure for part in goal.parts)
    held = sum(p.exposure for p in goal.parts if p.component.held_days and lag_days <= p.component.held_days)
    return held / stake if stake else 0.0


def split_accountability(goals: Goals) -> frozenset[str]:
    """KPIs whose operational result is paid to several departments, each for itself, and shared by none."""
    paid = {goal.item.key for goal in goals.goals if goal.stake > 0 and goal.item.kind == "kpi"}
    by_movement: dict[Movement, list[tuple[str, str | None]]] = defaultdict(list)
    for key in sorted(paid - goals.shared):
        item = goals.kpis[key]
        metric = goals.metric(item)
        if not item.movement or not metric or item.wanted == "maintain":
            continue
        if item.movement.metric.startswith("customer.") or metric.kind == "financial" or metric.reap in SELLING:
            continue
        by_movement[item.movement].append((key, item.department))
    return frozenset(
        key
        for holders in by_movement.values()
        for key, department in holders
        if any(other != department for _, other in holders)
    )


def _guards(goal: Goal, goals: Goals, graph: ArcGraph) -> dict[int, float]:
    """Movement number → factor on arcs into the bad movement of a guarded metric."""
    guards: dict[int, float] = {}
    for part in goal.parts:
        for kpi, factor in _guarded(part, goals):
            for movement in goals.kpis[kpi].movements if kpi in goals.kpis else ():
                number = graph.movement_index(movement.opposite)
                if number is not None:
                    guards[number] = min(factor, guards.get(number, 1.0))
    return guards


def _guarded(part: Part, goals: Goals) -> list[tuple[str, float]]:
    component, parameters = part.component, goals.parameters
    found = []
    if component.gate:
        found.append((component.gate.kpi, parameters.gate_factor))
    if component.modifier:
        found.append((component.modifier.kpi, parameters.modifier_factor))
    return found


def levers_of(goal: Goal, goals: Goals) -> dict[str, float]:
    """Lever → exposure of the components that have it: a lever pushes with the pay that hangs on it, not with the whole goal."""
    metric = goals.metric(goal.item)
    found: dict[str, float] = defaultdict(float)
    if metric is None:
        return found
    for part in goal.parts:
        component, payout = part.component, part.component.payout
        exposure = goals.parameters.pressure_pay * part.stake * SHAPE_FACTOR[payout.kind]
        if metric.id.startswith("customer."):
            found["lever.survey_score_bonus"] += exposure
            continue
        if payout.kind == "threshold":
            found["lever.cliff_threshold"] += exposure
        if payout.kind == "ranking":
            found["lever.relative_ranking"] += exposure
        if payout.accelerator_max > 1 and not payout.cap and not component.gate:
            found["lever.uncapped_accelerator"] += exposure
        if component.penalties:
            found["lever.hard_quota"] += exposure + goals.parameters.pressure_penalty
        if payout.kind == "commission" and metric.reap in SELLING and not component.gate:
            found["lever.revenue_only_commission"] += exposure
    return found


def _lever_arcs(goal: Goal, goals: Goals, graph: ArcGraph, rivals: frozenset[str]) -> tuple[tuple[Arc, float], ...]:
    """Arcs that start at the goal itself, with the share of its pressure behind each: those to its own function, people and customers."""
    metric = goals.metric(goal.item)
    if metric is None or not goal.parts:
        return ()
    scope = {metric.function, "hr", "customer"} | ({"sales"} if metric.reap in SELLING else set())
    full = 1 - math.exp(-(goal.kpi_exposure + goal.pay_exposure + goal.penalty_exposure))
    if full <= 0:
        return ()
    arcs: list[tuple[Arc, float]] = []
    if goal.item.key in rivals:
        paid = 1 - math.exp(-(goal.pay_exposure + goal.penalty_exposure))
        arcs += [(arc, min(1.0, paid / full)) for arc in graph.levers.get(SPLIT, ())]
    for lever, exposure in sorted(levers_of(goal, goals).items()):
        share = min(1.0, (1 - math.exp(-exposure)) / full)
        arcs += [
            (a, share) for a in graph.levers.get(lever, ()) if a.target.metric.split(".")[0] in scope and share > 0
        ]
    return tuple(arcs)
