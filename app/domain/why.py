"""Why a pair is a conflict, or why not: the nearest chain, what weakened it and by how much, the condition that failed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from app.domain.conflict_findings import chain_links
from app.domain.conflicts import Field, Internalised, Target, conflict_of
from app.domain.detection import Detection
from app.domain.errors import Unknown
from app.domain.findings import ChainLink
from app.domain.goals import Goal
from app.domain.nearest import nearest
from app.domain.reach import NOTHING, Chain, reach
from app.domain.safeguards import held_share, push_of
from app.domain.severity import net_harm
from app.domain.terms import Level
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


@dataclass(frozen=True, slots=True)
class Weakening:
    """Something that lowered the result: its kind, what did it, and the value before and after."""

    kind: Literal["gate", "modifier", "spill", "family", "help", "tie", "held_pay", "internalised", "capped"]
    by: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Side:
    """One goal looked at against the target, in the order of the arithmetic."""

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


@dataclass(frozen=True, slots=True)
class Why:
    """Both directions of a pair; `finding` is the fingerprint when there is one."""

    source: str
    target: str
    finding: str | None
    sides: tuple[Side, ...]


def why(detection: Detection, source: str, target: str) -> Why:
    """Explain what `source` (a KPI, or a component that pays it) does to `target` (a KPI or outcome), and the other way round.

    Raises `Unknown` for a key that the document does not have.
    """
    field = detection.field
    source, target = _goal_key(field, source), _goal_key(field, target)
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
    raise Unknown("KPI, component or outcome", key, tuple(nearest(key, known)))


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
    severity = conflict.severity if conflict else 0.0
    return Side(
        department=goal.department,
        source=goal.item.key,
        target=target.item.key,
        reason="conflict" if conflict else _reason(field, goal, target),
        pressure=goal.pressure,
        importance=target.importance,
        harm=between.harm,
        help=between.help,
        net=conflict.net if conflict else net,
        internalised=internalised,
        severity=severity,
        level=parameters.level(severity) if conflict else None,
        fallback=between.fallback,
        chain=chain_links(raw.chain, voice),
        help_chain=chain_links(between.help_chain, voice),
        weakened=tuple(_weakened(field, goal, target, internalised)),
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


def _weakened(field: Field, goal: Goal, target: Target, internalised: float) -> list[Weakening]:
    parameters, between = field.parameters, field.ask(goal, target)
    found: list[Weakening] = []
    free = _unguarded(field, goal, target)
    if free.weight > between.harm + 1e-9 and between.fallback == "none":
        gates = [p.component for p in goal.parts if p.component.gate or p.component.modifier]
        by = ", ".join(sorted({s.kpi for c in gates for s in (c.gate, c.modifier) if s}))
        kind: Literal["gate", "modifier"] = "gate" if any(c.gate for c in gates) else "modifier"
        found.append(Weakening(kind, by, free.weight, between.harm))
    if between.fallback == "known" and between.harm:
        factor = parameters.family_unknown * parameters.family_known
        found.append(
            Weakening("family", "no chain joins both metrics", between.harm / factor if factor else 0.0, between.harm)
        )
    elif between.fallback == "unknown" and between.harm and parameters.family_unknown:
        found.append(
            Weakening("family", "an end has no metric", between.harm / parameters.family_unknown, between.harm)
        )
    net = net_harm(between.harm, between.help, parameters)
    if between.harm >= parameters.harm_floor and between.help:
        kind_: Literal["help", "tie"] = "tie" if between.help >= between.harm else "help"
        found.append(Weakening(kind_, "", between.harm, net))
    held = held_share(goal, sum(a.lag_days for a in between.chain)) if goal.stake else 0.0
    if net and held:
        found.append(Weakening("held_pay", "", net, net * (1 - (1 - parameters.clawback_factor) * held)))
    if net and internalised:
        found.append(Weakening("internalised", "", 1.0, 1.0 - parameters.internalisation * internalised))
    return found


def _unguarded(field: Field, goal: Goal, target: Target) -> Chain:
    """What the same push would do without its gates and modifiers."""
    push = push_of(goal, field.goals, field.graph, field.rivals)
    number = field.graph.movement_index(target.movement) if target.movement else None
    if push is None or number is None or not (push.guards or push.spill < 1):
        return NOTHING
    return reach(field.graph, replace(push, guards=(), spill=1.0), field.parameters).chain(number ^ 1)
