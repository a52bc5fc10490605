"""Where to cut: the fewest measures that one department's pay must depend on, so that its push does no harm to another any more.

A safeguard on a measure weakens the chains into the measure's bad movement, for the goal whose pay depends on it (semantics §3). So what is
looked for are movements, such that every harmful chain from the department's paid goals passes one of them. What the safeguards leave is
then found by a run of the engine in which they stand as gates: they weaken, they do not shut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from app.domain.arcs import FAMILY
from app.domain.chain_cuts import ChainCut, Harm, guarding, smallest_cut
from app.domain.conflicts import Conflict, Internalised, conflict_of
from app.domain.detection import Detection
from app.domain.errors import Unknown
from app.domain.field import Field
from app.domain.goals import Goal
from app.domain.map_runs import MapField
from app.domain.maps import maps_of
from app.domain.nearest import nearest
from app.domain.reach import Push, reach
from app.domain.safeguards import push_of
from app.domain.terms import CUSTOMER, Movement

Beyond = Literal["unpaid", "direct", "rival", "family"]
"""Why no safeguard on a chain answers a conflict: nobody is paid for the goal; both want one thing in opposite directions; one result is
paid to both; the answer rests on families."""


class Safeguard(NamedTuple):
    """A movement to guard against. `kpis`: those on record that want the opposite; `goals`: KPIs or measures whose pay must depend on it.

    `controlled`: whether the department that pushes has the measure in its hands; `chains`: harmful chains that pass it.
    """

    movement: Movement
    kpis: tuple[str, ...]
    controlled: bool
    goals: tuple[str, ...]
    chains: int


class CutConflict(NamedTuple):
    """A conflict between the two, by the keys of goal and target: its severity before and with the safeguards.

    `beyond`: why they do not answer it; `by_kind`: whether, with the safeguards, no chain that counts joins both and families are asked.
    """

    source: str
    target: str
    before: float
    after: float
    beyond: Beyond | None
    by_kind: bool


class Cut(NamedTuple):
    """The smallest cut from one department to another, or to the customers; `chains`: harmful ones that were found on the way."""

    source: str
    target: str
    safeguards: tuple[Safeguard, ...]
    chains: int
    conflicts: tuple[CutConflict, ...]

    @property
    def before(self) -> float:
        """The sum of severities."""
        return sum(conflict.before for conflict in self.conflicts)

    @property
    def after(self) -> float:
        """The same with the safeguards."""
        return sum(conflict.after for conflict in self.conflicts)


def find_cut(detection: Detection, source: str, target: str) -> Cut:
    """The smallest cut from one department's goals to another's, to its own, or to the customers (`customer`). Raises Unknown."""
    _check(detection, source, target)
    field = detection.field
    found = _between(field, source, target)
    beyond = [_beyond(conflict) for conflict in found]
    cuttable = [conflict for conflict, reason in zip(found, beyond, strict=True) if reason is None]
    harms = [_harm(conflict, field) for conflict in cuttable]
    chosen = smallest_cut(
        field.graph,
        harms,
        field.parameters,
        may_guard=lambda number: _is_bad(field.graph.movement(number), field),
        price=lambda number: _price(field.graph.movement(number), source, field),
    )
    guarded = _guarded_goals(cuttable, chosen)
    after = {_ends(c): c for c in _between(_guarded(field, guarded), source, target)}
    return Cut(
        source,
        target,
        tuple(_safeguard(number, source, guarded, chosen, field) for number in sorted(chosen.movements)),
        len(chosen.chains),
        tuple(
            _cut_conflict(conflict, after.get(_ends(conflict)), reason)
            for conflict, reason in zip(found, beyond, strict=True)
        ),
    )


def _check(detection: Detection, source: str, target: str) -> None:
    departments = sorted(department.key for department in detection.document.departments)
    for key, known in ((source, departments), (target, [*departments, CUSTOMER])):
        if key not in known:
            raise Unknown("department", key, tuple(nearest(key, known)) or tuple(known))


def _between(field: Field, source: str, target: str) -> list[Conflict]:
    """Every harm that the source's goals do to the target's, worst first."""
    answered = Internalised(field)
    aims = [aim for aim in field.targets if (CUSTOMER if aim.is_outcome else aim.item.department) == target]
    pushed = [goal for goal in field.goals.goals if goal.department == source]
    found = [c for goal in pushed for aim in aims if (c := conflict_of(field, goal, aim, answered)) is not None]
    return sorted(found, key=lambda conflict: conflict.order)


def _cut_conflict(before: Conflict, after: Conflict | None, reason: Beyond | None) -> CutConflict:
    by_kind = after is not None and after.between.fallback != before.between.fallback
    severity = after.severity if after is not None else 0.0
    return CutConflict(before.goal.item.key, before.target.item.key, before.severity, severity, reason, by_kind)


def _ends(conflict: Conflict) -> tuple[str, str, int]:
    return conflict.goal.key, conflict.target.item.key, conflict.target.signature


def _beyond(conflict: Conflict) -> Beyond | None:
    """Why a conflict is beyond safeguards on its chains; None when it is not."""
    between = conflict.between
    if between.rival:
        return "rival"
    if any(arc.target.metric.startswith(FAMILY) for arc in between.chain) or between.fallback != "none":
        return "family"
    if not between.chain:
        return "direct"
    return None if conflict.goal.parts else "unpaid"


def _harm(conflict: Conflict, field: Field) -> Harm:
    """The harm whose chains are to be cut; those through the customers are no conflict between departments."""
    number = conflict.target.number
    assert number is not None
    of_customers = conflict.target.is_outcome or field.graph.customer >> (number >> 1) & 1
    shut = () if of_customers else _customers(field)
    return Harm(_push(conflict.goal, field), number ^ 1, frozenset(shut))


def _customers(field: Field) -> list[int]:
    graph = field.graph
    return [2 * node + down for node in range(len(graph.nodes)) if graph.customer >> node & 1 for down in (0, 1)]


def _push(goal: Goal, field: Field) -> Push:
    push = push_of(goal, field.goals, field.graph, field.rivals)
    assert push is not None
    return push


def _is_bad(movement: Movement, field: Field) -> bool:
    """Whether a movement is one to guard against: pay that hangs on a measure's getting worse makes no sense."""
    metric = field.goals.metrics.get(movement.metric)
    return metric is None or metric.good is None or metric.good != movement.direction


def _price(movement: Movement, source: str, field: Field) -> int:
    """0 for a measure on record that the department has in its hands; 1 more for one that is not on record, and for one that is not."""
    return (not _kpis(movement, field)) + (not _controls(source, movement, field))


def _kpis(movement: Movement, field: Field) -> tuple[str, ...]:
    wanting = (
        key for key, item in field.goals.kpis.items() if item.kind == "kpi" and movement.opposite in item.movements
    )
    return tuple(sorted(wanting))


def _controls(department: str, movement: Movement, field: Field) -> bool:
    metric = field.goals.metrics.get(movement.metric)
    functions = {d.key: d.function for d in field.goals.document.departments}
    return metric is None or metric.controlled_by(functions[department])


def _guarded_goals(conflicts: Sequence[Conflict], cut: ChainCut) -> Mapping[str, frozenset[int]]:
    """The goals whose pay must depend on something, by key, each with the movements of the cut that its chains pass."""
    found: dict[str, frozenset[int]] = {}
    for place, chain in cut.chains:
        key = conflicts[place].goal.key
        found[key] = found.get(key, frozenset()) | (cut.movements & {arc.goes_to for arc in chain.arcs})
    return found


def _guarded(field: Field, guarded: Mapping[str, frozenset[int]]) -> Field:
    """The field with the safeguards as gates."""
    gate, spill, maps = field.parameters.gate_factor, field.parameters.gate_spill, maps_of(field)
    memo: dict[object, object] = {}
    for goal in field.goals.goals:
        if goal.key in guarded:
            push = _push(goal, field)
            gated = guarding(push, dict.fromkeys(guarded[goal.key], gate))._replace(spill=min(push.spill, spill))
            memo[push] = reach(field.graph, gated, field.parameters)
    return MapField(field.goals, maps._replace(metrics=field.graph._replace(memo=memo)))


def _safeguard(
    number: int, source: str, guarded: Mapping[str, frozenset[int]], cut: ChainCut, field: Field
) -> Safeguard:
    movement = field.graph.movement(number)
    return Safeguard(
        movement=movement,
        kpis=_kpis(movement, field),
        controlled=_controls(source, movement, field),
        goals=tuple(
            sorted({goal.item.key for goal in field.goals.goals if number in guarded.get(goal.key, frozenset())})
        ),
        chains=sum(any(arc.goes_to == number for arc in chain.arcs) for _, chain in cut.chains),
    )
