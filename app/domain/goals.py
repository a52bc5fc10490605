"""Goals: what each department pushes and how hard (semantics §1, §2).

Annotations are values here: as texts, each would be compiled at every start.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.catalogue import Catalogue, Metric
from app.domain.document import Component, Document, IncentivePlan, Kpi, Outcome
from app.domain.findings import Resolution
from app.domain.names.families import LIKELY, families_of
from app.domain.parameters import ACCELERATOR_MOST, ACCELERATOR_STEP, SHAPE_FACTOR, Parameters
from app.domain.terms import Direction, Movement, Wanted, opposite

SELLING = frozenset({"acquisition", "penetration"})


class Part(NamedTuple):
    """A component that pays for a goal. `stake`: pay that hangs on it as a share of total pay, by heads; `exposure`: with its shape."""

    incentive_plan: IncentivePlan
    component: Component
    stake: float
    exposure: float


class Item(NamedTuple):
    """A KPI, an unlisted measure of a component, or an outcome, with what its name was taken to mean."""

    kind: str
    key: str
    name: str
    wanted: Wanted
    department: str | None
    movements: tuple[Movement, ...]
    """None known: empty; `maintain`: both."""
    families: tuple[Movement, ...]
    resolution: Resolution
    source: Kpi | Component | Outcome

    @property
    def movement(self) -> Movement | None:
        """The movement that is wanted (the first for `maintain`)."""
        return self.movements[0] if self.movements else None


class Goal(NamedTuple):
    """One department pushing one movement. Exposures and pressure without unit; `kpi_share` and `stake` in 0–1."""

    key: str
    item: Item
    department: str
    function: str
    movement: Movement | None
    families: tuple[Movement, ...]
    pressure: float
    pay_pressure: float
    kpi_exposure: float
    pay_exposure: float
    penalty_exposure: float
    kpi_share: float
    stake: float
    parts: tuple[Part, ...]

    @property
    def held(self) -> bool:
        """Whether some of the pay can be kept back or taken back."""
        return any(part.component.held_days for part in self.parts)

    @property
    def own_kpi(self) -> bool:
        """Whether the KPI is the department's own."""
        return self.item.department == self.department


class Goals(NamedTuple):
    """Everything that is pushed and owed in one document."""

    document: Document
    catalogue: Catalogue
    parameters: Parameters
    metrics: Mapping[str, Metric]
    """The catalogue's and the organization's own."""
    kpis: Mapping[str, Item]
    """KPIs, and components' measures under `measure:<component>`."""
    outcomes: Mapping[str, Item]
    goals: tuple[Goal, ...]
    importance: Mapping[str, float]
    """KPI → the largest pressure of a goal on it."""
    shared: frozenset[str]
    """KPIs that several departments carry together."""
    holders: Mapping[str, frozenset[str]]
    """KPI → the departments that carry it: its own and those it is shared with."""
    assumptions: tuple[tuple[str, Mapping[str, object]], ...]
    """Kind and details of what was assumed."""

    @property
    def outcome_weights(self) -> dict[str, float]:
        """Outcome → its weight, on whatever scale the document uses."""
        return {key: o.source.weight for key, o in self.outcomes.items() if isinstance(o.source, Outcome)}

    def metric(self, item: Item) -> Metric | None:
        """The metric behind an item."""
        return self.metrics.get(item.movement.metric) if item.movement else None

    def paid(self, kpi: str) -> bool:
        """Whether any department is paid for the KPI."""
        return any(goal.stake > 0 for goal in self.by_kpi(kpi))

    def by_kpi(self, kpi: str) -> list[Goal]:
        """The goals on one KPI."""
        return [goal for goal in self.goals if goal.item.key == kpi]


def movements_of(wanted: Wanted, resolution: Resolution) -> tuple[Movement, ...]:
    """The movements that a wanted direction means for a resolved name."""
    if not resolution.metric:
        return ()
    direction: Direction = "down" if wanted == "decrease" else "up"
    if resolution.inverted:
        direction = opposite(direction)
    first = Movement(resolution.metric, direction)
    return (first, first.opposite) if wanted == "maintain" else (first,)


def _likely_movement(wanted: Wanted, resolution: Resolution) -> Movement | None:
    """Where an item would go were it the likeliest metric, of which only the family is taken to be known."""
    if resolution.method != "family" or not resolution.candidates or resolution.candidates[0].score < LIKELY:
        return None
    nearest = resolution.candidates[0]
    return movements_of(wanted, resolution._replace(metric=nearest.metric, inverted=nearest.inverted))[0]


def find_goals(
    document: Document,
    outcomes: Sequence[Outcome],
    resolutions: Mapping[tuple[str, str], Resolution],
    catalogue: Catalogue,
    own_metrics: Mapping[str, Metric],
    parameters: Parameters,
) -> Goals:
    """Read goals from KPIs and incentive components. `resolutions` is keyed by (kind, key) of `kpi`, `outcome`, `component`."""
    own_families = {m.id: m.family for m in document.metrics}

    def item(kind: str, source: Kpi | Component | Outcome, name: str, wanted: Wanted, department: str | None) -> Item:
        resolution = resolutions[kind, source.key]
        movements = movements_of(wanted, resolution)
        known, likely = next(iter(movements), None), _likely_movement(wanted, resolution)
        families = families_of(name, wanted, known, catalogue, source.family, own_families, likely)
        if wanted == "maintain":
            families += tuple(m.opposite for m in families)
        return Item(kind, source.key, name, wanted, department, movements, families, resolution, source)

    kpis = {k.key: item("kpi", k, k.name, k.direction, k.department) for k in document.kpis}
    parts, plans_added = _parts(document)
    paying: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for part in parts:
        component, department = part.component, part.incentive_plan.department
        paid = component.kpi
        if paid is None:
            measure = item(
                "component", component, component.measure or "", component.direction or "increase", department
            )
            paid = _kpi_of(measure, kpis) or f"measure:{component.key}"
            kpis.setdefault(paid, measure)
        paying[paid, department].append(part)
    shares, weights_shared = _kpi_shares(document)
    functions = {d.key: d.function for d in document.departments}
    pushed = {(k.key, k.department) for k in document.kpis} | set(paying)
    goals = [
        goal
        for kpi, department in sorted(pushed)
        for goal in _goals_of(
            kpis[kpi], kpi, department, functions[department], paying.get((kpi, department), []), shares.get(kpi, 0.0),
            bool(parts), parameters,
        )
    ]  # fmt: skip
    importance: dict[str, float] = {}
    for goal in goals:
        key = _kpi_key(goal)
        importance[key] = max(importance.get(key, 0.0), goal.pressure)
    return Goals(
        document=document,
        catalogue=catalogue,
        parameters=parameters,
        metrics={**catalogue.metrics, **own_metrics},
        kpis=kpis,
        outcomes={o.key: item("outcome", o, o.name, o.direction, None) for o in outcomes},
        goals=tuple(goals),
        importance=importance,
        shared=frozenset(document.governance.shared_kpis) | {k.key for k in document.kpis if k.shared_with},
        holders=_holders(document),
        assumptions=(*weights_shared, *plans_added),
    )


def _kpi_of(measure: Item, kpis: Mapping[str, Item]) -> str | None:
    """The department's own KPI that an unlisted measure comes to."""
    same = (k for k, x in kpis.items() if x.department == measure.department and x.movements == measure.movements)
    return min(same, default=None) if measure.movements else None


def _holders(document: Document) -> dict[str, frozenset[str]]:
    """KPI → the departments that carry it; what governance calls shared is carried by all."""
    everybody = frozenset(d.key for d in document.departments)
    shared = frozenset(document.governance.shared_kpis)
    return {k.key: everybody if k.key in shared else frozenset({k.department, *k.shared_with}) for k in document.kpis}


def _kpi_key(goal: Goal) -> str:
    return goal.item.key if goal.item.kind == "kpi" else f"measure:{goal.item.key}"


def _goals_of(
    item: Item, kpi: str, department: str, function: str, parts: list[Part], share: float, someone_is_paid: bool,
    parameters: Parameters,
) -> list[Goal]:  # fmt: skip
    own = item.kind == "kpi" and item.department == department
    share = share if own else 0.0
    pay = parameters.pressure_pay * sum(p.exposure for p in parts)
    penalty = parameters.pressure_penalty * sum(1 for p in parts if p.component.penalties)
    unpaid = someone_is_paid and not (pay or penalty)
    target = isinstance(item.source, Kpi) and item.source.target is not None
    watched = (
        parameters.pressure_kpi
        * (parameters.pressure_unpaid if unpaid else 1.0)
        * (share**parameters.pressure_share_power if share else 0.0)
        * (parameters.pressure_target if target else 1.0)
    )
    half = 0.5 if item.wanted == "maintain" else 1.0
    directions = item.movements or ((None, None) if item.wanted == "maintain" and item.families else (None,))
    found = []
    for n, movement in enumerate(directions):
        families = item.families
        if item.wanted == "maintain":
            middle = len(families) // 2
            families = families[:middle] if n == 0 else families[middle:]
        found.append(
            Goal(
                key=f"{kpi}@{department}" + ("" if n == 0 else "~"),
                item=item,
                department=department,
                function=function,
                movement=movement,
                families=families,
                pressure=half * (1 - math.exp(-(watched + pay + penalty))),
                pay_pressure=half * (1 - math.exp(-(pay + penalty))),
                kpi_exposure=watched,
                pay_exposure=pay,
                penalty_exposure=penalty,
                kpi_share=share,
                stake=sum(p.stake for p in parts),
                parts=tuple(parts),
            )
        )
    return found


def _parts(document: Document) -> tuple[list[Part], list[tuple[str, Mapping[str, object]]]]:
    """Components with the pay at stake; where every plan of a department has a head count, by its share of heads."""
    by_department: dict[str, list[IncentivePlan]] = defaultdict(list)
    for plan in document.incentive_plans:
        by_department[plan.department].append(plan)
    parts: list[Part] = []
    assumptions: list[tuple[str, Mapping[str, object]]] = []
    for department, plans in sorted(by_department.items()):
        heads = sum(p.headcount or 0 for p in plans)
        by_heads = heads > 0 and all(p.headcount is not None for p in plans)
        if len(plans) > 1 and not by_heads:
            assumptions.append(("plans_added", {"department": department, "plans": len(plans)}))
        for plan in sorted(plans, key=lambda p: p.key):
            part_of_heads = (plan.headcount or 0) / heads if by_heads else 1.0
            for component in sorted(plan.components, key=lambda c: c.key):
                stake = component.weight * plan.target_variable_pay_share * part_of_heads
                parts.append(Part(plan, component, stake, stake * shape(component)))
    return parts, assumptions


def shape(component: Component) -> float:
    """What the payout's kind and its largest accelerator multiply pay at stake by (semantics §2)."""
    steep = ACCELERATOR_STEP * (component.payout.accelerator_max - 1)
    return SHAPE_FACTOR[component.payout.kind] + min(ACCELERATOR_MOST, max(0.0, steep))


def _kpi_shares(document: Document) -> tuple[dict[str, float], list[tuple[str, Mapping[str, object]]]]:
    """Each KPI's share of its department's weight, and what was assumed for those without one.

    What is left for them is read on the scale that the given weights use: up to the next power of ten (0.7 leaves 0.3, 70 leaves 30),
    so that scaling all weights changes nothing.
    """
    by_department: dict[str, list[Kpi]] = defaultdict(list)
    for kpi in document.kpis:
        by_department[kpi.department].append(kpi)
    shares: dict[str, float] = {}
    assumptions: list[tuple[str, Mapping[str, object]]] = []
    for department, kpis in sorted(by_department.items()):
        given = math.fsum(k.weight for k in kpis if k.weight is not None)
        missing = [k for k in kpis if k.weight is None]
        left = max(0.0, _scale(given) - given) if missing else 0.0
        if missing:
            assumptions.append(("weights_shared", {"department": department, "kpis": len(missing)}))
        weights = {k.key: k.weight if k.weight is not None else left / len(missing) for k in kpis}
        total = math.fsum(weights.values())
        shares |= {key: weight / total if total > 0 else 0.0 for key, weight in weights.items()}
    return shares, assumptions


def _scale(given: float) -> float:
    if given <= 0:
        return 1.0
    power = math.ceil(round(math.log10(given), 9))
    return float(f"1e{power}")
