"""The customer base as an asset, as the API shows it and reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from app.domain.customer_asset import Driver
from app.domain.lifetime_at_stake import Unvalued
from app.services.schemas.analyses import Revision
from app.services.schemas.analysis import Fingerprint, Share

READ_ONLY: dict[str, Any] = {"readOnly": True}
Amount = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$", description="In the organization's currency.")]
Money = Annotated[float, Field(ge=0, le=1e12)]


class CustomerSegment(BaseModel):
    """A segment a year, in the organization's currency. Without `customers` and `share` the share is the one that the document says."""

    customers: Annotated[float, Field(ge=0, le=1e10)] | None = Field(default=None, description="How many there are.")
    share: Share | None = Field(default=None, description="Instead: their share of the document's customers.")
    margin: Annotated[float, Field(ge=-1e12, le=1e12)] = Field(
        description="What one brings, after what serving it costs."
    )
    retention: Share = Field(description="The share that stays each year.")
    cost_to_serve: Money | None = Field(default=None, description="What serving one costs.")
    acquisition_cost: Money | None = Field(default=None, description="What winning one costs, once.")


class AmountRange(BaseModel):
    """From, to."""

    low: Amount
    high: Amount


class PointRange(BaseModel):
    """Points of a rate, from, to."""

    low: float
    high: float


class WithinYears(BaseModel):
    """What comes within some years after the first margin."""

    years: int
    worth: Amount


class SegmentValue(BaseModel):
    """What a customer of a segment is worth (`each`), and all of them. `point_of_retention`: all, when one more of a hundred stays."""

    segment: str
    customers: float
    each: Amount
    worth: Amount
    within_years: Amount
    share_of_customers: Share
    share_of_worth: Share | None = None
    point_of_retention: Amount


class AnswerableDepartment(BaseModel):
    """A department that is steered by a driver, and its share of the pressure on it."""

    department: str
    share: Share


class DriverValue(BaseModel):
    """What a driver is worth, beside how hard goals, and pay alone, push it, as shares of all four. Nobody answers for it where
    `answerable` is empty."""

    driver: Driver
    worth: Amount = Field(
        description="One more of a hundred customers who stay each year; for the others one percent more."
    )
    share_of_worth: Share | None = None
    share_of_pressure: Share | None = None
    share_of_pay: Share | None = None
    answerable: list[AnswerableDepartment]


class FindingLifetimeCost(BaseModel):
    """What a conflict may cost: points of retention that may not come, and what the base is worth less without them."""

    fingerprint: Fingerprint
    points: PointRange
    worth: AmountRange


class OutcomeLifetimeCost(BaseModel):
    """What conflicts with a retention outcome may cost in lifetime value."""

    outcome: str
    segment: str | None = None
    planned_points: float
    worth: AmountRange
    findings: list[FindingLifetimeCost]


class UnvaluedOutcome(BaseModel):
    """A retention outcome that is harmed and cannot be put in lifetime value, and why."""

    outcome: str
    what: Unvalued
    text: str


class LifetimeAtStake(BaseModel):
    """What conflicts with retention may cost."""

    outcomes: list[OutcomeLifetimeCost]
    lacking: list[UnvaluedOutcome]


class FigureAssumption(BaseModel):
    """Something that figures rest on. Without citations it is judgement."""

    key: str
    text: str
    formula: str | None = None
    citations: list[str]


class CustomerAssetToPut(BaseModel):
    """What people say of the customer base. Segments are those of the document by key, and `others`; `all` where it names none."""

    discount: Annotated[float, Field(ge=0, le=1)] = Field(description="The discount rate a year, as a share.")
    segments: dict[str, CustomerSegment] = Field(min_length=1, max_length=100)


class CustomerAsset(CustomerAssetToPut):
    """What people say of the customer base, and what follows beside the document as it stands."""

    currency: str | None = Field(default=None, json_schema_extra=READ_ONLY)
    revision: Revision = Field(json_schema_extra=READ_ONLY, description="That of the document beside which it is read.")
    updated_at: datetime = Field(json_schema_extra=READ_ONLY)
    updated_by: str = Field(json_schema_extra=READ_ONLY)
    worth: Amount = Field(json_schema_extra=READ_ONLY)
    within_years: WithinYears = Field(json_schema_extra=READ_ONLY)
    segment_worth: list[SegmentValue] = Field(json_schema_extra=READ_ONLY)
    drivers: list[DriverValue] = Field(json_schema_extra=READ_ONLY)
    at_stake: LifetimeAtStake = Field(json_schema_extra=READ_ONLY)
    assumptions: list[FigureAssumption] = Field(json_schema_extra=READ_ONLY)
