"""What nobody measures of customers, and who could."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.document import Kpi, Outcome
from app.domain.finders.found import Found, department, listed, new_key, together
from app.domain.finders.new_kpis import metric_kpi, same_kpi
from app.domain.finders.who import ACCOUNTABLE, accountable
from app.domain.goals import Item
from app.domain.patch_templates import Bindings
from app.domain.situation import Situation

LIFETIME_VALUE = "customer.lifetime_value"
CUSTOMER_EFFORT = "customer.effort"
MEASURING = (*ACCOUNTABLE, "operations", "sales")
"""Functions in the order in which one looks for somebody to measure how customers fare (judgement)."""

MOST_AT_ONCE = 5
"""Outcomes that are taken up at once."""

KNOW_THE_WORTH = frozenset({"marketing", "customer_success", "sales", "finance", "executive"})
"""Functions that can say what customers are worth."""


def unmeasured_outcomes(s: Situation, _: Bindings) -> Iterator[Found]:
    """KPIs, reported and not yet weighed, on the outcomes that nobody measures, for a department that could answer for them."""
    items, taken = [], set(s.company.kpis)
    homes = accountable(s.company, MEASURING)
    if not homes:
        return
    for outcome in _unmeasured(s)[:MOST_AT_ONCE]:
        kpi = same_kpi(s.company, outcome, _nearest(s, outcome, homes), 0.0, taken)
        taken.add(kpi["key"])
        home = department(s.company, kpi["department"])
        items.append({"kpi": kpi, "key": kpi["key"], "name": kpi["name"], "department": home})
    if items:
        named = listed(list(dict.fromkeys(str(item["department"]["name"]) for item in items)))
        yield {**together(items), "departments": named, "first": items[0]["department"]}


def lifetime_value(s: Situation, _: Bindings) -> Iterator[Found]:
    """A KPI, reported and not yet weighed, on what customers are worth over time."""
    homes = [key for key in accountable(s.company, MEASURING) if s.company.departments[key].function in KNOW_THE_WORTH]
    homes += sorted(d.key for d in s.company.document.departments if d.function == "finance")
    yield from _reported(s, LIFETIME_VALUE, homes)


def beyond_satisfaction(s: Situation, _: Bindings) -> Iterator[Found]:
    """A KPI, reported and not yet weighed, on the effort that customers have."""
    homes = [key for key in accountable(s.company, MEASURING) if s.company.controls(key, CUSTOMER_EFFORT)]
    yield from _reported(s, CUSTOMER_EFFORT, homes)


def segment_measure(s: Situation, _: Bindings) -> Iterator[Found]:
    """A customer KPI again for the segment that is worth most, reported for it alone."""
    customers = s.company.document.organization.customers
    segments = sorted(
        customers.segments if customers else (), key=lambda g: (-(g.value_share or g.share or 0.0), g.key)
    )
    for item in _customer_kpis(s)[:1]:
        source = item.source
        assert isinstance(source, Kpi) and item.department is not None
        for segment in segments[:1]:
            kpi = {
                **same_kpi(s.company, item, item.department, 0.0),
                "key": new_key(f"{item.key}-{segment.key}", s.company.kpis),
                "baseline": None,
                "target": None,
                "segment": segment.key,
            }
            home = department(s.company, item.department)
            yield {**kpi, "kpi": kpi, "of": segment.name or segment.key, "home": home}


def _reported(s: Situation, metric: str, homes: list[str]) -> Iterator[Found]:
    for key in homes[:1]:
        if s.company.metric(metric) is not None:
            kpi = metric_kpi(s.company, key, metric, 0.0)
            yield {**kpi, "kpi": kpi, "home": department(s.company, key)}


def _unmeasured(s: Situation) -> list[Item]:
    """Outcomes that no KPI measures and that have no figure of their own, heaviest first."""
    kpis = [item for item in s.company.goals.kpis.values() if item.kind == "kpi"]
    metrics = {m.metric for item in kpis for m in item.movements}
    families = {m.metric for item in kpis for m in item.families}
    missing = [
        outcome
        for outcome in s.company.goals.outcomes.values()
        if (outcome.movements or outcome.families)
        and not metrics & {m.metric for m in outcome.movements}
        and not families & {m.metric for m in outcome.families}
        and isinstance(outcome.source, Outcome)
        and outcome.source.baseline is None
        and outcome.source.target is None
    ]
    weights = s.company.goals.outcome_weights
    return sorted(missing, key=lambda o: (-weights[o.key], o.key))


def _nearest(s: Situation, outcome: Item, homes: list[str]) -> str:
    """The department that has an outcome in its hands, of those that could answer for customers."""
    if outcome.movement is None:
        return homes[0]
    metric = outcome.movement.metric
    return next((key for key in homes if s.company.controls(key, metric)), homes[0])


def _customer_kpis(s: Situation) -> list[Item]:
    items = [item for _, item in sorted(s.company.goals.kpis.items()) if item.kind == "kpi" and item.department]
    about = [item for item in items if s.company.measures.about_customers(item) and item.wanted != "maintain"]
    shares = {item.key: goal.kpi_share for item in about if (goal := s.company.goal(item, item.department or ""))}
    return sorted(about, key=lambda item: (-shares.get(item.key, 0.0), item.key))
