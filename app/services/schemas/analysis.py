"""The shape of an analysis as JSON (docs/analysis.md). New members and new values of enumerations may come; none goes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.domain.document.values import GROUNDS_PATTERN
from app.domain.findings import Method
from app.domain.terms import Direction, Evidence, FindingKind, Kind, Level, Strength, Support
from app.services.schemas.stored import PatchOperation

Share = Annotated[float, Field(ge=0, le=1)]
Signed = Annotated[float, Field(ge=-1, le=1)]
Severity = Annotated[float, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=0)]
Fingerprint = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class Engine(BaseModel):
    """What made the analysis: with the same versions, parameters, document and day it comes out the same."""

    version: str
    catalogue: str
    rule_packs: dict[str, str]
    parameters: dict[str, float]


class Summary(BaseModel):
    """The analysis in one look. Levels and kinds are counted over all findings."""

    alignment_index: Signed | None
    levels: dict[Level, Count]
    kinds: dict[FindingKind, Count]
    headline: str


class OutcomeEffect(BaseModel):
    """What a department's goals do for and against an outcome."""

    outcome: str
    help: float
    harm: float


class DepartmentAlignment(BaseModel):
    """How a department's goals stand to what customers are owed; null when they reach no outcome."""

    key: str
    alignment: Signed | None
    coverage: Share
    pressure: Annotated[float, Field(ge=0)]
    effects: list[OutcomeEffect]


class MatrixCell(BaseModel):
    """Findings from one department's goals to another's, or to the `customer`."""

    from_: str = Field(alias="from")
    to: str
    count: Count
    severity: Annotated[float, Field(ge=0)]
    worst: Fingerprint


class Subject(BaseModel):
    """Something of the document, by kind and key."""

    kind: str
    key: str


class SubjectInRole(Subject):
    """Something of the document and the part it plays in a finding."""

    role: str


class Candidate(BaseModel):
    """A metric that a name may mean."""

    metric: str
    score: Share
    inverted: bool


class Resolution(BaseModel):
    """What a KPI's name was taken to mean. `metric` is null for the methods `family` and `unresolved`."""

    name: str
    metric: str | None
    inverted: bool
    family: str | None
    family_direction: Direction | None = None
    score: Share
    method: Method
    candidates: list[Candidate]


class DocumentResolution(Resolution):
    """What the name of something in the document was taken to mean."""

    subject: Subject


class Movement(BaseModel):
    """A metric, or a family written `family:<id>`, and the direction in which it goes."""

    metric: str
    direction: Direction


class ChainLink(BaseModel):
    """One influence of a witness chain, with its evidence and citations."""

    source: Movement
    target: Movement
    kind: Kind
    strength: Strength
    lag_days: Count
    evidence: Evidence
    citations: list[str]
    mechanism: str
    influence: str
    support: Support
    when: str | None = None
    contested: bool | None = None
    counters: list[str] | None = None
    lever: str | None = None
    means: bool | None = None


class Condition(BaseModel):
    """A condition that decided, with the values that it read; `holds` is null when a value is missing."""

    expression: str
    value: dict[str, Any]
    holds: bool | None


class Finding(BaseModel):
    """One thing that a rule reports. `also` holds the whole findings that this one stands for as well."""

    fingerprint: Fingerprint
    kind: FindingKind
    rule: str
    flaw: str | None
    level: Level
    severity: Severity
    confidence: Share
    contested: bool
    sign_reliability: Share | None
    basis: Literal["metric", "family"] | None
    subjects: list[SubjectInRole]
    related: list[SubjectInRole]
    rule_version: int
    departments: list[str]
    title: str
    explanation: str
    chain: list[ChainLink]
    help: list[ChainLink]
    conditions: list[Condition]
    remedies: list[str]
    status: Literal["open", "waived"]
    also: list[Finding]
    facts: dict[str, Any] | None = None
    references: list[str] | None = None
    grounds: Annotated[str, Field(pattern=GROUNDS_PATTERN)] | None = None
    engine_level: Level | None = None
    override: str | None = None
    baseline: Literal["new", "unchanged"] | None = None


class Effect(BaseModel):
    """What the change was seen to do when the engine ran on the changed document. Severities are sums over all findings."""

    severity_before: Annotated[float, Field(ge=0)]
    severity_after: Annotated[float, Field(ge=0)]
    alignment_before: Signed | None
    alignment_after: Signed | None
    removed: list[Fingerprint]
    weakened: list[Fingerprint]
    worsened: list[Fingerprint]


class Cost(BaseModel):
    """What the change costs to make: shares of weight and of pay moved, incentive plans and people touched, money a year if known."""

    weight_moved: Annotated[float, Field(ge=0)]
    pay_moved: Annotated[float, Field(ge=0, le=1)]
    plans: Count
    people: Count
    pay_amount: Annotated[float, Field(ge=0, default=0)]


class Recommendation(BaseModel):
    """A remedy with this company's numbers, proved by a re-run."""

    id: Annotated[str, Field(pattern="^rec_")]
    remedy: str
    title: str
    rationale: str
    addresses: list[Fingerprint]
    patch: list[PatchOperation]
    effect: Effect
    cost: Cost
    effort: Literal["low", "medium", "high"]
    owners: list[str]
    risks: list[str]


class Waived(BaseModel):
    """A finding that somebody accepted."""

    fingerprint: Fingerprint
    owner: str | None
    reason: str | None
    expires: date | None
    title: str
    level: Level
    place: str | None = None
    finding: Finding | None = None


class Setting(BaseModel):
    """A setting that was in force and departs from the defaults: where it comes from is a file or the command line."""

    name: str
    value: Any
    origin: str


class NotAssessable(BaseModel):
    """Something on which a rule could not decide, and the facts that are missing."""

    subjects: list[SubjectInRole]
    missing: list[str]


class RuleOutcome(BaseModel):
    """How a rule came out, fired or not."""

    id: str
    version: int
    fact_kind: str
    rows: Count
    matched: Count
    clear: Count
    not_assessable_rows: Count
    not_assessable: list[NotAssessable]


class NotRun(BaseModel):
    """A rule that was not run: switched off, for a reason; not in force, then `reason` is its period, `2027-01-01/`; or it does not
    fit what rules can read today, then what is wrong."""

    rule: str
    version: int
    because: Literal["off", "not_in_force", "unfit"]
    reason: str


class Loop(BaseModel):
    """Goals whose movements feed each other; reinforcing when the circle drives itself on."""

    movements: list[Movement]
    reinforcing: bool


class Goal(BaseModel):
    """What a department pushes, how hard, and what that is made of."""

    department: str
    subject: Subject
    metric: str | None
    direction: Direction | None
    pressure: Annotated[float, Field(ge=0)]
    exposure: dict[str, float]


class Analysis(BaseModel):
    """Everything that Concord says about one document, worst first. Texts are in the language that was asked for."""

    concord: Literal[1]
    engine: Engine
    content_hash: Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
    as_of: date
    summary: Summary
    departments: list[DepartmentAlignment]
    matrix: list[MatrixCell]
    resolutions: list[DocumentResolution]
    findings: list[Finding]
    recommendations: list[Recommendation]
    waived: list[Waived]
    rules: list[RuleOutcome]
    loops: list[Loop]
    goals: list[Goal]
    assumptions: list[str]
    notices: list[str] | None = None
    settings: list[Setting] | None = None
    not_run: list[NotRun] | None = None
