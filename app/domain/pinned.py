"""A metric that the document names itself: taken as it is, nothing is read."""

from __future__ import annotations

from app.domain.catalogue import Catalogue
from app.domain.findings import Resolution


def pinned(name: str, metric: str, inverted: bool, catalogue: Catalogue) -> Resolution:
    """The resolution of a name whose metric is given, with method `pinned`."""
    family = catalogue.metric_families.get(metric)
    return Resolution(name, metric, inverted, family.family if family else None, 1.0, "pinned")
