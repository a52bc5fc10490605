"""Entries as they were written → the domain's values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.catalogue.sources import Entry, Sources
from app.domain.catalogue import Citation, Family, Influence, Lever, Metric, MetricFamily, Saying

Data = dict[str, Any]


def values(sources: Sources) -> dict[str, dict[str, Any]]:
    """Section → id → value for all but rules and remedies; the sources must be free of faults."""
    made = {section: _each(sources.of(section), make) for section, make in _MAKERS.items()}
    made["metric_families"] = {
        entry.id: MetricFamily(entry.data["family"], entry.data["orientation"]) for entry in sources.of("metrics")
    }
    return made


def _each(entries: list[Entry], make: Callable[[Data], Any]) -> dict[str, Any]:
    return {entry.id: make(entry.data) for entry in entries}


def _metric(data: Data) -> Metric:
    return Metric(
        id=data["id"],
        name=data["name"],
        name_de=data.get("name_de", ""),
        function=data["id"].split(".")[0],
        unit=data["unit"],
        good_direction=data["good_direction"],
        reap=data["reap"],
        kind=data["kind"],
        timing=data["timing"],
        horizon_days=data["horizon_days"],
        gameability=data["gameability"]["level"],
        gameability_how=data["gameability"]["how"],
        customer_outcome=data.get("customer_outcome", False),
        controllable_by=_texts(data, "controllable_by"),
        aliases=_texts(data, "aliases"),
        inverse_aliases=_texts(data, "inverse_aliases"),
        resolves=_texts(data, "resolves"),
        differs_from=_texts(data, "differs_from"),
        note=data.get("note", ""),
    )


def _influence(data: Data) -> Influence:
    lag = data["lag_days"]
    return Influence(
        id=data["id"],
        source=data["source"],
        target=data["target"],
        sign=data["sign"],
        kind=data["kind"],
        source_direction=data["source_direction"],
        strength=data["strength"],
        lag_days=lag["typical"],
        lag_days_min=lag["min"],
        lag_days_max=lag["max"],
        evidence=data["evidence"],
        support=data["support"],
        citations=_texts(data, "citations"),
        mechanism=data["mechanism"],
        mechanism_de=data.get("mechanism_de", ""),
        when=data.get("when", ""),
        when_de=data.get("when_de", ""),
        told_for=data.get("told_for", ""),
        contested=data.get("contested", False),
        role=data.get("role", "main"),
        counters=_texts(data, "counters"),
    )


def _lever(data: Data) -> Lever:
    return Lever(
        id=data["id"],
        name=data["name"],
        name_de=data.get("name_de", ""),
        definition=data["definition"],
        category=data["category"],
        typical_owner=data["typical_owner"],
        aliases=_texts(data, "aliases"),
        functions=_texts(data, "functions"),
        families=_texts(data, "families"),
        visible=data["visible"],
        shown_by=data["shown_by"],
    )


def _family(data: Data) -> Family:
    return Family(
        id=data["id"],
        name=data["name"],
        name_de=data.get("name_de", ""),
        definition=data["definition"],
        up_means=data["up_means"],
        up_means_de=data.get("up_means_de", ""),
        reap=data["reap"],
        kind=data["kind"],
        timing=data["timing"],
        horizon_days=data["horizon_days"],
        customer_outcome=data.get("customer_outcome", False),
        gameability=data["gameability"]["level"],
        gameability_how=data["gameability"]["how"],
        cues=_texts(data, "cues"),
        adverse_cues=_texts(data, "adverse_cues"),
        examples=_texts(data, "examples"),
    )


def _citation(data: Data) -> Citation:
    return Citation(
        id=data["id"],
        authors=_texts(data, "authors"),
        year=data["year"],
        title=data["title"],
        venue=data["venue"],
        status=data["status"],
        doi=data["doi"],
        doi_seen=data["doi_seen"],
        seen=data["seen"] or "",
        address=data["address"] or "",
        type=data["type"],
        finding=data["finding"],
        short=data.get("short", ""),
    )


def _saying(data: Data) -> Saying:
    return Saying(id=data["id"], en=_texts(data, "en"), de=_texts(data, "de"))


def _texts(data: Data, name: str) -> tuple[str, ...]:
    return tuple(data.get(name, ()))


_MAKERS: dict[str, Callable[[Data], Any]] = {
    "metrics": _metric,
    "influences": _influence,
    "family_influences": _influence,
    "levers": _lever,
    "families": _family,
    "citations": _citation,
    "sayings": _saying,
}
