"""A page for each metric: what it is, which names mean it, what moves it and what it moves."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.catalogue import Catalogue, Influence, Metric
from tools.docs.influences import arcs
from tools.docs.markdown import bullets, listed, mono, page, section, table

FUNCTIONS = {"customer": "customers", "customer_success": "customer success", "hr": "people"}


def pages(knowledge: Catalogue) -> dict[str, str]:
    """The metrics' pages, by path."""
    each = {f"metrics/{metric.id}.md": _page(metric, knowledge) for metric in knowledge.metrics.values()}
    return {"metrics/README.md": _index(knowledge), **each}


def _index(knowledge: Catalogue) -> str:
    functions = sorted({metric.function for metric in knowledge.metrics.values()})
    return page(
        "# Metrics",
        f"The {len(knowledge.metrics)} metrics that Concord knows, version {knowledge.version} of the catalogue. A KPI is "
        "understood when its name means one of them; `concord metrics search WORDS` finds the nearest. What is missing can be "
        "described in the document itself, under `metrics` ([the model document](../document.md)).",
        *(_function(function, knowledge) for function in functions),
        source="app/catalogue/metrics",
    )


def _function(function: str, knowledge: Catalogue) -> str:
    metrics = [metric for metric in knowledge.metrics.values() if metric.function == function]
    rows = [[f"[{m.id}]({m.id}.md)", m.name, m.name_de, _good(m)] for m in sorted(metrics, key=lambda m: m.id)]
    return section(
        FUNCTIONS.get(function, function).capitalize(), table(["metric", "name", "auf Deutsch", "good"], rows)
    )


def _page(metric: Metric, knowledge: Catalogue) -> str:
    out = [arc for arc in knowledge.influences.values() if arc.source == metric.id]
    into = [arc for arc in knowledge.influences.values() if arc.target == metric.id]
    return page(
        f"# {metric.name}",
        f"{mono(metric.id)} · {metric.name_de}",
        metric.note,
        table(["", ""], _properties(metric, knowledge)),
        section("Names that mean it", _each_once([metric.name, metric.name_de, *metric.aliases, *metric.resolves])),
        section("Names that mean its opposite", listed(metric.inverse_aliases)),
        section("Near misses", _near_misses(metric)),
        section("What it does", arcs(_main(out), knowledge, linked="target")),
        section("What moves it", arcs(_main(into), knowledge, linked="source")),
        section("Held against it", arcs(_counter([*out, *into]), knowledge, linked="both")),
        source=f"app/catalogue/metrics/{metric.function}.yaml and app/catalogue/influences",
    )


def _properties(metric: Metric, knowledge: Catalogue) -> Iterable[list[str]]:
    yield ["unit", metric.unit]
    yield ["good", _good(metric)]
    family = knowledge.metric_families.get(metric.id)
    if family:
        side = "up means up" if family.orientation == "+" else "up means down"
        yield ["family", f"[{family.family}](../families.md#{family.family}), {side}"]
    yield ["kind", f"{metric.kind}, {metric.timing}, shows within {_days(metric.horizon_days)}"]
    yield ["REAP driver", metric.reap]
    yield ["what customers are owed", "yes" if metric.customer_outcome else "no"]
    yield ["controlled by", listed(metric.controllable_by) or "nobody alone"]
    how = f": {metric.gameability_how}" if metric.gameability_how else ""
    yield ["room for gaming", f"{metric.gameability}{how} (judgement)"]


def _days(number: int) -> str:
    return "a day" if number == 1 else f"{number} days"


def _each_once(names: Iterable[str]) -> str:
    """Names in a row; one that differs from an earlier one by capitals alone is left out."""
    return listed(list({name.casefold(): name for name in reversed([*names])}.values())[::-1])


def _good(metric: Metric) -> str:
    return {"increase": "up", "decrease": "down"}.get(metric.good_direction, "neither way by itself")


def _near_misses(metric: Metric) -> str:
    return bullets([f"“{name}” is something else" for name in metric.differs_from])


def _main(arcs_: Iterable[Influence]) -> list[Influence]:
    return [arc for arc in arcs_ if arc.role == "main"]


def _counter(arcs_: Iterable[Influence]) -> list[Influence]:
    return [arc for arc in arcs_ if arc.role == "counter"]
