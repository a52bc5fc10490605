"""Stored analyses, as the API shows them. Their parts are those of `app.services.schemas.analysis`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.domain.terms import Direction, FindingKind, Level
from app.services.schemas.analysis import (
    ChainLink,
    Condition,
    Count,
    DepartmentAlignment,
    Engine,
    Finding,
    Fingerprint,
    Goal,
    MatrixCell,
    Recommendation,
    Severity,
    Share,
    Signed,
    SubjectInRole,
    Summary,
)
from app.services.schemas.stored import DocumentChange, PatchOperation

AnalysisId = Annotated[str, Field(pattern="^ana_[0-9a-z]{26}$")]
Revision = Annotated[int, Field(ge=1)]


class AnalysisToRun(BaseModel):
    """What is to be analysed: the newest revision as of today (UTC), with recommendations, unless something else is said."""

    as_of: date | None = Field(default=None, description="The day on which the plans are looked at.")
    revision: Revision | None = Field(default=None, description="The number of a past document.")
    with_recommendations: bool = Field(
        default=True, description="Whether changes are worked out and proved; most of the time goes into that."
    )


class Coverage(BaseModel):
    """How much of the company the index looks at; read it beside the index, which hidden goals would otherwise raise."""

    outcomes: Share | None = Field(
        description="The share of what customers are owed that departments reach, weighted by pressure; null where nobody pushes."
    )
    departments: Share | None = Field(description="The share of departments that count in the index.")
    goals: Count = Field(description="Goals that were looked at.")
    resolved: Share | None = Field(description="The share of goals whose metric is known.")


class RemovedGoal(BaseModel):
    """A goal that an earlier analysis looked at and this one does not: removed, renamed, or not in force."""

    department: str
    kind: str
    key: str
    pressure: Annotated[float, Field(ge=0)]


class PinnedEngine(Engine):
    """What made the analysis, with the hashes of `catalogue` and of each rule pack."""

    hashes: dict[str, str]


class PinnedWaiver(BaseModel):
    """A waiver of a conflict that was in force, beside those in the document."""

    place: str
    fingerprint: Fingerprint | None = None
    rule: str | None = None
    subjects: list[str] | None = None
    owner: str | None = None
    reason: str | None = None
    expires: date | None = None
    grounds: str | None = None


class ListedAnalysis(BaseModel):
    """An analysis in short. `previous`: the one before it, since which `removed_goals` are gone; before a current one the last of these."""

    id: AnalysisId
    organization: str
    revision: Revision
    content_hash: str
    as_of: date
    current: bool = Field(description="It looked at the newest revision as of the day (UTC) on which it ran.")
    created_at: datetime
    created_by: str
    summary: Summary
    coverage: Coverage
    finding_count: Count = Field(description="Findings that are open.")
    waived_count: Count = Field(description="Findings that somebody has accepted.")
    recommendation_count: Count
    removed_goals: list[RemovedGoal]
    previous: AnalysisId | None = None
    scenario: str | None = Field(default=None, description="It looked at the document of this scenario.")


class StoredAnalysis(ListedAnalysis):
    """An analysis: what it found in short, and all that it depends on. It never changes."""

    engine: PinnedEngine
    matrix: list[MatrixCell]
    waivers: list[PinnedWaiver]
    with_recommendations: bool
    result_hash: str = Field(description="SHA-256 of the report in JSON, in English.")


class CitedSource(BaseModel):
    """A source by its id in the catalogue, with its full reference where the catalogue of today has it."""

    id: str
    status: str | None = None
    reference: str | None = None


class ListedFinding(BaseModel):
    """A finding by itself. `folded_under`: the one that stands for it in reports. The later members are there where `include` asks."""

    fingerprint: Fingerprint
    kind: FindingKind
    rule: str
    flaw: str | None = None
    level: Level
    severity: Severity
    confidence: Share
    subjects: list[SubjectInRole]
    departments: list[str]
    outcome: str | None = Field(default=None, description="The key of the outcome that it works against.")
    title: str
    status: Literal["open", "waived"]
    folded_under: Fingerprint | None = None
    explanation: str | None = None
    chain: list[ChainLink] | None = None
    help: list[ChainLink] | None = None
    conditions: list[Condition] | None = None
    facts: dict[str, Any] | None = None
    remedies: list[str] | None = None
    references: list[str] | None = None
    citations: list[CitedSource] | None = None


class StoredFinding(Finding):
    """A finding in full."""

    folded_under: Fingerprint | None = None
    citations: list[CitedSource]


class Named(BaseModel):
    """Something by key, with its name."""

    key: str
    name: str


class NamedMatrixCell(MatrixCell):
    """A cell, with level and title of the worst finding in it."""

    level: Level
    title: str


class AnalysisMatrix(BaseModel):
    """Who works against whom: a row for each department, a column for each and one for customers; cells without findings are left out."""

    analysis: AnalysisId
    rows: list[Named]
    columns: list[Named]
    cells: list[NamedMatrixCell]


class WeightedOutcome(Named):
    """Something that customers are owed; the weights of all sum to one."""

    weight: Share


class NamedAlignment(DepartmentAlignment):
    """How a department stands to what customers are owed."""

    name: str


class AnalysisAlignment(BaseModel):
    """How the departments stand to what customers are owed, and how much of that was looked at."""

    analysis: AnalysisId
    alignment_index: Signed | None
    coverage: Coverage
    removed_goals: list[RemovedGoal]
    outcomes: list[WeightedOutcome]
    departments: list[NamedAlignment]


class TouchedMovement(BaseModel):
    """A movement on witness chains, the keys of the outcomes that it harms at their end, and how many findings pass it."""

    metric: str
    direction: Direction
    outcomes: list[str]
    findings: Count


class CarryingInfluence(ChainLink):
    """An influence on witness chains: how many findings' chains run over it, and the worst of them."""

    findings: Count
    severity: Severity
    worst: Fingerprint


class AnalysisNetwork(BaseModel):
    """The graph behind the findings: a goal sets off the movement of its metric, influences lead from movement to movement."""

    analysis: AnalysisId
    goals: list[Goal]
    movements: list[TouchedMovement]
    influences: list[CarryingInfluence]


class ComparedSide(BaseModel):
    """One of two analyses that are compared. `severity` is the sum over its open findings."""

    id: AnalysisId
    revision: Revision
    as_of: date
    alignment_index: Signed | None
    coverage: Coverage
    levels: dict[Level, Count]
    severity: Annotated[float, Field(ge=0)]


class Grade(BaseModel):
    """How bad a finding is."""

    level: Level
    severity: Severity


class ComparedFinding(BaseModel):
    """A finding before and after, left out where it is not there.

    `goal_removed`: it is gone because a goal is gone that it was about, not because anybody solved it.
    """

    fingerprint: Fingerprint
    kind: FindingKind
    rule: str
    departments: list[str]
    title: str
    before: Grade | None = None
    after: Grade | None = None
    goal_removed: bool | None = None


class ComparisonCounts(BaseModel):
    """How many findings there are of each fate."""

    new: Count
    worse: Count
    better: Count
    fixed: Count
    waived: Count
    unchanged: Count


class AnalysisComparison(BaseModel):
    """What an analysis says that another one, before it, did not; each list worst first.

    `differs` names what is not the same in both beside the document: `engine`, `catalogue`, `rule_packs`, `parameters`, `waivers`, `as_of`.
    `changes` are those of the document between their revisions.
    """

    before: ComparedSide
    after: ComparedSide
    alignment_change: Annotated[float, Field(ge=-2, le=2)] | None
    differs: list[str]
    counts: ComparisonCounts
    new: list[ComparedFinding]
    worse: list[ComparedFinding]
    better: list[ComparedFinding]
    fixed: list[ComparedFinding]
    waived: list[ComparedFinding]
    unchanged: list[ComparedFinding] | None = None
    removed_goals: list[RemovedGoal]
    added_goals: list[RemovedGoal]
    changes: list[DocumentChange]


class VerifiedFindings(BaseModel):
    """The findings of both runs, each by itself: how many are the same bytes, and the fingerprints of the others."""

    same: Count
    changed: list[Fingerprint]
    gone: list[Fingerprint]
    new: list[Fingerprint]


class ChangedPin(BaseModel):
    """Something that the analysis depends on and that is another today: `engine`, `catalogue`, `rule_packs.…`, `hashes.…`."""

    name: str
    pinned: str | None = None
    today: str | None = None


class AnalysisVerification(BaseModel):
    """What came of running an analysis again from what it pins. `differs`: members of the result that are not the same bytes."""

    analysis: AnalysisId
    reproduced: bool
    differs: list[str]
    findings: VerifiedFindings
    pins: list[ChangedPin]


class ReturnedRecommendation(BaseModel):
    """What was decided about a recommendation before it came back. `because`: it has another `patch`, answers other `findings`, or those
    rest on other `grounds`: chains or sources."""

    because: Literal["patch", "findings", "grounds"]
    analysis: AnalysisId
    recommendation: str
    dismissed_at: datetime
    dismissed_by: str
    reason: str


class RecommendationConflict(BaseModel):
    """A place that a recommendation changes and that is another now: on what it was worked out (`base`), what stands there `now`, and
    what is `recommended`; left out where nothing is."""

    pointer: str
    base: Any = None
    now: Any = None
    recommended: Any = None
    part_gone: bool | None = Field(default=None, description="A part that it changes is not there any more.")


class OutdatedRecommendation(BaseModel):
    """The document as it is now, where a recommendation was worked out on another state of it; shown by itself, the recommendation says
    what becomes of it there: a `patch` that fits, or `conflicts`."""

    revision: Revision
    content_hash: str
    patch: list[PatchOperation] | None = None
    conflicts: list[RecommendationConflict] | None = None


class StoredRecommendation(Recommendation):
    """A recommendation, and what was decided about it. `revision`: the one that accepting it led to; `scenario`: the one that it was put
    into."""

    analysis: AnalysisId
    status: Literal["open", "accepted", "dismissed"]
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: str | None = None
    revision: Revision | None = None
    scenario: str | None = None
    returned: ReturnedRecommendation | None = Field(
        default=None, description="It was dismissed before, and is there again on other ground."
    )
    outdated: OutdatedRecommendation | None = Field(
        default=None, description="It was worked out on another state of the document than there is now."
    )


class AcceptedRecommendation(BaseModel):
    """A recommendation that became part of the document, or of a scenario: the revision that it led to, or that the scenario stands on, and
    what that changed."""

    recommendation: StoredRecommendation
    scenario: str | None = Field(default=None, description="The scenario that it was put into.")
    revision: Revision
    content_hash: str
    changes: list[DocumentChange]
    patch: list[PatchOperation]
