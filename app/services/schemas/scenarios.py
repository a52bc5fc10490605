"""Scenarios and plans, as the API shows them and reads them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.domain.document import Document
from app.domain.terms import Language, Level
from app.services.schemas.analyses import AnalysisId, ComparedFinding, ComparisonCounts, RemovedGoal, Revision
from app.services.schemas.analysis import Cost, Count, Effect, Fingerprint, Recommendation, Share, Signed
from app.services.schemas.stored import DocumentChange, PatchOperation

ScenarioId = Annotated[str, Field(pattern="^scn_[0-9a-z]{26}$")]
PatchId = Annotated[str, Field(pattern="^pch_[0-9a-z]{26}$")]
PlanId = Annotated[str, Field(pattern="^pln_[0-9a-z]{26}$")]
Sum = Annotated[float, Field(ge=0)]
READ_ONLY: dict[str, Any] = {"readOnly": True}


class PatchSource(BaseModel):
    """Where a patch comes from: a recommendation of an analysis, or a step of a plan for it."""

    analysis: AnalysisId
    recommendation: str | None = None
    plan: PlanId | None = None
    step: Count | None = None


class ScenarioPatch(BaseModel):
    """A patch of a scenario's stack, on the document as the patches before it leave it."""

    id: PatchId
    author: str
    added_at: datetime
    note: str | None = None
    source: PatchSource | None = None
    patch: list[PatchOperation]


class ListedScenario(BaseModel):
    """A scenario in short. `revision`: that of the document which it stands on."""

    id: ScenarioId
    organization: str
    name: str
    description: str | None = None
    status: Literal["open", "promoted", "discarded"]
    revision: Revision
    patch_count: Count
    content_hash: str = Field(description="The hash of the document that the stack makes.")
    created_at: datetime
    created_by: str
    updated_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None
    promoted_revision: Revision | None = Field(default=None, description="The revision that it became.")


class Scenario(ListedScenario):
    """A scenario: its stack of patches, the document that it makes, and what that changes in the revision which it stands on."""

    patches: list[ScenarioPatch]
    changes: list[DocumentChange]
    document: Document


class PatchToAdd(BaseModel):
    """A patch for the top of a stack: a JSON Patch on the scenario's document, or a step of a plan."""

    patch: list[PatchOperation] | None = None
    plan: PlanId | None = Field(default=None, description="The id of a plan, instead of a patch.")
    step: Count | None = Field(default=None, description="Which point of the plan's front: its number of changes.")
    note: str | None = Field(default=None, max_length=2000)


class ScenarioToAdd(BaseModel):
    """A scenario that is to be made: on the newest revision, unless another is named."""

    name: str = Field(max_length=200)
    description: str | None = Field(default=None, max_length=2000)
    revision: Revision | None = None
    patches: list[PatchToAdd] | None = None


class PatchToKeep(PatchToAdd):
    """A patch of the stack as it is to be: one that is there, by its id, or a new one."""

    id: PatchId | None = None
    author: str | None = Field(default=None, json_schema_extra=READ_ONLY)
    added_at: datetime | None = Field(default=None, json_schema_extra=READ_ONLY)
    source: PatchSource | None = Field(default=None, json_schema_extra=READ_ONLY)


class ScenarioToChange(BaseModel):
    """What is to become of a scenario. `patches` is the whole stack in its new order; what is not in it is taken out."""

    name: str | None = Field(default=None, max_length=200)
    description: str | None = Field(default=None, max_length=2000)
    patches: list[PatchToKeep] | None = None


class RebaseConflict(BaseModel):
    """A place that both a scenario and the model changed, and what stands there; left out where nothing does."""

    pointer: str = Field(description="It leads by keys: `/incentive_plans/agents/components/agents-aht/weight`.")
    patch: PatchId = Field(description="The patch that changes it.")
    base: Any = Field(default=None, description="In the revision that the scenario stands on.")
    model: Any = Field(default=None, description="In the model as it is now.")
    scenario: Any = Field(default=None, description="In the scenario.")
    part_gone: bool | None = Field(default=None, description="The model no longer has a part that the patch changes.")


class RebaseProblem(BaseModel):
    """What is wrong with the document that a rebase would lead to."""

    pointer: str
    detail: str


class Rebase(BaseModel):
    """What a rebase onto the model as it stands would come to; at each conflict the scenario's value is taken."""

    scenario: ScenarioId
    revision: Revision
    onto: Revision
    needed: bool = Field(description="The model has moved since the revision that the scenario stands on.")
    conflicts: list[RebaseConflict]
    changes: list[DocumentChange] = Field(description="What the scenario changes in the model then.")
    problems: list[RebaseProblem] | None = None


class ConflictChoice(BaseModel):
    """Whose value stands at a place that both changed."""

    pointer: str
    take: Literal["scenario", "model"]


class RebaseToMake(BaseModel):
    """A choice for each conflict."""

    choices: list[ConflictChoice] | None = None


class PromotedScenario(BaseModel):
    """A scenario that became the model: the revision that it led to, and what that changed."""

    scenario: Scenario
    revision: Revision
    content_hash: str
    changes: list[DocumentChange]
    patch: list[PatchOperation]


class ScenarioAnalysisToRun(BaseModel):
    """How a scenario is to be analysed: as of today (UTC), with recommendations, unless something else is said."""

    as_of: date | None = Field(default=None, description="The day on which the plans are looked at.")
    with_recommendations: bool = Field(default=True, description="Whether changes are worked out and proved.")


class ComparedDocument(BaseModel):
    """One of two documents that are compared. `severity` is the sum over its open findings."""

    scenario: ScenarioId | None = Field(default=None, description="Left out for the model.")
    name: str | None = None
    revision: Revision
    content_hash: str
    alignment_index: Signed | None
    levels: dict[Level, Count]
    severity: Sum


class AmountOfMoney(BaseModel):
    """An amount as a decimal text, in the organization's currency where that is known."""

    amount: Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]{1,4})?$")]
    currency: str | None = None


class Role(BaseModel):
    """A role, by the key of its incentive plan."""

    incentive_plan: str
    department: str
    role: str | None = None
    headcount: Count | None = None


class RolePayMoved(Role):
    """A role whose pay hangs on something else afterwards. `share`: of one person's total target pay; `amount`: a year, for all of them."""

    share: Share
    amount: AmountOfMoney | None = None


class CurvePoint(BaseModel):
    """Pay at an attainment, as a multiple of target pay. Where pay jumps two points stand at one attainment."""

    attainment: Sum
    pay: Sum


class PayMark(BaseModel):
    """Pay at an attainment, as a multiple of target variable pay: with gates that hold and modifiers at 1; at the lowest, with gates that
    fail; at the highest. `amount`: a year for one person, at `pay`."""

    attainment: Sum
    pay: Sum
    lowest: Sum
    highest: Sum
    amount: AmountOfMoney | None = None


class PaidComponent(BaseModel):
    """A component: its weight as stated, as it works once thresholds, floors, caps and accelerators count, and its curve, in multiples of
    its own target pay; no points where pay does not follow attainment."""

    component: str
    measure: str
    weight: Share
    effective_weight: Share | None
    points: list[CurvePoint]


class MeasureWeight(BaseModel):
    """What pay hangs on: the weight that is stated, and the share of all pay that moves which hangs on it, gates and modifiers included."""

    kpi: str | None = None
    component: str | None = Field(default=None, description="The component, for a measure that is no KPI.")
    stated: Share
    effective: Share | None
    gates: list[str] = Field(description="Components that it gates.")
    modifies: list[str] = Field(description="Components whose pay it scales.")


class RolePay(BaseModel):
    """What a role is paid. `known`: the share of its variable pay that follows attainment, which the curve is of; `points` are multiples of
    target variable pay, all measures being at the same attainment."""

    variable_pay: AmountOfMoney | None = Field(default=None, description="Target variable pay of one person a year.")
    known: Share
    points: list[CurvePoint]
    marks: list[PayMark]
    components: list[PaidComponent]
    measures: list[MeasureWeight]


class ComparedRole(Role):
    """A role whose incentive plan is not the same in both documents."""

    before: RolePay | None = None
    after: RolePay | None = None


class ScenarioComparison(BaseModel):
    """A scenario beside the model or another scenario (`before`), both analysed as of a day; findings worst first."""

    before: ComparedDocument
    after: ComparedDocument
    as_of: date
    alignment_change: Annotated[float, Field(ge=-2, le=2)] | None
    counts: ComparisonCounts
    new: list[ComparedFinding]
    worse: list[ComparedFinding]
    better: list[ComparedFinding]
    fixed: list[ComparedFinding]
    waived: list[ComparedFinding]
    unchanged: list[ComparedFinding] | None = None
    removed_goals: list[RemovedGoal]
    added_goals: list[RemovedGoal]
    cost: Cost
    pay_moved: list[RolePayMoved]
    roles: list[ComparedRole]
    changes: list[DocumentChange]


class PlanToMake(BaseModel):
    """What a plan has to keep to."""

    max_changes: int = Field(default=5, ge=0, le=50, description="Changes that are made at most.")
    freeze: list[str] | None = Field(
        default=None, description="Keys of departments, KPIs, incentive plans and components that stay as they are."
    )
    min_weight: Share = Field(default=0.0, description="The least weight that is set in an incentive plan.")
    max_weight: Share = Field(default=1.0, description="The largest weight that is set.")
    budget: AmountOfMoney | None = Field(
        default=None, description="Pay a year that may come to hang on something else."
    )
    max_measures: int | None = Field(default=None, ge=1, description="Components that an incentive plan gets at most.")
    must_go: list[Fingerprint] | None = Field(
        default=None, description="Findings that must be below medium afterwards."
    )
    allow: list[Literal["claims", "removals", "target_pay"]] | None = Field(
        default=None, description="What is done only when it is allowed."
    )
    time_limit_seconds: Annotated[float, Field(gt=0, le=3600)] | None = Field(
        default=None, description="Then the best so far is the answer."
    )


class FrontPoint(BaseModel):
    """The best that was found for a number of changes; findings against the point before. `count` is its name as a step."""

    count: Count
    changes: list[str]
    severity: Sum
    total: Sum
    alignment: Signed | None
    removed: list[Fingerprint]
    weakened: list[Fingerprint]
    worsened: list[Fingerprint]
    cost: Cost
    knee: bool | None = Field(default=None, description="Beyond it changes clear less, on average.")


class PlanSearch(BaseModel):
    """How a plan was found. `gap`: the share of what is left that might still go, where the search was not `complete`."""

    runs: Count
    moves: Count
    complete: bool
    gap: Share


class PlanBlocker(BaseModel):
    """A constraint without which there would be a plan."""

    constraint: str
    about: str | None = None
    said: str


class BeforeAndAfter(BaseModel):
    """Sums of severities at medium and above."""

    before: Sum
    after: Sum


class ListedPlan(BaseModel):
    """A plan in short."""

    id: PlanId
    analysis: AnalysisId
    created_at: datetime
    created_by: str
    language: Language = Field(description="The language in which it is told.")
    constraints: PlanToMake
    change_count: Count
    severity: BeforeAndAfter


class OptimisedPlan(ListedPlan):
    """The few changes of an analysis's document that clear the most under constraints, each proved, and the front of fewer changes."""

    document: Document
    changes: list[Recommendation]
    effect: Effect
    cost: Cost
    front: list[FrontPoint]
    search: PlanSearch
    blockers: list[PlanBlocker] | None = Field(
        default=None, description="What stands in the way, where there is no plan."
    )
