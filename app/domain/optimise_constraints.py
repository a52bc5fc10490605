"""What a plan has to keep to, and which of it a changed document breaks (semantics §8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from app.domain.changes import changed_amount
from app.domain.document import Document, IncentivePlan, Kpi
from app.domain.errors import Unknown
from app.domain.nearest import nearest

Allowed = Literal["claims", "removals", "target_pay"]
"""What a plan does only when it is allowed: change what only governance says; take a KPI or a component out, or bring its weight, or
the variable pay of an incentive plan, to 0; change what an incentive plan pays at target."""

Kind = Literal[
    "max_changes", "freeze", "weights", "budget", "measures", "claims", "removals", "target_pay", "targets", "own_goal", "worse",
    "total", "must_go",
]  # fmt: skip

_NEAR = 1e-9


class Constraint(NamedTuple):
    """One constraint by itself, such as may stand in the way.

    `about`: the key that is frozen, the incentive plan that may have no more measures, the fingerprint that must go.
    """

    kind: Kind
    about: str = ""


class Constraints(NamedTuple):
    """What a plan has to keep to.

    `frozen`: keys of departments, KPIs, incentive plans and components that stay as they are. `least_weight`, `most_weight`: bounds, 0–1,
    for weights of components that the plan sets. `budget`: money a year that may come to hang on something else, in the document's
    currency. `most_measures`: components of one incentive plan; one that has more already gets no further one. `must_go`: fingerprints
    of findings that must be below medium afterwards.

    Beside these a plan always keeps every KPI's target, leaves each department a goal of its own, makes no finding worse by a level,
    brings up none of medium level or above, and leaves no more severity in all than there was.
    """

    max_changes: int = 5
    frozen: tuple[str, ...] = ()
    least_weight: float = 0.0
    most_weight: float = 1.0
    budget: float | None = None
    most_measures: int | None = None
    allowed: frozenset[Allowed] = frozenset()
    must_go: tuple[str, ...] = ()


def check_names(constraints: Constraints, document: Document, findings: Mapping[str, object]) -> None:
    """Raise Unknown for a frozen key that the document does not have, and for a finding that is not open in it."""
    keys = sorted(keys_in(document))
    for key in constraints.frozen:
        if key not in keys:
            raise Unknown("department, KPI, incentive plan or component", key, tuple(nearest(key, keys)))
    for fingerprint in constraints.must_go:
        if fingerprint not in findings:
            raise Unknown("open finding", fingerprint, tuple(nearest(fingerprint, findings)))


def keys_in(document: Document) -> frozenset[str]:
    """The keys of what can be frozen: departments, KPIs, incentive plans and components."""
    plans = document.incentive_plans
    departments, kpis = {one.key for one in document.departments}, {one.key for one in document.kpis}
    components = {component.key for plan in plans for component in plan.components}
    return frozenset(departments | kpis | {plan.key for plan in plans} | components)


def broken_by(constraints: Constraints, before: Document, after: Document) -> frozenset[Constraint]:
    """The constraints that a changed document breaks, as far as the document by itself shows it."""
    return frozenset(_broken(constraints, before, after))


def uses_of(before: Document, after: Document) -> dict[Constraint, float]:
    """What a change takes of what is limited: money of the budget, and components of each incentive plan (`measures`, by plan)."""
    old = {key: len(plan.components) for key, plan in _plans(before).items()}
    added = {key: len(plan.components) - old.get(key, 0) for key, plan in _plans(after).items()}
    amount = changed_amount(before, after)
    money = {Constraint("budget"): amount} if amount else {}
    return {**money, **{Constraint("measures", key): float(count) for key, count in sorted(added.items()) if count}}


def limits_of(constraints: Constraints, before: Document) -> dict[Constraint, float]:
    """How much of it there is, as far as the constraints say so."""
    limits = {} if constraints.budget is None else {Constraint("budget"): constraints.budget}
    if constraints.most_measures is not None:
        most = constraints.most_measures
        limits |= {
            Constraint("measures", key): float(max(0, most - len(plan.components)))
            for key, plan in _plans(before).items()
        }
    return limits


def touched(before: Document, after: Document) -> frozenset[str]:
    """Keys of the departments, KPIs, incentive plans and components that a change touches."""
    return frozenset(_touched(before, after))


def _broken(constraints: Constraints, before: Document, after: Document) -> Iterator[Constraint]:
    if constraints.frozen:
        yield from (Constraint("freeze", key) for key in touched(before, after) & set(constraints.frozen))
    old, new = _plans(before), _plans(after)
    if not _keeps_bounds(constraints, old, new):
        yield Constraint("weights")
    if constraints.most_measures is not None:
        yield from (Constraint("measures", key) for key in _crowded(constraints.most_measures, old, new))
    if constraints.budget is not None:
        amount = changed_amount(before, after)
        if amount is None or amount > constraints.budget + _NEAR:
            yield Constraint("budget")
    if "removals" not in constraints.allowed and _takes_out(before, after):
        yield Constraint("removals")
    if "target_pay" not in constraints.allowed and any(
        _pay(plan) != _pay(new[key]) for key, plan in old.items() if key in new
    ):
        yield Constraint("target_pay")
    if not _keeps_targets(before, after):
        yield Constraint("targets")
    if not _own_goals(before) <= _own_goals(after):
        yield Constraint("own_goal")


def _touched(before: Document, after: Document) -> Iterator[str]:
    kpis, plans = _kpis(before), _plans(before)
    for key, kpi in _kpis(after).items():
        old = kpis.get(key)
        if kpi != old:
            yield from (key, kpi.department, *(set(kpi.shared_with) - set(old.shared_with if old else ())))
    for key, plan in _plans(after).items():
        if plan != plans.get(key):
            yield from (key, plan.department)
            old_components = {c.key: c for c in plans[key].components} if key in plans else {}
            new_components = {c.key: c for c in plan.components}
            yield from (c for c in old_components | new_components if old_components.get(c) != new_components.get(c))
    yield from (kpis.keys() - _kpis(after).keys()) | (plans.keys() - _plans(after).keys())


def _keeps_bounds(constraints: Constraints, old: Mapping[str, IncentivePlan], new: Mapping[str, IncentivePlan]) -> bool:
    before = {c.key: c.weight for plan in old.values() for c in plan.components}
    set_ = [c.weight for plan in new.values() for c in plan.components if c.weight != before.get(c.key)]
    low, high = constraints.least_weight - _NEAR, constraints.most_weight + _NEAR
    return all(low <= weight <= high for weight in set_)


def _crowded(most: int, old: Mapping[str, IncentivePlan], new: Mapping[str, IncentivePlan]) -> list[str]:
    before = {key: len(plan.components) for key, plan in old.items()}
    return [key for key, plan in sorted(new.items()) if len(plan.components) > max(most, before.get(key, 0))]


def _takes_out(before: Document, after: Document) -> bool:
    """Whether something that is measured or paid no longer is."""
    return bool(_minded(before) - _minded(after))


def _minded(document: Document) -> set[tuple[str, str]]:
    """What is measured or paid: KPIs, those with weight, components with weight, incentive plans that pay by results."""
    kpis = {("kpi", kpi.key) for kpi in document.kpis}
    kpis |= {("weighed kpi", kpi.key) for kpi in document.kpis if kpi.weight != 0}
    plans = {("incentive_plan", plan.key) for plan in document.incentive_plans if plan.target_variable_pay_share > 0}
    paid = {("component", c.key) for plan in document.incentive_plans for c in plan.components if c.weight > 0}
    return kpis | plans | paid


def _keeps_targets(before: Document, after: Document) -> bool:
    new = _kpis(after)
    return all(_aim(kpi) == _aim(new[key]) for key, kpi in _kpis(before).items() if key in new)


def _own_goals(document: Document) -> set[str]:
    """Departments with a KPI of their own that counts."""
    return {kpi.department for kpi in document.kpis if kpi.weight != 0}


def _aim(kpi: Kpi) -> tuple[object, ...]:
    return (kpi.target, kpi.baseline, kpi.direction, kpi.metric, kpi.inverted)


def _pay(plan: IncentivePlan) -> tuple[object, ...]:
    return (plan.target_variable_pay_share, plan.target_total_pay)


def _kpis(document: Document) -> dict[str, Kpi]:
    return {kpi.key: kpi for kpi in document.kpis}


def _plans(document: Document) -> dict[str, IncentivePlan]:
    return {plan.key: plan for plan in document.incentive_plans}
