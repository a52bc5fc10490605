"""What departments are measured on: weights moved, KPIs carried together, KPIs taken up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.domain.document import Kpi
from app.domain.finders.found import Found, department, listed, new_key, together
from app.domain.finders.new_kpis import metric_kpi, new_measures, room, same_kpi
from app.domain.finders.quality import pushed_against, quality_kpis
from app.domain.finders.scorecards import answering_kpis
from app.domain.finders.shares import exact, half, minus, plus, scaled
from app.domain.goals import Item
from app.domain.patch_templates import Bindings
from app.domain.reach import Push, reach
from app.domain.situation import Situation
from app.domain.terms import Movement

COMPETENCE = Movement("hr.staff_competence", "up")
HELPED_BY_SKILL = 0.5
"""From this reach on, skill is what keeps the harmed measure up (judgement)."""

MANY_KPIS = 8
"""A department with so many KPIs gets no further one."""


def kpi_weights(s: Situation, _: Bindings) -> Iterator[Found]:
    """The pushed KPI and one of the same department that stands for what is harmed, with weights after half of the first has moved."""
    source = _pushed_kpi(s)
    if s.goal is None or source is None:
        return
    for item in quality_kpis(s):
        other = item.source
        if not isinstance(other, Kpi) or item.department != s.goal.department or other.weight is None:
            continue
        moved = half(source.weight or 0.0)
        if moved:
            yield {
                "source": {**_kpi(s, source), "weight": minus(source.weight or 0.0, moved)},
                "to": {**_kpi(s, other), "weight": plus(other.weight, moved)},
                "department": department(s.company, s.goal.department),
            }


def lighter_kpi(s: Situation, _: Bindings) -> Iterator[Found]:
    """The pushed KPI at half its weight, the others of its department heavier in proportion: of KPIs on cost and speed alone."""
    source = _pushed_kpi(s)
    metric = s.company.goals.metric(s.goal.item) if s.goal is not None else None
    if s.goal is None or source is None or metric is None or metric.reap != "efficiency":
        return
    if metric.kind == "financial" and metric.good == "up":
        return
    kpis = [k for k in s.company.detection.document.kpis if k.department == source.department and k is not source]
    others = sorted((k for k in kpis if k.weight), key=lambda k: k.key)
    moved = half(source.weight or 0.0)
    if not others or not moved or any(k.weight is None for k in kpis):
        return
    weights = [exact(k.weight or 0.0) for k in others]
    heavier = scaled(weights, sum(weights) + moved)
    yield {
        "source": {**_kpi(s, source), "weight": minus(source.weight or 0.0, moved)},
        "others": [{**_kpi(s, k), "weight": w} for k, w in zip(others, heavier, strict=True)],
        "department": department(s.company, s.goal.department),
    }


def guardrail_measure(s: Situation, _: Bindings) -> Iterator[Found]:
    """A KPI for the acting department on what it harms, or on the first step of the chain that it has in its hands: weighed, not paid."""
    if s.goal is None or s.rival or _has_many(s, s.goal.department):
        return
    space = room(s.company, s.goal.department)
    for kpi in _least_contested(s, new_measures(s, weight=space["weight"])):
        yield {**kpi, "kpi": kpi, **_weighed(space)}


def handover(s: Situation, _: Bindings) -> Iterator[Found]:
    """What the acting department owes the other one: a measure of it that both carry."""
    if s.goal is None or s.target is None or s.rival or s.target.department in (None, s.goal.department):
        return
    if _has_many(s, s.goal.department):
        return
    other = str(s.target.department)
    space = room(s.company, s.goal.department)
    for kpi in _least_contested(s, new_measures(s, weight=space["weight"])):
        agreed = {**kpi, "key": new_key(f"agreed-{kpi['key']}", s.company.kpis), "shared_with": [other]}
        yield {**agreed, "kpi": agreed, **_weighed(space), "other": department(s.company, other)}


def harmed_kpi(s: Situation, _: Bindings) -> Iterator[Found]:
    """KPIs that two departments should carry together: the harmed one, or one that measures the harmed outcome; for rivals both."""
    if s.goal is None or s.target is None or s.direct:
        return
    pushing = s.goal.department
    pairs: list[tuple[Item, str]] = []
    if s.rival and s.target.department:
        pairs = [(s.target, pushing), (s.goal.item, s.target.department)]
    elif s.target.kind == "kpi" and s.target.department != pushing and _has_a_hand_in(s, s.target):
        pairs = [(s.target, pushing)]
    elif s.target.kind == "outcome":
        for item in answering_kpis(s.company, s.target, pushing):
            yield from _carried(s, [(item, pushing)])
        return
    yield from _carried(s, pairs)


def most_harmed_kpi(s: Situation, _: Bindings) -> Iterator[Found]:
    """The KPIs that suffer most from other departments, each with the department that harms it most."""
    weight: dict[str, float] = defaultdict(float)
    worst: dict[str, tuple[float, str]] = {}
    for match in s.company.detection.matches:
        conflict = match.conflict
        if conflict is None or conflict.target.is_outcome or conflict.tension or conflict.target.item.kind != "kpi":
            continue
        key, pushing = conflict.target.item.key, conflict.goal.department
        weight[key] += match.severity
        worst[key] = min(worst.get(key, (0.0, "")), (-match.severity, pushing))
    for key in sorted(weight, key=lambda k: (-weight[k], k)):
        yield from _carried(s, [(s.company.goals.kpis[key], worst[key][1])])


def common_kpi(s: Situation, _: Bindings) -> Iterator[Found]:
    """The KPI of a component on which others have a hand, to be carried by them too."""
    for part in s.named_parts:
        item = s.company.paid_for(part.incentive_plan, part.component).item
        if item.kind != "kpi" or item.movement is None:
            continue
        home = part.incentive_plan.department
        others = [d for d in sorted(s.company.departments) if d != home and _drives(s, d, item)]
        yield from _carried(s, [(item, d) for d in others])


def competence(s: Situation, _: Bindings) -> Iterator[Found]:
    """A KPI on the skill of the acting department's people, where skill is what keeps the harmed measure up."""
    if s.goal is None or s.target is None or s.target.movement is None or s.direct:
        return
    company, acting = s.company, s.goal.department
    if not company.metric(COMPETENCE.metric) or not company.controls(acting, COMPETENCE.metric):
        return
    graph = company.field.graph
    start, there = graph.movement_index(COMPETENCE), graph.movement_index(s.target.movement)
    if start is None or there is None or company.pushes(acting, COMPETENCE) or _has_many(s, acting):
        return
    if reach(graph, Push(start, None), company.goals.parameters).best(there) >= HELPED_BY_SKILL:
        space = room(company, acting)
        kpi = metric_kpi(company, acting, COMPETENCE.metric, space["weight"])
        yield {**kpi, "kpi": kpi, **_weighed(space)}


def customer_measure(s: Situation, _: Bindings) -> Iterator[Found]:
    """A KPI on the weightiest outcome that a department has in its hands, for one that has none on customers."""
    if s.department is None:
        return
    weights = s.company.goals.outcome_weights
    space = room(s.company, s.department)
    for outcome in sorted(s.company.goals.outcomes.values(), key=lambda o: (-weights[o.key], o.key)):
        movement = outcome.movement
        if movement is None or outcome.wanted == "maintain" or s.company.pushes(s.department, movement):
            continue
        if s.company.controls(s.department, movement.metric):
            kpi = same_kpi(s.company, outcome, s.department, space["weight"])
            yield {**kpi, "kpi": kpi, **_weighed(space)}


def _weighed(space: Mapping[str, Any]) -> dict[str, Any]:
    """How a new KPI is weighed, and the others then."""
    return {"weighed": space["weighed"], "others": space["others"]}


def _least_contested(s: Situation, kpis: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those first against which the goals of the company push least: a measure that all push against only moves the quarrel."""

    def contest(kpi: dict[str, Any]) -> float:
        if not kpi.get("metric"):
            return 0.0
        up = (kpi["direction"] == "increase") != bool(kpi.get("inverted"))
        return pushed_against(s, Movement(kpi["metric"], "up" if up else "down"))

    return sorted(kpis, key=contest)


def _pushed_kpi(s: Situation) -> Kpi | None:
    """The acting department's own KPI that is pushed, when it has a weight to give: what keeps customers keeps its own."""
    if s.goal is None or not s.goal.own_kpi or not isinstance(s.goal.item.source, Kpi):
        return None
    metric = s.company.goals.metric(s.goal.item)
    if s.company.measures.about_customers(s.goal.item) or (metric is not None and metric.reap == "retention"):
        return None
    return s.goal.item.source if s.goal.item.source.weight else None


def _kpi(s: Situation, kpi: Kpi) -> dict[str, Any]:
    return {"key": kpi.key, "name": kpi.name, "path": s.company.path("kpis", kpi.key)}


def _has_many(s: Situation, key: str) -> bool:
    return sum(1 for kpi in s.company.document.kpis if kpi.department == key) >= MANY_KPIS


def _carried(s: Situation, pairs: Sequence[tuple[Item, str]]) -> Iterator[Found]:
    """KPIs and the departments that carry them from now on, as far as they do not do so yet."""
    items = [
        {**_kpi(s, s.company.kpis[item.key]), "with": with_, "home": item.department}
        for item, with_ in pairs
        if item.kind == "kpi" and with_ not in s.company.goals.holders[item.key] and _worth_carrying(s, item)
    ]
    if items:
        carrying = sorted({str(i["home"]) for i in items} | {str(i["with"]) for i in items})
        yield {**together(items), "departments": listed([s.company.departments[key].name for key in carrying])}


def _worth_carrying(s: Situation, item: Item) -> bool:
    """Whether more departments should push it: not what already hurts customers."""
    return not s.company.is_harmful(item)


def _has_a_hand_in(s: Situation, item: Item) -> bool:
    """Whether the acting department is near enough to a KPI to carry it: in its hands, or reached by its push in two steps."""
    assert s.goal is not None
    if s.conflict is not None and s.conflict.between.fallback == "none" and len(s.chain) <= 2:
        return True
    return item.movement is None or s.company.controls(s.goal.department, item.movement.metric)


def _drives(s: Situation, key: str, item: Item) -> bool:
    """Whether a department has a KPI, not one of customers, on the same thing or on what moves it in one moderate or stronger step."""
    graph = s.company.field.graph
    end = graph.movement_index(item.movement) if item.movement else None
    drivers = {
        arc.source.metric
        for arc in (graph.entering[end] if end is not None else ())
        if arc.influence.kind == "identity" or arc.influence.strength != "weak"
    }
    drivers |= {movement.metric for movement in item.movements}
    held = (k for k in s.company.goals.kpis.values() if k.kind == "kpi" and k.department == key)
    return any(m.metric in drivers and not m.metric.startswith("customer.") for k in held for m in k.movements)
