"""What the shape cannot say about metrics, families, influences and parameters: ids that exist, bounds, order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from typing import TYPE_CHECKING, Any, NamedTuple

from app.domain.document.references import repeated
from app.domain.document.view import Item
from app.domain.faults import Fault
from app.domain.parameters import BOUNDS, INTEGERS, Parameters

if TYPE_CHECKING:
    from app.domain.catalogue import Catalogue

_LEVELS = ("level_medium", "level_high", "level_critical")
_SAYS_THE_REST = (
    "source",
    "target",
    "sign",
    "kind",
    "strength",
    "source_direction",
    "lag_days",
    "evidence",
    "overrides",
)


class _Known(NamedTuple):
    """Ids that a document may name, the catalogue's and its own, and what metrics are called."""

    metrics: Set[str]
    metric_titles: Callable[[], Mapping[str, str]]
    levers: Set[str]
    families: Set[str]
    influences: Mapping[str, Any]


def knowledge_faults(whole: Item, catalogue: Catalogue | None) -> Iterator[Fault]:
    """Every fault in what the document knows for itself; without a catalogue ids are not looked up."""
    known = _known(whole, catalogue) if catalogue is not None else None
    if known is not None:
        yield from _named(whole, known)
    for metric in whole.items("metrics"):
        for member in ("aliases", "inverse_aliases", "controllable_by"):
            yield from repeated(metric, member)
        if known is not None:
            yield from _exists(metric, "family", known.families, "unknown_family")
    for influence in whole.items("influences"):
        yield from _influence(influence, known)
    yield from _parameters(whole)


def _known(whole: Item, catalogue: Catalogue) -> _Known:
    own = {key for item in whole.items("metrics") if (key := item.text("id")) is not None}
    return _Known(
        metrics=catalogue.metrics.keys() | own,
        metric_titles=lambda: _titles(catalogue) | {key: key for key in own},
        levers=catalogue.levers.keys(),
        families=catalogue.families.keys(),
        influences=catalogue.influences,
    )


def _named(whole: Item, known: _Known) -> Iterator[Fault]:
    components = (c for plan in whole.items("incentive_plans") for c in plan.items("components"))
    for item in (*whole.items("kpis"), *whole.items("outcomes"), *components):
        yield from _is_metric(item, "metric", known)
        yield from _exists(item, "family", known.families, "unknown_family")


def _influence(item: Item, known: _Known | None) -> Iterator[Fault]:
    """An own influence says its ends and its sign; a muted or overridden one names the influence that it is about."""
    said = item.members
    if "mutes" in said:
        yield from (Fault(item.at(name), "mutes_and_more", said[name]) for name in _SAYS_THE_REST if name in said)
        if "reason" not in said:
            yield Fault(item.at("reason"), "missing")
    elif "overrides" not in said:
        yield from (Fault(item.at(name), "missing") for name in ("source", "target", "sign") if name not in said)
        source = item.text("source")
        if source is not None and source == item.text("target"):
            yield Fault(item.at("target"), "influence_on_itself", source)
    if known is None:
        return
    for name in ("mutes", "overrides"):
        yield from _exists(item, name, known.influences.keys(), "unknown_influence")
    overridden = known.influences.get(item.text("overrides") or "")
    if overridden is not None and "mutes" not in said:
        yield from _kept_ends(item, overridden)
    elif "mutes" not in said and "overrides" not in said:
        yield from _exists(item, "source", known.metrics | known.levers, "unknown_source")
        yield from _is_metric(item, "target", known)


def _kept_ends(item: Item, overridden: Any) -> Iterator[Fault]:
    for name in ("source", "target"):
        said, kept = item.text(name), getattr(overridden, name)
        if said is not None and said != kept:
            yield Fault(item.at(name), "override_keeps_ends", said, "just", details={"values": kept}, nearest=kept)


def _titles(catalogue: Catalogue) -> dict[str, str]:
    """Names and ids of metrics → their ids."""
    called = {
        title: metric.id
        for metric in catalogue.metrics.values()
        for title in (*metric.aliases, metric.name_de, metric.name)
    }
    return called | {key: key for key in catalogue.metrics}


def _is_metric(item: Item, member: str, known: _Known) -> Iterator[Fault]:
    name = item.text(member)
    if name is not None and name not in known.metrics:
        yield Fault(item.at(member), "unknown_metric", name, options=known.metric_titles())


def _exists(item: Item, member: str, known: Collection[str], code: str) -> Iterator[Fault]:
    name = item.text(member)
    if name is not None and name not in known:
        yield Fault(item.at(member), code, name, options=known)


def _parameters(whole: Item) -> Iterator[Fault]:
    given = whole.part("parameters")
    if given is None:
        return
    for name, value in given.members.items():
        if name not in BOUNDS:
            yield Fault(given.at(str(name)), "unknown_parameter", str(name), options=BOUNDS.keys())
            continue
        number, (low, high) = given.number(name), BOUNDS[name]
        if number is None:
            continue
        details = {"low": f"{low:g}", "high": f"{high:g}"}
        if not low <= number <= high:
            yield Fault(given.at(name), "too_small" if number < low else "too_large", value, "between", details=details)
        elif name in INTEGERS and number != int(number):
            yield Fault(given.at(name), "wrong_type", value, "whole")
    yield from _levels(given)


def _levels(given: Item) -> Iterator[Fault]:
    said = [name for name in _LEVELS if name in given.members]
    if not said:
        return
    defaults = Parameters()
    bounds = (given.number(name) if name in said else getattr(defaults, name) for name in _LEVELS)
    levels = [bound for bound in bounds if bound is not None]
    if len(levels) == len(_LEVELS) and levels != sorted(set(levels)):
        yield Fault(given.at(said[-1]), "levels_out_of_order", details={"levels": ", ".join(f"{v:g}" for v in levels)})
