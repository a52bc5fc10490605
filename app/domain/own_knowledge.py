"""The organization's own metrics and influences laid over the catalogue (document: `metrics`, `influences`)."""

from __future__ import annotations

from functools import lru_cache

from app.domain.catalogue import Catalogue, Influence, Metric, MetricFamily
from app.domain.document import Document, OwnInfluence, OwnMetric


def with_own_knowledge(catalogue: Catalogue, document: Document) -> Catalogue:
    """The catalogue as this organization sees it: own metrics added, influences added, overridden and muted.

    The catalogue itself comes back when the document has no knowledge of its own, so that searches on it are shared.
    """
    if not document.metrics and not document.influences:
        return catalogue
    return _laid_over(catalogue, document.metrics, document.influences)


@lru_cache(maxsize=8)
def _laid_over(
    catalogue: Catalogue, own_metrics: tuple[OwnMetric, ...], own_influences: tuple[OwnInfluence, ...]
) -> Catalogue:
    metrics = {**catalogue.metrics, **{m.id: _metric(m) for m in own_metrics}}
    families = {**catalogue.metric_families, **{m.id: _family(m) for m in own_metrics}}
    influences = dict(catalogue.influences)
    in_order = sorted(own_influences, key=repr)
    for own in in_order:
        if own.mutes:
            influences.pop(own.mutes, None)
        elif own.overrides and own.overrides in catalogue.influences:
            influences[own.overrides] = _overridden(catalogue.influences[own.overrides], own)
    for own in (i for i in in_order if not i.mutes and not i.overrides):
        influences[_own_id(own)] = _influence(own)
    return catalogue._replace(metrics=metrics, metric_families=families, influences=influences)


def _metric(own: OwnMetric) -> Metric:
    return Metric(
        id=own.id,
        name=own.name,
        name_de=own.name,
        function=own.function or own.id.split(".")[0],
        unit=own.unit or "",
        good_direction=own.good_direction,
        aliases=own.aliases,
        inverse_aliases=own.inverse_aliases,
        reap=own.reap or "none",
        kind=own.kind or "output",
        customer_outcome=own.customer_outcome,
        controllable_by=tuple(own.controllable_by),
        own=True,
    )


def _family(own: OwnMetric) -> MetricFamily:
    """Families are scales on which up is good, so a metric that should fall runs against its family."""
    return MetricFamily(own.family, "-" if own.good_direction == "decrease" else "+")


def _own_id(own: OwnInfluence) -> str:
    return f"own:{own.source}>{own.target}:{own.kind or 'causal'}:{own.source_direction or 'both'}"


def _influence(own: OwnInfluence) -> Influence:
    kind = own.kind or "causal"
    return Influence(
        id=_own_id(own),
        source=own.source or "",
        target=own.target or "",
        sign=own.sign or "+",
        kind=kind,
        source_direction=own.source_direction or ("up" if kind == "pressure" else "both"),
        strength=own.strength or "moderate",
        lag_days=own.lag_days or 0,
        evidence=own.evidence or "expert",
        support="definition" if kind == "identity" else "none" if own.evidence in (None, "expert") else "direct",
        mechanism=own.mechanism or own.source_note or "",
        mechanism_de=own.mechanism or own.source_note or "",
        own=True,
    )


def _overridden(known: Influence, own: OwnInfluence) -> Influence:
    """The catalogue's influence with what the organization says instead."""
    changes = {
        name: value
        for name in ("sign", "kind", "strength", "source_direction", "lag_days", "evidence")
        if (value := getattr(own, name)) is not None
    }
    said = own.mechanism or own.source_note
    if said:
        changes |= {"mechanism": said, "mechanism_de": said, "told_for": ""}
    return known._replace(**changes, own=True)
