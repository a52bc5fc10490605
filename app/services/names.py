"""What KPIs' names mean: free text → metrics of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.catalogue.load import catalogue
from app.domain.catalogue import Metric
from app.domain.findings import Resolution
from app.domain.names.resolve import Resolver
from app.domain.terms import Function, Wanted


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A KPI's name as somebody wrote it, and what else is known: the department's function, the unit, the wanted direction."""

    name: str
    function: Function | None = None
    unit: str | None = None
    direction: Wanted | None = None


def resolve(names: Sequence[WrittenName]) -> list[Resolution]:
    """What each name means, in the same order."""
    resolver = Resolver(catalogue())
    return [
        resolver.resolve(written.name, function=written.function, unit=written.unit, direction=written.direction)
        for written in names
    ]


def search(query: str, limit: int = 10) -> list[tuple[Metric, float]]:
    """The metrics whose names come nearest to a query, best first, with scores in 0–1."""
    return Resolver(catalogue()).search(query, limit)
