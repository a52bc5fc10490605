"""Jobs and schedules, as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from app.domain.jobs import Status
from app.domain.schedules import Every


class Progress(BaseModel):
    """How far a job is. `unit`: what is counted."""

    done: int = Field(ge=0)
    total: int = Field(ge=0)
    unit: str


class JobProblem(BaseModel):
    """Why a job failed (RFC 9457), told as if its request had been answered with it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]] | None = None


class Job(BaseModel):
    """Work that takes long. It ends as `succeeded` with a `result`, as `failed` with a `problem`, or as `cancelled`; then it is kept for
    30 days."""

    id: str
    kind: str = Field(description="What is done: `analysis`, `plan`.")
    organization: str | None = Field(default=None, description="The key of the organization that it is about.")
    status: Status
    progress: Progress | None = None
    created_at: datetime
    created_by: str
    started_at: datetime | None = None
    finished_at: datetime | None = None
    result: str | None = Field(default=None, description="The address of what it came to.")
    problem: JobProblem | None = None


class Schedule(BaseModel):
    """When an organization is analysed again by itself."""

    every: Every = Field(
        description="How often. `never`: only when KPIs, incentive plans or waivers come into force or leave it."
    )
    next_at: datetime | None = Field(
        default=None, json_schema_extra={"readOnly": True}, description="The next time, for whichever reason."
    )
