"""Which measures stand for what is harmed, or for customers, so that pay or weight may rest on them?"""

from __future__ import annotations

import math

from app.domain.catalogue import Metric
from app.domain.document import Component, IncentivePlan
from app.domain.goals import SELLING, Goal, Item
from app.domain.reach import Push, reach
from app.domain.situation import Situation
from app.domain.terms import Movement

HELPS = 0.3
"""From this help on a measure stands for what is harmed (judgement)."""


def quality_kpis(s: Situation) -> list[Item]:
    """KPIs that the acting department sees and that stand for what is harmed; its own first, then those that help most."""
    if s.goal is None:
        return []
    found = []
    for _, item in sorted(s.company.goals.kpis.items()):
        if item.kind != "kpi" or item is s.goal.item or item.department is None or item.wanted == "maintain":
            continue
        goal = s.company.goal(item, item.department)
        if goal is not None and s.company.sees(s.goal.department, item) and stands_for(s, goal):
            found.append((item.department != s.goal.department, -_help(s, goal), item.key, item))
    return [item for *_, item in sorted(found, key=lambda f: f[:3])]


def stands_for(s: Situation, goal: Goal) -> bool:
    """Whether a goal is one of quality here: it helps what is harmed, or is the acting department's own on customers.

    Never a sale, a result, what the push itself serves, how people fare as a whole, or a goal that does harm itself.
    """
    if s.goal is None or goal.item is s.goal.item or goal.key in s.company.harmful or served_by_push(s, goal.item):
        return False
    if is_of_many(s, s.company.goals.metric(goal.item)):
        return False
    if goal.item.department == s.goal.department and s.company.measures.about_customers(goal.item):
        return True
    helps = s.target is not None and (goal.item is s.target or _help(s, goal) >= HELPS)
    return helps and is_quality(s.company.goals.metric(goal.item))


def served_by_push(s: Situation, item: Item) -> bool:
    """Whether the push helps a measure more than it harms it, so that holding it restrains nobody."""
    if s.goal is None:
        return False
    if s.goal.movement is not None and s.goal.movement in item.movements:
        return True
    return any(answer.help > answer.harm for answer in s.company.answers(s.goal, item))


def is_of_many(s: Situation, metric: Metric | None) -> bool:
    """Whether a metric is about people as a whole (who leaves, who is worn out): leaders may be held to it, not each of those people."""
    led = all(part.incentive_plan.period == "year" for part in s.parts)
    return metric is not None and metric.function == "hr" and not led


def is_quality(metric: Metric | None) -> bool:
    """Whether a metric can stand for quality: no sale, no financial figure, no mere busyness. One that is not known may."""
    if metric is None:
        return True
    busy = metric.kind == "activity" and metric.reap not in ("retention", "none")
    return metric.reap not in SELLING and metric.kind != "financial" and not busy


def pays_for_quality(s: Situation, plan: IncentivePlan, component: Component) -> bool:
    """Whether a component pays for such a measure."""
    return stands_for(s, s.company.paid_for(plan, component))


def leads_to_target(s: Situation, movement: Movement) -> bool:
    """Whether a movement by itself helps what is harmed."""
    graph = s.company.field.graph
    start = graph.movement_index(movement)
    there = graph.movement_index(s.target.movement) if s.target is not None and s.target.movement else None
    if start is None or there is None:
        return False
    return reach(graph, Push(start, None), s.company.goals.parameters).best(there) >= HELPS


def pushed_against(s: Situation, movement: Movement | None) -> float:
    """How hard all goals together push against a movement."""
    number = s.company.field.graph.movement_index(movement) if movement is not None else None
    if number is None:
        return 0.0
    return math.fsum(g.pressure * s.company.field.reach_of(g).best(number ^ 1) for g in s.company.goals.goals)


def harmless(s: Situation, item: Item) -> bool:
    """Whether pushing an item harms no outcome: it lies on no harmful chain."""
    goal = s.company.goal(item, item.department) if item.department else None
    if goal is None:
        return False
    outcomes = s.company.goals.outcomes.values()
    return all(answer.harm <= 0 for outcome in outcomes for answer in s.company.answers(goal, outcome))


def _help(s: Situation, goal: Goal) -> float:
    """How far a goal helps what is harmed, less what it harms itself."""
    if s.target is None:
        return 0.0
    return max((answer.help - answer.harm for answer in s.company.answers(goal, s.target)), default=0.0)
