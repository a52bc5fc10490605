"""What an incentive plan pays for: weight moved to quality, components added, replaced or taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from app.domain.document import Component
from app.domain.finders.found import Found, component, listed, new_key, plan
from app.domain.finders.new_kpis import new_measures
from app.domain.finders.quality import harmless, pays_for_quality, quality_kpis
from app.domain.finders.shares import exact, minus, movable, percent, plus, scaled
from app.domain.goals import SELLING, Item, Part
from app.domain.patch_templates import Bindings
from app.domain.situation import Situation

MOST_COMPONENTS = 4
"""No further component is added to a plan with so many: people mind few (judgement)."""

FEW = 5
"""Components that a plan keeps when there are too many."""

CAP = 1.5

NEVER_MADE_GOOD = frozenset({"uncontrollable", "activity_paid"})
"""Flaws of a component whose pay is better spent otherwise, whatever it harms."""

TAKES_FROM_CUSTOMERS = frozenset({"penalty_pressure", "no_quality_gate", "ranking"})
"""Flaws that no guard makes good where the component takes from customers what they are owed."""


def quality_in_plan(s: Situation, _: Bindings) -> Iterator[Found]:
    """The harmful component and the heaviest of the same plan that pays for quality, with weights after the first gave some up."""
    if s.serves_customers:
        return
    for part in s.parts:
        incentive_plan, harmful = part.incentive_plan, part.component
        moved = movable(harmful.weight)
        better = [c for c in incentive_plan.components if c is not harmful and pays_for_quality(s, incentive_plan, c)]
        for other in sorted(better, key=lambda c: (-c.weight, c.key))[:1]:
            if moved:
                yield _moved(s, part, other, moved)


def token_quality(s: Situation, _: Bindings) -> Iterator[Found]:
    """A component for customers that is in the plan for show, and the heaviest other one, which gives it weight."""
    for part in s.named_parts:
        others = [c for c in part.incentive_plan.components if c is not part.component]
        for heavy in sorted(others, key=lambda c: (-c.weight, c.key))[:1]:
            moved = movable(heavy.weight)
            if moved:
                yield _moved(s, Part(part.incentive_plan, heavy, 0.0, 0.0), part.component, moved)


def unpaid_quality(s: Situation, _: Bindings) -> Iterator[Found]:
    """A quality KPI that the people see and that their plan does not pay yet, as a new component with up to a third of the pay."""
    if s.serves_customers:
        return
    for part in s.parts:
        paid = {c.kpi for c in part.incentive_plan.components}
        for item in quality_kpis(s):
            if item.key not in paid:
                yield from _added(s, part, {"kpi": item.key}, item.name, item.key)


def unpaid_customers(s: Situation, _: Bindings) -> Iterator[Found]:
    """For a department that measures customers and pays for other things: its KPI on them as a component of its heaviest plan."""
    company = s.company
    plans = [p for p in company.detection.document.incentive_plans if p.department == s.department]
    kpis = [
        item
        for _, item in sorted(company.goals.kpis.items())
        if item.kind == "kpi" and item.department == s.department and company.measures.about_customers(item)
    ]
    for incentive_plan in sorted(plans, key=lambda p: (-p.target_variable_pay_share, p.key)):
        heaviest = min(incentive_plan.components, key=lambda c: (-c.weight, c.key))
        for item in kpis:
            yield from _added(s, Part(incentive_plan, heaviest, 0.0, 0.0), {"kpi": item.key}, item.name, item.key)


def counter_measure(s: Situation, _: Bindings) -> Iterator[Found]:
    """A new KPI that falls when the paid one is pushed too hard, paid as a new component with up to a third of the pay."""
    if s.serves_customers:
        return
    for part in s.parts[:1]:
        for kpi in new_measures(s, weight=0.0):
            if kpi["department"] == part.incentive_plan.department:
                for found in _added(s, part, {"kpi": kpi["key"]}, kpi["name"], kpi["key"]):
                    yield {**found, "kpi": kpi}


def better_measure(s: Situation, _: Bindings) -> Iterator[Found]:
    """A KPI of the same department that stands for what is harmed and harms nothing, to be paid instead: not of a sale or a result."""
    if s.goal is None or s.serves_customers or _lives_on(s):
        return
    for part in s.parts:
        paid = {c.kpi for c in part.incentive_plan.components}
        guarded = {g.kpi for g in (part.component.gate, part.component.modifier) if g}
        if part.component.kpi is None:
            continue
        for item in quality_kpis(s):
            if (
                item.department == part.incentive_plan.department
                and item.key not in paid | guarded
                and harmless(s, item)
            ):
                yield {**component(s.company, part), "better": {"key": item.key, "name": item.name}}


def removable(s: Situation, _: Bindings) -> Iterator[Found]:
    """A component that no guard makes good, its pay turned into salary: the others keep what hangs on them."""
    for part in _better_unpaid(s):
        incentive_plan, gone = part.incentive_plan, part.component
        others = [c for c in incentive_plan.components if c is not gone]
        if not others or gone.weight >= 1:
            continue
        left = 1 - exact(gone.weight)
        share = (exact(incentive_plan.target_variable_pay_share) * left).quantize(Decimal("0.0001"))
        yield {
            **component(s.company, part),
            "plan": {**plan(s.company, incentive_plan), "share": float(share)},
            "others": _reweighted(s, others, Decimal(1)),
        }


def only_component(s: Situation, _: Bindings) -> Iterator[Found]:
    """A plan that pays for nothing but a measure that no guard makes good."""
    for part in _better_unpaid(s):
        incentive_plan = part.incentive_plan
        if len(incentive_plan.components) == 1 and incentive_plan.target_variable_pay_share > 0:
            share = percent(exact(incentive_plan.target_variable_pay_share))
            yield {**component(s.company, part), "plan": {**plan(s.company, incentive_plan), "percent": share}}


def twin(s: Situation, _: Bindings) -> Iterator[Found]:
    """A component that pays for the same as a heavier one of its plan, which takes over its weight."""
    for part in s.named_parts:
        incentive_plan, lighter = part.incentive_plan, part.component
        movement = s.company.paid_for(incentive_plan, lighter).movement
        same = [
            c
            for c in incentive_plan.components
            if c is not lighter and movement and s.company.paid_for(incentive_plan, c).movement == movement
        ]
        for other in sorted(same, key=lambda c: (-c.weight, c.key))[:1]:
            if (other.weight, lighter.key) >= (lighter.weight, other.key):
                yield _moved(s, part, other, exact(lighter.weight))


def crowd(s: Situation, _: Bindings) -> Iterator[Found]:
    """A plan with too many components: those that it keeps, for customers and safety first, then the heaviest, and those that go."""
    for part in s.named_parts[:1]:
        incentive_plan = part.incentive_plan
        paid = [(c, s.company.paid_for(incentive_plan, c).item) for c in incentive_plan.components]
        ranked = sorted(paid, key=lambda p: (_dispensable(s, p[1]), -p[0].weight, p[0].key))
        most = FEW - 1 if len(paid) <= FEW else FEW
        keep, drop = [c for c, _ in ranked[:most]], [c for c, _ in ranked[most:]]
        if not drop:
            continue
        names = {c.key: item.name for c, item in paid}
        yield {
            "plan": plan(s.company, incentive_plan),
            "count": len(keep),
            "name": listed([names[c.key] for c in sorted(drop, key=lambda c: c.key)], quoted=True),
            "others": _reweighted(s, keep, Decimal(1)),
            "gone": _last_first([{"key": c.key, "path": s.company.path("components", c.key)} for c in drop]),
        }


def _dispensable(s: Situation, item: Item) -> int:
    """How easily a measure is spared: 0 on customers, 1 on what keeps them or keeps people and the law safe, 2 the rest."""
    if s.company.measures.is_outcome(item):
        return 0
    metric = s.company.goals.metric(item)
    return 1 if metric is None or metric.reap in ("retention", "none") else 2


def _moved(s: Situation, part: Part, to: Component, moved: Decimal) -> dict[str, Any]:
    return {
        "plan": plan(s.company, part.incentive_plan),
        "source": {**component(s.company, part), "weight": minus(part.component.weight, moved)},
        "to": {
            "key": to.key,
            "path": s.company.path("components", to.key),
            "name": s.company.paid_for(part.incentive_plan, to).item.name,
            "weight": plus(to.weight, moved),
        },
        "points": percent(moved),
    }


def _added(s: Situation, part: Part, paid: Mapping[str, Any], name: Any, suffix: str) -> Iterator[Found]:
    """The plan with a component more, whose weight the harmful one gives."""
    incentive_plan, harmful = part.incentive_plan, part.component
    moved = movable(harmful.weight)
    crowded = len(incentive_plan.components) >= MOST_COMPONENTS
    if not moved or crowded or incentive_plan.target_variable_pay_share <= 0:
        return
    yield {
        "plan": plan(s.company, incentive_plan),
        "source": {**component(s.company, part), "weight": minus(harmful.weight, moved)},
        "name": name,
        "points": percent(moved),
        "component": {
            "key": new_key(f"{incentive_plan.key}-{suffix}", s.company.component_keys),
            **paid,
            "weight": float(moved),
            "payout": {"kind": "linear", "cap": harmful.payout.cap or CAP},
        },
    }


def _reweighted(s: Situation, components: Sequence[Component], whole: Decimal) -> list[dict[str, Any]]:
    weights = scaled([exact(c.weight) for c in components], whole)
    after = [
        {"key": c.key, "path": s.company.path("components", c.key), "weight": weight}
        for c, weight in zip(components, weights, strict=True)
    ]
    return sorted(after, key=lambda c: str(c["key"]))


def _last_first(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In the order in which places in a list can be removed without moving those still to be removed."""
    return sorted(items, key=lambda item: -int(str(item["path"]).rpartition("/")[2]))


def _better_unpaid(s: Situation) -> Iterable[Part]:
    """Components that had better not be paid: out of the role's hands, or taking from customers what they are owed, and ungated."""
    if _lives_on(s) or s.serves_customers:
        return ()
    flaw = s.finding.flaw
    if flaw in NEVER_MADE_GOOD:
        return s.parts
    takes = _takes_from_customers(s) and (flaw is None or flaw in TAKES_FROM_CUSTOMERS)
    return [part for part in s.parts if part.component.gate is None] if takes else ()


def _takes_from_customers(s: Situation) -> bool:
    """Whether what is paid for is had at the customers' expense: strong harm to them, little help."""
    if s.conflict is None or s.target is None or s.target.kind != "outcome":
        return False
    between = s.conflict.between
    if s.direct or any(part.component.penalties for part in s.parts):
        return True
    return between.harm >= 0.5 and between.help <= 0.5 * between.harm


def _lives_on(s: Situation) -> bool:
    """Whether the company lives on what is paid for: a financial result, customers kept, or what the role is there to sell."""
    if s.goal is None:
        return False
    metric = s.company.goals.metric(s.goal.item)
    if metric is None:
        return False
    sells = metric.reap in SELLING and s.goal.function in ("sales", "marketing")
    return metric.kind == "financial" or metric.reap == "retention" or metric.customer_outcome or sells
