"""Observations: dated values of KPIs and metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.client.exchange import JSON, Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, reading, writing
from app.client.things import Thing

PATH = "/v1/organizations/{org}/observations"
CSV = "text/csv"


class Observation(Thing):
    """The value of a KPI or a metric on a day."""

    SCHEMA = "Observation"

    kpi: str | None
    metric: str | None
    on: date
    value: float


class Recorded(Thing):
    """What became of observations that were sent."""

    SCHEMA = "RecordedObservations"

    created: int
    updated: int
    unchanged: int


class Removed(Thing):
    """How many observations went."""

    SCHEMA = "RemovedObservations"

    removed: int


class Observations(Group[M]):
    """What was observed of an organization's KPIs and metrics."""

    @Listing
    def list(
        self,
        org: str,
        *,
        kpi: Sequence[str] = (),
        metric: Sequence[str] = (),
        from_: date | None = None,
        to: date | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[Observation]:
        """The observations from a day on, up to another that is not among them. Raises NotFound."""
        asked: Asked = {"kpi": kpi, "metric": metric, "from": from_, "to": to, "sort": sort, "limit": limit}
        return Query(Observation, reading("list_observations", PATH, {"org": org}, **asked))

    @Operation
    def sheet(
        self,
        org: str,
        *,
        kpi: Sequence[str] = (),
        metric: Sequence[str] = (),
        from_: date | None = None,
        to: date | None = None,
    ) -> Flow[bytes]:
        """The observations as a CSV sheet, up to 100,000. Raises NotFound."""
        asked: Asked = {"kpi": kpi, "metric": metric, "from": from_, "to": to, "format": "csv"}
        request = reading("list_observations", PATH, {"org": org}, **asked)
        return self.file(replace(request, headers={"Accept": CSV}))

    @Operation
    def record(
        self,
        org: str,
        observations: Sequence[Mapping[str, Any]] | bytes,
        *,
        media_type: str = CSV,
        dry_run: bool = False,
    ) -> Flow[Recorded]:
        """Record observations, all or none: `{"kpi": "aht", "on": "2026-01-31", "value": 290}` each, or the bytes of a CSV sheet.

        Raises NotFound, Invalid.
        """
        is_file = isinstance(observations, bytes)
        body = observations if is_file else {"items": [*observations]}
        kind = media_type if is_file else JSON
        request = writing("record_observations", "POST", PATH, {"org": org}, body, media_type=kind, dry_run=dry_run)
        return self.one(Recorded, request)

    @Operation
    def delete(
        self,
        org: str,
        *,
        kpi: Sequence[str] = (),
        metric: Sequence[str] = (),
        from_: date | None = None,
        to: date | None = None,
        dry_run: bool = False,
    ) -> Flow[Removed]:
        """Delete observations of KPIs or metrics, or within days; something has to be said. Raises NotFound, Invalid."""
        asked: Asked = {"kpi": kpi, "metric": metric, "from": from_, "to": to, "dry_run": dry_run}
        return self.one(Removed, writing("delete_observations", "DELETE", PATH, {"org": org}, **asked))
