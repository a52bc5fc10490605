"""What own observations say of influences, as the API shows it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.domain.empirical import Verdict
from app.domain.terms import Kind, Strength
from app.services.schemas.analyses import ComparedFinding, ComparisonCounts, Revision
from app.services.schemas.analysis import Count, Fingerprint, Share, Signed
from app.services.schemas.stored import DocumentChange


class InfluenceUsed(BaseModel):
    """An influence that findings of the document use, and which."""

    influence: str
    source: str
    target: str
    sign: Literal["+", "-"]
    kind: Kind
    strength: Strength
    lag_days: Count
    findings: list[Fingerprint]


class ObservedAs(BaseModel):
    """The series that stands for a metric: its own, or that of a KPI which means it. `inverted`: the KPI counts the other way round."""

    kpi: str | None = None
    metric: str | None = None
    inverted: bool


class ObservedEnds(BaseModel):
    """The series of both ends."""

    source: ObservedAs
    target: ObservedAs


class InfluenceTested(InfluenceUsed):
    """What observations say of an influence.

    `open`: there are enough for an effect of the assumed size, and they say neither; `not_enough`: `points_needed` says how many it takes.
    """

    observed: ObservedEnds
    verdict: Verdict
    period: Literal["week", "month", "quarter", "year"]
    points: Count = Field(description="Periods that both series have.")
    points_needed: Count
    correlation: Signed | None = None
    lag_periods: Count | None = None
    p_value: Share | None = None
    p_value_against: Share | None = Field(default=None, description="For the opposite of what the influence claims.")
    own_strength: Strength | None = Field(default=None, description="The class that the effect has here, if supported.")


class InfluenceUntested(InfluenceUsed):
    """An influence that cannot be tested yet: the metrics that nobody observes."""

    missing: list[str]


class OwnEvidence(BaseModel):
    """What own observations say of the influences that the findings use."""

    revision: Revision
    as_of: date
    influences: list[InfluenceTested]
    untested: list[InfluenceUntested]


class ReplacedStrength(BaseModel):
    """A class that own observations replaced, and what that changes of the findings and of the document."""

    influence: str
    before: Strength
    after: Strength
    revision: Revision
    alignment_change: Annotated[float, Field(ge=-2, le=2)] | None
    counts: ComparisonCounts
    new: list[ComparedFinding]
    worse: list[ComparedFinding]
    better: list[ComparedFinding]
    fixed: list[ComparedFinding]
    changes: list[DocumentChange]
