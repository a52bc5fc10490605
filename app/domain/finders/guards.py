"""What can pay be made to depend on, and from which level on does that hold?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from app.domain.document import Kpi, Outcome
from app.domain.finders.found import Found, component
from app.domain.finders.new_kpis import new_measures
from app.domain.finders.quality import is_of_many, is_quality, quality_kpis, served_by_push
from app.domain.goals import Item
from app.domain.patch_templates import Bindings, Text
from app.domain.situation import Situation

_LONG_NUMBER = Decimal(1_000_000)


def metric_on_chain(s: Situation, found: Bindings) -> Iterator[Found]:
    """The KPI that pay can be made to depend on: the first on the chain that the people see and can move, else the harmed one itself."""
    if s.goal is None or s.direct:
        return
    paid = {item.get("kpi") for item in found.get("pay", {}).get("items", ())}
    seen: set[str] = set()
    for item in _visible_guards(s):
        if item.key not in seen and item.key not in paid and item is not s.goal.item:
            seen.add(item.key)
            yield {"key": item.key, "name": item.name, "level": _level(item)}


def new_metric_on_chain(s: Situation, _: Bindings) -> Iterator[Found]:
    """The same of measures that are to be taken up: on the chain, or what is harmed."""
    for kpi in new_measures(s, weight=0.0, within=s.longest_wait_days):
        if not is_of_many(s, s.company.metric(kpi.get("metric") or "")):
            yield {"key": kpi["key"], "name": kpi["name"], "kpi": kpi, "level": kpi}


def scalable_metric(s: Situation, found: Bindings) -> Iterator[Found]:
    """The same, of KPIs that have both baseline and target, between which pay can be scaled."""
    for guard in metric_on_chain(s, found):
        level = guard["level"]
        if level.get("baseline") is not None and level.get("target") is not None:
            yield guard


def unscalable_metric(s: Situation, found: Bindings) -> Iterator[Found]:
    """The same, of KPIs without both: pay is scaled around what they have been of late."""
    for guard in metric_on_chain(s, found):
        level = guard["level"]
        if level.get("baseline") is None or level.get("target") is None:
            yield guard


def unstated_gate(s: Situation, _: Bindings) -> Iterator[Found]:
    """A gate of which nobody said when it holds."""
    for part in s.named_parts:
        gate = part.component.gate
        if gate is not None and gate.condition is None:
            item = s.company.goals.kpis[gate.kpi]
            paid = component(s.company, part)
            yield {
                "key": gate.kpi,
                "name": item.name,
                "level": _level(item),
                "pay": paid,
                "path": f"{paid['path']}/gate",
            }


def level_to_hold(s: Situation, found: Bindings) -> Iterator[Found]:
    """When the guard holds: at today's level, else at the target on record, else (in words) no worse than of late."""
    known = found["guard"]["level"]
    level = known.get("baseline") if known.get("baseline") is not None else known.get("target")
    if level is None or known.get("direction") == "maintain":
        yield {
            "condition": Text(
                "No worse than its average over the last four quarters",
                "Nicht schlechter als im Schnitt der letzten vier Quartale",
            ),
            "reads": Text("is no worse than of late", "nicht schlechter ist als zuletzt"),
        }
        return
    number, falling = _number(level), known.get("direction") == "decrease"
    en = " ".join(filter(None, (number, known.get("unit"))))
    de = " ".join(filter(None, (number.replace(".", ","), known.get("unit"))))
    yield {
        "condition": f"{'<=' if falling else '>='} {number}",
        "reads": Text(
            f"is at {en} or {'less' if falling else 'more'}",
            f"bei {de} oder {'darunter' if falling else 'darüber'} liegt",
        ),
    }


def _visible_guards(s: Situation) -> Iterator[Item]:
    """KPIs on which pay can depend: on the chain in its order, then the harmed KPI, then those that stand for it; all seen in time."""
    assert s.goal is not None
    company, department = s.company, s.goal.department
    visible = [item for _, item in sorted(company.goals.kpis.items()) if _can_guard(s, item, department)]
    waited = 0
    for arc in s.chain:
        waited += arc.lag_days
        if waited <= s.longest_wait_days:
            yield from (item for item in visible if item.movement == arc.target.opposite)
    if s.target is not None and s.target in visible and waited <= s.longest_wait_days:
        yield s.target
    yield from quality_kpis(s)


def _can_guard(s: Situation, item: Item, department: str) -> bool:
    """Whether people see a KPI, and holding it does no harm elsewhere."""
    if (
        item.kind != "kpi"
        or item.department is None
        or item.wanted == "maintain"
        or not s.company.sees(department, item)
    ):
        return False
    goal, metric = s.company.goal(item, item.department), s.company.goals.metric(item)
    if goal is None or goal.key in s.company.harmful or served_by_push(s, item):
        return False
    return is_quality(metric) and not is_of_many(s, metric)


def _level(item: Item) -> dict[str, Any]:
    source = item.source
    if not isinstance(source, Kpi | Outcome):
        return {"direction": item.wanted}
    return {"direction": item.wanted, "baseline": source.baseline, "target": source.target, "unit": source.unit}


def _number(level: float) -> str:
    """A level as one would write it: no exponent, no trailing zeros."""
    exact = Decimal(repr(level))
    return f"{exact.quantize(Decimal(1)) if abs(exact) >= _LONG_NUMBER else exact.normalize():f}"
