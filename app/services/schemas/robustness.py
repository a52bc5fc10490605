"""How far analyses can be relied on, as the API shows it: sensitivity, deciding influences, cuts, value at stake."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.domain.cuts import Beyond
from app.domain.terms import Level
from app.domain.value_at_stake import Lacking
from app.services.schemas.analyses import AnalysisId
from app.services.schemas.analysis import ChainLink, Count, Fingerprint, Share, Signed

SensitivityId = Annotated[str, Field(pattern="^sen_[0-9a-z]{26}$")]
Severity = Annotated[float, Field(ge=0, le=100)]
Total = Annotated[float, Field(ge=0)]


class SamplesToDraw(BaseModel):
    """How many samples are drawn, and from which seed."""

    samples: Annotated[int, Field(ge=1, le=100_000)] = 1_000
    seed: Annotated[int, Field(ge=0, le=2_147_483_647)] = 0


class DecidingStrength(BaseModel):
    """An influence that a severity hangs on: the rank correlation of its strength with it over the samples."""

    influence: str
    correlation: Signed


class SeverityRange(BaseModel):
    """What all but a twentieth of severities lie above, and below; 0 where the finding was gone."""

    low: Severity
    high: Severity


class FindingStability(BaseModel):
    """How a finding stands: `holds` is the share of samples at or above its level, `remains` that in which it is found at all."""

    fingerprint: Fingerprint
    level: Level
    severity: Severity
    holds: Share
    remains: Share
    range: SeverityRange
    rests_on_strengths: bool = Field(description="Whether its severity, or its being found, ever changed.")
    measured_level: Level | None = Field(
        default=None, description="Its level when only measured influences count; left out when it is gone then."
    )
    deciding: list[DecidingStrength]


class TriedRecommendation(BaseModel):
    """In which share of samples a recommendation lowers total severity, and by how many points in the middle one."""

    id: str
    helps: Share
    cleared: float


class ListedSensitivity(BaseModel):
    """Samples that were drawn for an analysis."""

    id: SensitivityId
    analysis: AnalysisId
    created_at: datetime
    created_by: str
    samples: Count
    seed: Count


class AnalysisSensitivity(ListedSensitivity):
    """How far the open findings and the recommendations of an analysis stand; recommendations were tried on the first `tried` samples.

    `deciding`: what the sum of all severities hangs on.
    """

    tried: Count
    findings: list[FindingStability]
    recommendations: list[TriedRecommendation]
    deciding: list[DecidingStrength]


class GradeOfFinding(BaseModel):
    """A level and its severity."""

    level: Level
    severity: Severity


class ShiftedFinding(BaseModel):
    """A finding that is not what it was; a side is left out where it is not found."""

    fingerprint: Fingerprint
    before: GradeOfFinding | None = None
    after: GradeOfFinding | None = None


class TurnedInfluence(BaseModel):
    """What changes: the finding that was asked about (`asked`), and all others."""

    asked: list[ShiftedFinding]
    others: list[ShiftedFinding]


class DecidingInfluence(ChainLink):
    """An influence on the chains behind a finding, dropped, and with its sign turned round."""

    decides: bool = Field(description="Whether the finding is gone, or falls by a level, one way or the other.")
    dropped: TurnedInfluence
    flipped: TurnedInfluence


class FindingInfluences(BaseModel):
    """The influences behind a finding, those that decide first."""

    analysis: AnalysisId
    finding: Fingerprint
    influences: list[DecidingInfluence]


class GuardedMovement(BaseModel):
    """A metric, and the direction in which it must not go."""

    metric: str
    direction: Literal["up", "down"]


class SafeguardOfCut(BaseModel):
    """A movement to guard against: the pay for `goals` is to depend on it. `kpis`: those on record that want the opposite."""

    movement: GuardedMovement
    kpis: list[str]
    controlled: bool = Field(description="Whether the department has the measure in its hands.")
    goals: list[str]
    chains: Count


class SeverityBeforeAndAfter(BaseModel):
    """Severities, or sums of them, without and with the safeguards."""

    before: Total
    after: Total


class ConflictOfCut(BaseModel):
    """A conflict between the two, without and with the safeguards; `beyond`: why they do not answer it."""

    source: str
    target: str
    severity: SeverityBeforeAndAfter
    beyond: Beyond | None = None
    by_kind: bool = Field(
        description="Whether, with the safeguards, no chain is left and the kind of measure is asked."
    )


class AnalysisCut(BaseModel):
    """The fewest safeguards that meet every harmful chain from one department to another, or to the customers."""

    analysis: AnalysisId
    source: str
    target: str
    safeguards: list[SafeguardOfCut]
    chains: Count
    severity: SeverityBeforeAndAfter
    conflicts: list[ConflictOfCut]


class Money(BaseModel):
    """An amount as a decimal text, and its currency."""

    amount: Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$")]
    currency: str


class ShareRange(BaseModel):
    """Shares of what the planned change is worth."""

    low: Share
    high: Share


class FindingAtStake(BaseModel):
    """What one finding may cost of it."""

    fingerprint: Fingerprint
    share: ShareRange
    low: Money
    high: Money


class OutcomeAtStake(BaseModel):
    """What the planned change of an outcome is worth, and what of that conflicts may cost together."""

    outcome: str
    worth: Money
    low: Money
    high: Money
    findings: list[FindingAtStake]


class LackingForValue(BaseModel):
    """An outcome that is harmed and of which no money can be named: what the document does not say."""

    outcome: str
    member: Lacking
    said: str


class AnalysisValueAtStake(BaseModel):
    """What conflicts may cost, with every assumption. Only where the document says what outcomes are worth."""

    analysis: AnalysisId
    currency: str | None = None
    outcomes: list[OutcomeAtStake]
    lacking: list[LackingForValue]
    assumptions: list[str]
