"""Roadmaps as the API shows and reads them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.domain.roadmap import GroundKind
from app.domain.roadmap_templates import Check, Stage
from app.services.schemas.analyses import Revision
from app.services.schemas.analysis import Share

READ_ONLY: dict[str, Any] = {"readOnly": True}
Name = Annotated[str, Field(min_length=1, max_length=300)]
DaysOfItem = Annotated[int, Field(ge=1, le=3650)]


class RoadmapMeasure(BaseModel):
    """A measure of success: a KPI by its key or name, or a metric; its value today, and the one wanted. `target` of a guardrail is what
    is not to be passed. Shares have the unit `share` (0–1) or `%`."""

    name: Name
    baseline: float
    target: float
    unit: str | None = Field(default=None, min_length=1, max_length=300)


class RoadmapConfirmation(BaseModel):
    """Somebody says that a criterion is met, and by what it shows."""

    evidence: Annotated[str, Field(min_length=1, max_length=2000)]
    by: str | None = Field(default=None, json_schema_extra=READ_ONLY)
    on: date | None = Field(default=None, json_schema_extra=READ_ONLY)


class RoadmapCriterion(BaseModel):
    """What has to be so. `shown_by`: the member of the item that shows it; where there is none somebody confirms it."""

    key: str
    text: str
    met: bool
    shown_by: Check | None = None
    by: str | None = None
    on: date | None = None
    evidence: str | None = None


class RoadmapGround(BaseModel):
    """Why the item is there, and where to read more. `weight`: severity of a finding, missing share of a gap, what a recommendation
    clears; 0–100."""

    kind: GroundKind
    key: str
    title: str
    weight: Annotated[float, Field(ge=0, le=100)]
    href: str


class RoadmapItemToChange(BaseModel):
    """What people say of an item. `stage` moves by one; the next one needs all that `exit` lists."""

    owner: Name | None = Field(default=None, description="Who owns it, by name.")
    starts_on: date | None = Field(
        default=None, description="It begins on this day, or when what it waits for has ended."
    )
    days: DaysOfItem | None = Field(default=None, description="How long it takes.")
    after: list[str] | None = Field(default=None, max_length=50, description="Keys of items that have to end before.")
    measure: RoadmapMeasure | None = None
    guardrails: list[RoadmapMeasure] | None = Field(default=None, max_length=20)
    confirmed: dict[str, RoadmapConfirmation] | None = Field(
        default=None, description="Criteria of its stage that somebody confirmed, by key."
    )
    stage: Stage | None = None


class RoadmapItem(RoadmapItemToChange):
    """An action item with its dates, its stage, what it needs to leave it, how customers take part, and why it is there."""

    days: DaysOfItem
    after: list[str] = Field(max_length=50)
    guardrails: list[RoadmapMeasure] = Field(max_length=20)
    confirmed: dict[str, RoadmapConfirmation]
    stage: Stage
    key: str = Field(json_schema_extra=READ_ONLY)
    phase: str = Field(json_schema_extra=READ_ONLY)
    title: str = Field(json_schema_extra=READ_ONLY)
    why: str = Field(json_schema_extra=READ_ONLY)
    stage_title: str = Field(json_schema_extra=READ_ONLY)
    customers: str = Field(json_schema_extra=READ_ONLY, description="How customers are involved at this stage.")
    begins_on: date = Field(json_schema_extra=READ_ONLY)
    ends_on: date = Field(json_schema_extra=READ_ONLY)
    slack_days: int = Field(json_schema_extra=READ_ONLY, description="How long it may wait without the end waiting.")
    is_critical: bool = Field(json_schema_extra=READ_ONLY)
    entry: list[RoadmapCriterion] = Field(json_schema_extra=READ_ONLY, description="What let it enter its stage.")
    exit: list[RoadmapCriterion] = Field(json_schema_extra=READ_ONLY, description="What lets it leave its stage.")
    grounds: list[RoadmapGround] = Field(json_schema_extra=READ_ONLY)


class RoadmapToBuild(BaseModel):
    """How it is built. Without a day it starts today, or as it did."""

    starts_on: date | None = None


class RoadmapToChange(BaseModel):
    """What is said of the whole."""

    starts_on: date


class RoadmapRoad(BaseModel):
    """What it was built from."""

    id: str
    version: int
    citations: list[str]


class RoadmapStage(BaseModel):
    """A stage, and how many items are at it."""

    key: Stage
    title: str
    items: int


class RoadmapPhase(BaseModel):
    """A phase."""

    key: str
    title: str


class Roadmap(RoadmapToChange):
    """The road from conflicts to a customer-centric company. `progress`: stages that items have left, of all that there are."""

    organization: str = Field(json_schema_extra=READ_ONLY)
    name: str = Field(json_schema_extra=READ_ONLY)
    analysis: str | None = Field(default=None, json_schema_extra=READ_ONLY, description="The newest when it was built.")
    revision: Revision = Field(json_schema_extra=READ_ONLY, description="Of the document that it was built from.")
    road: RoadmapRoad = Field(json_schema_extra=READ_ONLY)
    ends_on: date = Field(json_schema_extra=READ_ONLY)
    progress: Share = Field(json_schema_extra=READ_ONLY)
    critical_path: list[str] = Field(json_schema_extra=READ_ONLY, description="Items that the end waits for.")
    stages: list[RoadmapStage] = Field(json_schema_extra=READ_ONLY)
    phases: list[RoadmapPhase] = Field(json_schema_extra=READ_ONLY)
    items: list[RoadmapItem] = Field(json_schema_extra=READ_ONLY)
    created_at: datetime = Field(json_schema_extra=READ_ONLY)
    updated_at: datetime = Field(json_schema_extra=READ_ONLY)
    updated_by: str = Field(json_schema_extra=READ_ONLY)


class RoadmapPilot(BaseModel):
    """How an item is tried before all work so. Day 0 is `begins_on`; the first `lag_days` tell nothing yet."""

    people_of_each_half: int
    units_of_each_half: int
    lag_days: int
    lag_from: Literal["influences", "asked"]
    days: int
    begins_on: date
    guardrails_on: date
    ends_on: date
    stop_below: float
    stop_rule: str
    rests_on: list[str]
