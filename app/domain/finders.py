"""Finders: what a remedy's template needs to know of this company, each a function from a situation to what it found (semantics §8).

A finder yields the alternatives that an analyst would consider, best first, and nothing where the remedy would be silly: no gate on
what the people cannot see, no clawback on a support agent's bonus. It sees what finders named before it in the form have found.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.domain.document import Accelerator, Component, IncentivePlan, Kpi, Outcome
from app.domain.goals import SELLING, Goal, Item, Part
from app.domain.remedies import Bindings, Text
from app.domain.situation import Company, Situation
from app.domain.terms import DAYS_IN_MONTH, PERIOD_DAYS

Found = Mapping[str, Any]
Finder = Callable[[Situation, Bindings], Iterable[Found]]

LEAST_STAKE = 0.005
"""Pay below this share of total pay is left alone."""

HELD_STAKE = 0.05
"""Pay from this share of total pay on is worth holding back."""

LONGEST_WAIT = 180
"""Days after which a measure comes too late to gate pay on, unless the pay period is longer."""

MOST_MONTHS = 36
SMALL_EARNERS = frozenset({"service", "operations", "hr", "it"})
"""Functions whose people are paid too little variable pay, too often, for it to be held or taken back."""

SELLERS = frozenset({"sales", "marketing", "customer_success"})
LONGER = {"month": "quarter", "quarter": "year"}
HELPS = 0.3
"""From this help on a measure stands for what is harmed."""

GUARDRAIL_SHARE = Decimal("0.2")
COUNTER_SHARE = Decimal("0.3")
STEP = Decimal("0.05")
ACCOUNTABLE = ("customer_success", "service", "marketing", "product", "executive", "operations", "sales")
"""Functions in the order in which one looks for somebody to answer for customers."""


def pusher(s: Situation, _: Bindings) -> Iterator[Found]:
    """The department that acts, and what it pushes."""
    if s.department is not None:
        yield {**_department(s.company, s.department), "pushes": s.goal.item.name if s.goal else ""}


def harmed(s: Situation, _: Bindings) -> Iterator[Found]:
    """The goal or outcome that suffers."""
    if s.target is not None:
        yield {"key": s.target.key, "name": s.target.name, "kind": s.target.kind}


def ungated_pay(s: Situation, _: Bindings) -> Iterator[Found]:
    """All components that pay for what is pushed and have no gate yet."""
    if s.serves_customers:
        return
    yield from _paid(s, lambda part: part.component.gate is None)


def unscaled_pay(s: Situation, _: Bindings) -> Iterator[Found]:
    """All components that pay for what is pushed, with neither gate nor modifier, in amounts that a gate would make too hard."""
    if s.serves_customers:
        return
    yield from _paid(s, lambda part: part.component.gate is None and part.component.modifier is None)


def misgated_pay(s: Situation, _: Bindings) -> Iterator[Found]:
    """Components whose gate stands on a measure that does not protect customers."""
    yield from _paid(s, lambda part: part.component.gate is not None)


def unstated_gate(s: Situation, _: Bindings) -> Iterator[Found]:
    """A gate of which nobody said when it holds."""
    for part in _own_parts(s):
        gate = part.component.gate
        if gate is not None and gate.condition is None:
            item = s.company.goals.kpis[gate.kpi]
            yield {**_component(s.company, part), "guard": {"key": gate.kpi, "name": item.name}}


def metric_on_chain(s: Situation, found: Bindings) -> Iterator[Found]:
    """What pay can be made to depend on: the first measure on the chain that the people see and can move, else the harmed one itself.

    KPIs that exist come first; then (`new`) a measure to be taken up: one on the chain, or the outcome.
    """
    if s.goal is None or s.direct:
        return
    paid = {item.get("kpi") for item in found.get("pay", {}).get("items", ())}
    seen: set[str] = set()
    for item in _guards(s):
        if item.key not in seen and item.key not in paid and item is not s.goal.item:
            seen.add(item.key)
            yield {"key": item.key, "name": item.name, "new": False, "kpi": None, "source": _level_source(item)}
    for kpi in _new_measures(s, weight=0.0):
        yield {"key": kpi["key"], "name": kpi["name"], "new": True, "kpi": kpi, "source": kpi}


def scalable_metric(s: Situation, found: Bindings) -> Iterator[Found]:
    """The same, of KPIs that exist and have both baseline and target, between which pay can be scaled."""
    for guard in metric_on_chain(s, found):
        if (
            not guard["new"]
            and guard["source"].get("baseline") is not None
            and guard["source"].get("target") is not None
        ):
            yield guard


def baseline_or_target(s: Situation, found: Bindings) -> Iterator[Found]:
    """When the guard holds: at today's level, else at the target on record, else no worse than of late (in words)."""
    source = found["guard"]["source"]
    level = source.get("baseline") if source.get("baseline") is not None else source.get("target")
    wanted = source.get("direction")
    if level is None or wanted == "maintain":
        last = Text(
            "No worse than its average over the last four quarters",
            "Nicht schlechter als im Schnitt der letzten vier Quartale",
        )
        yield {"condition": last, "reads": Text("is no worse than of late", "nicht schlechter ist als zuletzt")}
        return
    sign = "<=" if wanted == "decrease" else ">="
    unit = source.get("unit") or ""
    number = f"{level:g}" if abs(level) < 1e6 else f"{level:.0f}"
    at = f"{number} {unit}".strip()
    yield {
        "condition": f"{sign} {number}",
        "reads": Text(
            f"is at {at} or {'less' if sign == '<=' else 'more'}",
            f"bei {at} oder {'darunter' if sign == '<=' else 'darüber'} liegt",
        ),
    }


def lag_in_months(s: Situation, _: Bindings) -> Iterator[Found]:
    """For how long pay has to be held until the harm shows, in whole months, and the components for which that makes sense.

    Only where a sale, a contract or a financial result is paid, to people whose variable pay is large enough to hold.
    """
    if s.goal is None or s.serves_customers or s.conflict is None:
        return
    function = s.company.departments[s.goal.department].function
    if function in SMALL_EARNERS:
        return
    lags = [s.conflict.lag_days]
    if s.finding.kind == "incentive_flaw":
        lags += [
            int(s.finding.facts[name]) for name in ("late_lag_days", "worst_lag_days") if s.finding.facts.get(name)
        ]
    months = min(MOST_MONTHS, max(3, math.ceil(max(lags) / DAYS_IN_MONTH)))
    items = [
        _component(s.company, part)
        for part in s.parts
        if part.component.weight * part.incentive_plan.target_variable_pay_share >= HELD_STAKE
        and max(lags) > PERIOD_DAYS[part.incentive_plan.period] / 2
        and part.component.held_days < months * DAYS_IN_MONTH
        and (_can_be_undone(s, part) or part.incentive_plan.period == "year")
    ]
    if items:
        yield {**_listed(items), "months": months, "sold": any(_can_be_undone(s, part) for part in s.parts)}


def lag_in_months_of_sales(s: Situation, found: Bindings) -> Iterator[Found]:
    """The same where what was paid for can be undone: a sale, a contract, a renewal."""
    for held in lag_in_months(s, found):
        if held["sold"]:
            yield held


def uncapped_pay(s: Situation, _: Bindings) -> Iterator[Found]:
    """Components that pay without limit, with the cap that fits: twice target pay where selling is paid by result, else half as much again."""
    if s.serves_customers and s.finding.kind != "incentive_flaw":
        return
    items = []
    for part in s.parts:
        payout = part.component.payout
        if payout.kind in ("linear", "tiered", "commission") and not payout.cap:
            cap = 2.0 if payout.kind == "commission" or payout.accelerator_max > 1 else 1.5
            items.append({**_component(s.company, part), "cap": cap})
    if items:
        yield {**_listed(items), "cap": f"{max(i['cap'] for i in items):g}"}


def jagged_pay(s: Situation, _: Bindings) -> Iterator[Found]:
    """Components whose pay jumps (at one value, by rank, from the first unit), with a payout in proportion instead."""
    items = []
    for part in s.parts:
        payout = part.component.payout
        retroactive = any(a.retroactive for a in payout.accelerators)
        if (
            payout.kind in ("threshold", "ranking")
            or retroactive
            or (payout.kind in ("linear", "tiered") and _steps(part))
        ):
            items.append({**_component(s.company, part), "payout": _smooth(part.component)})
    if items:
        yield {**_listed(items), "jumps": _jumps(s.parts)}


def quality_in_plan(s: Situation, _: Bindings) -> Iterator[Found]:
    """The harmful component and one of the same plan that pays for quality, with weights after half of the first has moved."""
    for part in s.parts:
        plan, harmful = part.incentive_plan, part.component
        better = [c for c in plan.components if c is not harmful and _stands_for(s, _goal_of(s.company, plan, c))]
        for other in sorted(better, key=lambda c: (-c.weight, c.key))[:1]:
            moved = _half(harmful.weight)
            if moved:
                yield {
                    "plan": _plan(s.company, plan),
                    "source": {**_component(s.company, part), "weight": _minus(harmful.weight, moved)},
                    "to": {
                        "key": other.key,
                        "path": s.company.path("components", other.key),
                        "name": _goal_of(s.company, plan, other).item.name,
                        "weight": _plus(other.weight, moved),
                    },
                    "points": _points(moved),
                }  # fmt: skip


def unpaid_quality(s: Situation, _: Bindings) -> Iterator[Found]:
    """A quality KPI that the people see and that their plan does not pay yet, as a new component with a third of the pay."""
    for part in s.parts:
        plan = part.incentive_plan
        paid = {c.kpi for c in plan.components}
        for item in _quality_kpis(s):
            if item.key not in paid and s.company.sees(plan.department, item):
                yield from _with_new_component(s, part, {"kpi": item.key}, item.name, item.key)


def counter_measures(s: Situation, _: Bindings) -> Iterator[Found]:
    """A new measure that falls when the paid one is pushed too hard, as a new component with a third of the pay."""
    if s.direct:
        return
    for part in s.parts[:1]:
        for kpi in _new_measures(s, weight=None):
            measure = {name: kpi.get(name) for name in ("direction", "metric", "inverted", "family")}
            yield from _with_new_component(s, part, {"measure": kpi["name"], **measure}, kpi["name"], kpi["key"])


def better_measure(s: Situation, _: Bindings) -> Iterator[Found]:
    """A KPI of the same department that stands for what customers get, to be paid instead."""
    for part in s.parts:
        plan, component = part.incentive_plan, part.component
        metric = s.goal and s.company.goals.metric(s.goal.item)
        financial = metric is not None and (metric.kind == "financial" or metric.reap in SELLING)
        paid = {c.kpi for c in plan.components}
        if component.kpi is None or financial:
            continue
        for item in _quality_kpis(s):
            if item.department == plan.department and item.key not in paid:
                yield {**_component(s.company, part), "better": {"key": item.key, "name": item.name}}


def kpi_weights(s: Situation, _: Bindings) -> Iterator[Found]:
    """The pushed KPI and one of the same department that stands for what is harmed, with weights after half of the first has moved."""
    if s.goal is None or not isinstance(s.goal.item.source, Kpi) or not s.goal.own_kpi or s.serves_customers:
        return
    source = s.goal.item.source
    if not source.weight:
        return
    for item in _quality_kpis(s):
        other = item.source
        if isinstance(other, Kpi) and item.department == s.goal.department and other.weight is not None:
            moved = _half(source.weight)
            if moved:
                yield {
                    "source": {"key": source.key, "name": source.name, "path": s.company.path("kpis", source.key), "weight": _minus(source.weight, moved)},
                    "to": {"key": other.key, "name": other.name, "path": s.company.path("kpis", other.key), "weight": _plus(other.weight, moved)},
                    "department": _department(s.company, s.goal.department),
                }  # fmt: skip


def guardrail_measure(s: Situation, _: Bindings) -> Iterator[Found]:
    """A KPI for the acting department on what it harms, or on the first step of the chain that it has in its hands: watched, not paid."""
    if s.goal is None or s.target is None or s.direct or s.rival:
        return
    weight = _new_weight(s.company, s.goal.department)
    for kpi in _new_measures(s, weight=weight, target_first=True):
        yield {**kpi, "kpi": kpi}


def handover(s: Situation, _: Bindings) -> Iterator[Found]:
    """What the acting department owes the other one: a measure on the chain, carried by both."""
    if s.goal is None or s.target is None or s.direct or s.target.kind == "outcome" or s.target.department is None:
        return
    other = s.target.department
    if other == s.goal.department:
        return
    weight = _new_weight(s.company, s.goal.department)
    for kpi in _new_measures(s, weight=weight, sees_target=True):
        agreed = {**kpi, "key": _free(f"sla-{kpi['key']}", s.company.kpis), "shared_with": [other]}
        yield {**agreed, "kpi": agreed, "other": _department(s.company, other)}


def harmed_kpi(s: Situation, _: Bindings) -> Iterator[Found]:
    """KPIs that two departments should carry together: the harmed one, or one that measures the harmed outcome; for rivals both."""
    if s.goal is None or s.target is None or (s.direct and not s.rival):
        return
    pushing = s.goal.department
    pairs: list[tuple[Item, str]] = []
    if s.rival and s.target.department:
        pairs = [(s.target, pushing), (s.goal.item, s.target.department)]
    elif s.target.kind == "kpi" and s.target.department != pushing and _same_chain(s, pushing):
        pairs = [(s.target, pushing)]
    elif s.target.kind == "outcome":
        measuring = [
            item for item in s.company.goals.kpis.values()
            if item.kind == "kpi" and item.movement and item.movement in s.target.movements and item.department != pushing
        ]  # fmt: skip
        pairs = [(item, pushing) for item in sorted(measuring, key=lambda i: i.key)[:1]]
    items = [
        {
            "key": item.key,
            "name": item.name,
            "path": s.company.path("kpis", item.key),
            "with": department,
            "home": item.department,
        }
        for item, department in pairs
        if item.kind == "kpi" and department not in s.company.goals.holders[item.key]
    ]
    if items:
        homes = {str(i["home"]) for i in items} | {str(i["with"]) for i in items}
        names = [s.company.departments[d].name for d in sorted(homes)]
        yield {**_listed(items), "departments": " / ".join(names)}


def exclusive_credit(s: Situation, _: Bindings) -> Iterator[Found]:
    """Components whose success counts for one department only."""
    items = [_component(s.company, part) for part in s.parts if part.component.exclusive_credit]
    if items:
        yield _listed(items)


def longer_period(s: Situation, _: Bindings) -> Iterator[Found]:
    """The plan with its next longer pay period; nobody on the front line is made to wait for more than a quarter."""
    lag = s.conflict.lag_days if s.conflict else 0
    for name in ("late_lag_days", "kpi_horizon_days"):
        lag = max(lag, int(s.finding.facts.get(name) or 0))
    for part in s.parts[:1]:
        plan = part.incentive_plan
        function = s.company.departments[plan.department].function
        period: str | None = LONGER.get(plan.period)
        if period == "quarter" and PERIOD_DAYS["quarter"] < lag and function not in SMALL_EARNERS | SELLERS:
            period = "year"
        if period is None or lag <= PERIOD_DAYS[plan.period] or (period == "year" and function in SMALL_EARNERS):
            continue
        said = {"quarter": Text("once a quarter", "einmal im Quartal"), "year": Text("once a year", "einmal im Jahr")}
        yield {**_plan(s.company, plan), "period": period, "often": said[period]}


def removable(s: Situation, _: Bindings) -> Iterator[Found]:
    """A component that no guard makes good, with its pay turned into salary: the others keep what hangs on them."""
    if not _should_go(s):
        return
    for part in s.parts:
        plan, component = part.incentive_plan, part.component
        others = [c for c in plan.components if c is not component]
        if not others or component.weight >= 1:
            continue
        left = 1 - _exact(component.weight)
        weights = _shares([_exact(c.weight) for c in others], left)
        yield {
            **_component(s.company, part),
            "plan": _plan(s.company, plan),
            "share": float((_exact(plan.target_variable_pay_share) * left).quantize(Decimal("0.0001"), ROUND_HALF_UP)),
            "others": [
                {"key": c.key, "path": s.company.path("components", c.key), "weight": w}
                for c, w in zip(others, weights, strict=True)
            ],
        }


def only_component(s: Situation, _: Bindings) -> Iterator[Found]:
    """A plan that pays for nothing but a measure that no guard makes good."""
    if not _should_go(s):
        return
    for part in s.parts:
        plan = part.incentive_plan
        if len(plan.components) == 1 and plan.target_variable_pay_share > 0:
            yield {**_component(s.company, part), "plan": _plan(s.company, plan)}


def penalties(s: Situation, _: Bindings) -> Iterator[Found]:
    """Components on which more than pay hangs."""
    items = [_component(s.company, part) for part in s.parts if part.component.penalties]
    if items and not s.serves_customers:
        yield _listed(items)


def accountable(s: Situation, _: Bindings) -> Iterator[Found]:
    """The department that could answer for the customers' outcomes: near to them, and not working against them."""
    for key in _accountable(s.company)[:2]:
        yield _department(s.company, key)


def organization(s: Situation, _: Bindings) -> Iterator[Found]:
    """The company itself."""
    yield {"name": s.company.raw["organization"]["name"]}


def unmeasured_outcomes(s: Situation, _: Bindings) -> Iterator[Found]:
    """KPIs for the outcomes that nobody measures, for the department that could answer for them."""
    home = next(iter(_accountable(s.company)), None)
    if home is None:
        return
    measured = {m for item in s.company.goals.kpis.values() if item.kind == "kpi" for m in item.movements}
    missing = [o for _, o in sorted(s.company.goals.outcomes.items()) if not measured & set(o.movements)]
    weight = _new_weight(s.company, home)
    items, taken = [], dict(s.company.kpis)
    for outcome in missing:
        if not outcome.movements and not outcome.families:
            continue
        kpi = _copied(s.company, outcome, home, weight, taken)
        taken[kpi["key"]] = None  # type: ignore[assignment]
        items.append({"kpi": kpi, **kpi})
    if items:
        yield {**_listed(items), "department": _department(s.company, home)}


def customer_measure(s: Situation, _: Bindings) -> Iterator[Found]:
    """A KPI on the weightiest outcome for a department that has none on customers."""
    department = s.department
    if department is None:
        return
    weight = _new_weight(s.company, department)
    outcomes = sorted(s.company.goals.outcomes.values(), key=lambda o: (-_weight_of(o), o.key))
    for outcome in outcomes:
        if (
            outcome.movement
            and not s.company.pushes(department, outcome.movement)
            and s.company.sees(department, outcome)
        ):
            kpi = _copied(s.company, outcome, department, weight, s.company.kpis)
            yield {**kpi, "kpi": kpi}


def self_approved(s: Situation, _: Bindings) -> Iterator[Found]:
    """Plans that one department designs and approves, or approves for itself, and another that could approve them."""
    items = [
        {**_plan(s.company, plan)}
        for plan in s.company.document.incentive_plans
        if plan.department == s.department
        and plan.approved_by
        and plan.approved_by in (plan.designed_by, plan.department)
    ]
    concerned = {p.designed_by for p in s.company.document.incentive_plans} | {s.department}
    for function in ("hr", "finance", "legal", "executive"):
        for department in sorted(s.company.departments):
            if s.company.departments[department].function == function and department not in concerned and items:
                yield {**_listed(items), "approver": _department(s.company, department)}
                return


FINDERS: dict[str, Finder] = {
    finder.__name__: finder
    for finder in (
        pusher, harmed, ungated_pay, unscaled_pay, misgated_pay, unstated_gate, metric_on_chain, scalable_metric,
        baseline_or_target, lag_in_months, lag_in_months_of_sales, uncapped_pay, jagged_pay, quality_in_plan, unpaid_quality,
        counter_measures, better_measure, kpi_weights, guardrail_measure, handover, harmed_kpi, exclusive_credit, longer_period,
        removable, only_component, penalties, accountable, organization, unmeasured_outcomes, customer_measure, self_approved,
    )
}  # fmt: skip
"""Name in a template → finder."""


# --- what is looked at -------------------------------------------------------------------------------------------------------------


def _guards(s: Situation) -> Iterator[Item]:
    """KPIs on which pay can depend: on the chain in its order, then the harmed KPI, then those of customers that stand for it."""
    if s.goal is None:
        return
    company, department = s.company, s.goal.department
    kpis = [item for _, item in sorted(company.goals.kpis.items()) if item.kind == "kpi"]
    visible = [item for item in kpis if item.wanted != "maintain" and company.sees(department, item)]
    waited = 0
    for arc in s.conflict.between.chain if s.conflict else ():
        waited += arc.lag_days
        good = arc.target.opposite
        if waited <= _longest_wait(s):
            yield from (item for item in visible if item.movement == good)
    if s.target is not None and s.target.kind == "kpi" and s.target in visible and not s.direct:
        yield s.target
    yield from (item for item in _quality_kpis(s) if item in visible)


def _longest_wait(s: Situation) -> int:
    periods = [PERIOD_DAYS[part.incentive_plan.period] for part in s.parts]
    return max([LONGEST_WAIT, *periods])


def _quality_kpis(s: Situation) -> list[Item]:
    """KPIs that stand for what is harmed, or for customers, most first; not what is pushed itself."""
    if s.goal is None:
        return []
    found = []
    for _, item in sorted(s.company.goals.kpis.items()):
        if item.kind != "kpi" or item is s.goal.item or item.department is None or item.wanted == "maintain":
            continue
        goal = s.company.goal(item, item.department)
        if goal is not None and _stands_for(s, goal) and s.company.sees(s.goal.department, item):
            found.append((item.department != s.goal.department, -_help(s, goal), item.key, item))
    return [item for *_, item in sorted(found, key=lambda f: f[:3])]


def _stands_for(s: Situation, goal: Goal) -> bool:
    """Whether a goal is one of quality here: it helps what is harmed, or is itself owed to customers, and the push does not help it."""
    if s.goal is None or goal.item is s.goal.item:
        return False
    if s.target is not None and goal.item is s.target:
        return True
    if s.target is not None and _help(s, goal) >= HELPS:
        return True
    return s.company.measures.about_customers(goal.item) is True


def _help(s: Situation, goal: Goal) -> float:
    """How far a goal helps what is harmed, less what it harms itself."""
    if s.target is None:
        return 0.0
    aims = [t for t in s.company.field.targets if t.item is s.target]
    answers = [s.company.field.between(goal, aim) for aim in aims]
    return max((a.help - a.harm for a in answers), default=0.0)


def _goal_of(company: Company, plan: IncentivePlan, component: Component) -> Goal:
    return company.measures.paid[plan.key, component.key].goal


def _new_measures(
    s: Situation, *, weight: float | None, target_first: bool = False, sees_target: bool = False
) -> Iterator[dict[str, Any]]:
    """KPIs that the acting department does not have yet: metrics on the chain that it has in its hands, and the harmed one itself."""
    if s.goal is None or s.target is None or s.direct:
        return
    on_chain = list(_chain_measures(s, weight))
    itself = list(_target_measure(s, weight, sees_target))
    yield from [*itself, *on_chain] if target_first else [*on_chain, *itself]


def _chain_measures(s: Situation, weight: float | None) -> Iterator[dict[str, Any]]:
    assert s.goal is not None and s.target is not None
    department, company = s.goal.department, s.company
    waited = 0
    for arc in s.conflict.between.chain if s.conflict else ():
        waited += arc.lag_days
        movement = arc.target.opposite
        metric = company.metric(movement.metric)
        if metric is None or waited > _longest_wait(s) or movement in s.target.movements:
            continue
        if metric.good is not None and metric.good != movement.direction:
            continue
        measured = any(
            movement in item.movements for item in company.goals.kpis.values() if company.sees(department, item)
        )
        if metric.kind == "financial" or measured or not company.controls(department, metric.id):
            continue
        if s.goal.movement is not None and metric.id == s.goal.movement.metric:
            continue
        yield _kpi(
            key=_free(f"{department}-{metric.id.split('.')[-1].replace('_', '-')}", company.kpis),
            department=department,
            name=Text(metric.name, metric.name_de or metric.name),
            direction="increase" if movement.direction == "up" else "decrease",
            metric=metric.id,
            weight=weight,
        )
        return


def _target_measure(s: Situation, weight: float | None, sees_target: bool) -> Iterator[dict[str, Any]]:
    assert s.goal is not None and s.target is not None
    target, department = s.target, s.goal.department
    if target.wanted == "maintain" or not (target.movements or target.families) or target.department == department:
        return
    if target.movement and s.company.pushes(department, target.movement):
        return
    if s.conflict is not None and sum(a.lag_days for a in s.conflict.between.chain) > 2 * 365:
        return
    if sees_target and not s.company.sees(department, target):
        return
    yield _copied(s.company, target, department, weight, s.company.kpis)


def _copied(
    company: Company, target: Item, department: str, weight: float | None, taken: Mapping[str, Any]
) -> dict[str, Any]:
    """A KPI of the department on the same thing as an outcome or another's KPI."""
    source = target.source
    assert isinstance(source, Kpi | Outcome)
    level = (source.baseline, source.target) if source.baseline != source.target else (None, source.target)
    return _kpi(
        key=_free(f"{department}-{target.key}", taken),
        department=department,
        name=target.name,
        direction=target.wanted,
        metric=target.resolution.metric,
        inverted=True if target.resolution.metric and target.resolution.inverted else None,
        family=source.family if not target.resolution.metric else None,
        unit=source.unit,
        baseline=level[0],
        target=level[1],
        tolerance=source.tolerance,
        weight=weight,
    )


def _kpi(**members: Any) -> dict[str, Any]:
    """A new KPI; members that are None are left out when it is written."""
    return members


def _new_weight(company: Company, department: str) -> float | None:
    """The weight with which a new KPI has a fifth of its department; None where no KPI has one, so that all share equally."""
    weights = [kpi.weight for kpi in company.document.kpis if kpi.department == department]
    given = [_exact(w) for w in weights if w is not None]
    whole = sum(given, Decimal(0))
    if not given or len(given) < len(weights) or whole <= 0:
        return None
    return float((whole * GUARDRAIL_SHARE / (1 - GUARDRAIL_SHARE)).quantize(_unit(whole), ROUND_HALF_UP))


def _unit(whole: Decimal) -> Decimal:
    return Decimal(1).scaleb(whole.adjusted() - 2)


def _free(wanted: str, taken: Iterable[str]) -> str:
    """A key that is not taken yet."""
    known = set(taken)
    key = re.sub(r"[^a-z0-9._-]+", "-", wanted.lower())[:56].strip("-._") or "new"
    return (
        key if key not in known else next(f"{key}-{n}" for n in range(2, len(known) + 3) if f"{key}-{n}" not in known)
    )


def _level_source(item: Item) -> dict[str, Any]:
    source = item.source
    if not isinstance(source, Kpi | Outcome):
        return {"direction": item.wanted}
    return {"direction": item.wanted, "baseline": source.baseline, "target": source.target, "unit": source.unit}


def _same_chain(s: Situation, department: str) -> bool:
    """Whether a department is near enough to the harmed KPI to carry it: it has a hand in it, or the push gets there in two steps."""
    assert s.target is not None
    if s.conflict is None or s.conflict.between.fallback != "none":
        return s.target.movement is None or s.company.controls(department, s.target.movement.metric)
    return len(s.conflict.between.chain) <= 2 or s.company.sees(department, s.target)


def _should_go(s: Situation) -> bool:
    """Whether paying less for it is the cure: it takes from customers what they are owed, is out of the role's hands, or is paid twice."""
    if s.finding.kind == "incentive_flaw":
        if s.finding.flaw in ("too_many_measures", "paid_twice", "uncontrollable", "activity_paid"):
            return True
        return s.finding.flaw in ("penalty_pressure", "no_quality_gate", "ranking") and _takes_from_customers(s)
    return _takes_from_customers(s)


def _takes_from_customers(s: Situation) -> bool:
    """Whether what is paid for is had at the customers' expense: strong harm, little help, and no sale or result that all live on."""
    if s.conflict is None or s.goal is None or s.target is None or s.target.kind != "outcome":
        return False
    if s.direct or any(part.component.penalties for part in s.parts):
        return True
    metric = s.company.goals.metric(s.goal.item)
    lives_on = metric is not None and (metric.reap == "retention" or metric.customer_outcome)
    between = s.conflict.between
    return not lives_on and between.harm >= 0.5 and between.help <= 0.5 * between.harm


def _can_be_undone(s: Situation, part: Part) -> bool:
    """Whether what was paid for may turn out not to last: something sold, renewed or lent."""
    if s.goal is None:
        return False
    metric = s.company.goals.metric(s.goal.item)
    if part.component.payout.kind == "commission":
        return True
    return metric is not None and metric.reap in (*SELLING, "retention")


def _accountable(company: Company) -> list[str]:
    """Departments in the order in which one would make them answerable for customers."""
    harming = {
        match.conflict.goal.department
        for match in company.detection.matches
        if match.conflict is not None and match.conflict.target.is_outcome and match.level in ("high", "critical")
    }
    rank = {function: n for n, function in enumerate(ACCOUNTABLE)}
    known = [d for d in company.document.departments if d.function in rank]
    return [d.key for d in sorted(known, key=lambda d: (d.key in harming, rank[d.function], d.key))]


def _weight_of(outcome: Item) -> float:
    return outcome.source.weight if isinstance(outcome.source, Outcome) else 0.0


# --- how it is written -------------------------------------------------------------------------------------------------------------


def _own_parts(s: Situation) -> list[Part]:
    """The components that a finding of any kind names."""
    keys = {subject.key for subject in s.finding.subjects if subject.kind == "component"}
    return [p.part for (_, key), p in sorted(s.company.measures.paid.items()) if key in keys]


def _paid(s: Situation, fits: Callable[[Part], bool]) -> Iterator[Found]:
    parts = [
        part for part in s.parts if part.component.weight * part.incentive_plan.target_variable_pay_share >= LEAST_STAKE
    ]
    items = [_component(s.company, part) for part in parts if fits(part)]
    if items:
        yield _listed(items)


def _listed(items: Sequence[Found]) -> dict[str, Any]:
    roles = list(dict.fromkeys(str(item["role"]) for item in items if item.get("role")))
    names = list(dict.fromkeys(str(item["name"]) for item in items if item.get("name")))
    return {"items": items, "name": " / ".join(names), "role": " / ".join(roles)}


def _component(company: Company, part: Part) -> dict[str, Any]:
    component, plan = part.component, part.incentive_plan
    return {
        "key": component.key,
        "path": company.path("components", component.key),
        "name": _goal_of(company, plan, component).item.name,
        "role": plan.role or company.departments[plan.department].name,
        "kpi": component.kpi,
        "plan": _plan(company, plan),
    }


def _plan(company: Company, plan: IncentivePlan) -> dict[str, Any]:
    return {
        "key": plan.key,
        "path": company.path("incentive_plans", plan.key),
        "role": plan.role or company.departments[plan.department].name,
    }


def _department(company: Company, key: str) -> dict[str, Any]:
    return {"key": key, "name": company.departments[key].name, "path": company.path("departments", key)}


def _with_new_component(
    s: Situation, part: Part, measured: Mapping[str, Any], name: Any, suffix: str
) -> Iterator[Found]:
    """The plan with a component more, whose weight the harmful one gives: a third of the plan, at most half of what it has."""
    plan, harmful = part.incentive_plan, part.component
    moved = min(COUNTER_SHARE, _half(harmful.weight))
    if not moved or plan.target_variable_pay_share <= 0:
        return
    cap = harmful.payout.cap if harmful.payout.cap else 1.5
    yield {
        "plan": _plan(s.company, plan),
        "source": {**_component(s.company, part), "weight": _minus(harmful.weight, moved)},
        "name": name,
        "points": _points(moved),
        "component": {
            "key": _free(f"{plan.key}-{suffix}", s.company.component_keys),
            **measured,
            "weight": float(moved),
            "payout": {"kind": "linear", "cap": cap},
        },
    }


def _steps(part: Part) -> bool:
    from app.domain.facts.payout import largest_step

    return (largest_step(part.component.payout) or 0.0) >= 0.5


def _smooth(component: Component) -> dict[str, Any]:
    """Pay in proportion, never more than before: the same cap; where pay was a fixed sum that sum."""
    payout = component.payout
    kept = [_accelerator(a) for a in payout.accelerators]
    most = max((tier.pays for tier in payout.tiers), default=None)
    cap = payout.cap or (1.0 if payout.kind == "threshold" and not kept else most or (2.0 if kept else 1.5))
    smooth: dict[str, Any] = {"kind": "commission" if payout.kind == "commission" else "linear", "cap": cap}
    if payout.kind == "commission" and payout.rate is not None:
        smooth["rate"] = payout.rate
    if payout.target is not None:
        smooth["target"] = payout.target
    if kept and payout.kind not in ("threshold", "ranking"):
        smooth["accelerators"] = kept
    return smooth


def _accelerator(accelerator: Accelerator) -> dict[str, Any]:
    return {"above": accelerator.above, "multiplier": accelerator.multiplier}


def _jumps(parts: Sequence[Part]) -> Text:
    kinds = {part.component.payout.kind for part in parts}
    if "ranking" in kinds:
        return Text("by rank among colleagues", "nach dem Platz unter Kollegen")
    if "threshold" in kinds:
        return Text("all or nothing at one value", "alles oder nichts an einer Schwelle")
    return Text("in jumps", "in Sprüngen")


def _exact(number: float) -> Decimal:
    return Decimal(repr(number))


def _half(weight: float) -> Decimal:
    """Half of a weight in round steps (a twentieth, for weights in per cent five): 0.7 → 0.35, 40 → 20; 0 when there is none."""
    whole = _exact(weight)
    if whole <= 0:
        return Decimal(0)
    step = STEP if whole <= 1 else STEP.scaleb(whole.adjusted() + 1)
    half = (whole / 2 / step).to_integral_value(ROUND_HALF_UP) * step
    return half if 0 < half < whole else whole / 2


def _minus(weight: float, moved: Decimal) -> float:
    return float(_exact(weight) - moved)


def _plus(weight: float, moved: Decimal) -> float:
    return float(_exact(weight) + moved)


def _points(moved: Decimal) -> str:
    """A moved share of pay as people say it, in per cent."""
    return f"{(moved * 100).normalize():f}"


def _shares(weights: Sequence[Decimal], whole: Decimal) -> list[float]:
    """Weights scaled to sum to exactly 1; what rounding leaves goes to the largest."""
    scaled = [(w / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP) for w in weights]
    largest = max(range(len(scaled)), key=lambda n: (scaled[n], -n))
    scaled[largest] += 1 - sum(scaled, Decimal(0))
    return [float(w) for w in scaled]
