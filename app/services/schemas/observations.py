"""Observations, as the API shows and reads them."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from app.domain.observations import MOST_AT_ONCE


class Observation(BaseModel):
    """A value on a day, of a KPI or of a metric: one of both is named."""

    kpi: str | None = Field(default=None, description="The key of a KPI of the document.")
    metric: str | None = Field(
        default=None, description="The id of a metric, of the catalogue or of the organization's own."
    )
    on: date
    value: float = Field(description="In the unit of the KPI or metric.")


class Observations(BaseModel):
    """Observations that are written at once. A series has one value on a day."""

    items: list[Observation] = Field(max_length=MOST_AT_ONCE)


class RecordedObservations(BaseModel):
    """What became of observations that were written."""

    created: int
    updated: int = Field(description="Those that had another value on that day before.")
    unchanged: int


class RemovedObservations(BaseModel):
    """How many observations went."""

    removed: int
