"""Conflicts over time, as the API shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from app.domain.conflict_states import Decision, End, Happening, Status
from app.domain.terms import FindingKind, Level
from app.services.schemas.analyses import AnalysisId
from app.services.schemas.analysis import Count, Fingerprint, Severity, Share, SubjectInRole


class Waiver(BaseModel):
    """Who accepts the finding, why, and until which day, that day included.

    It ends before when `grounds` change, which stand for the witness chain and what it rests on. `place`: `suppressions[2]` for one that
    the document says, which may have no end.
    """

    owner: str | None = None
    reason: str | None = None
    expires: date | None = None
    grounds: str | None = None
    place: str


class WaiverToGive(BaseModel):
    """The waiver that comes with the status `waived`. `owner` is whoever asks, unless somebody else is named."""

    owner: str | None = None
    reason: str = Field(min_length=1, max_length=2000)
    expires: date = Field(description="The last day on which it holds; today (UTC) or later.")


class ConflictToChange(BaseModel):
    """What may change of a conflict. All else that it is shown with may be sent back as it is."""

    status: Decision | None = None
    waiver: WaiverToGive | None = None
    assignee: str | None = Field(default=None, description="The id of a member; null: nobody.")


class Regrading(BaseModel):
    """The level before and after."""

    before: Level
    after: Level


class ConflictEvent(BaseModel):
    """Something that happened to a conflict; `status`: that of the conflict afterwards."""

    at: datetime
    by: str = Field(description="The name that audit events carry.")
    what: Happening | Literal["regraded", "assigned", "unassigned", "commented"]
    status: Status
    because: End | None = Field(
        default=None,
        description="Why a waiver ended: its last day passed, the document no longer says it, or the finding has another `chain`, other "
        "`sources` behind the chain, or `both`.",
    )
    analysis: AnalysisId | None = Field(default=None, description="The analysis that saw it.")
    comment: str | None = Field(default=None, description="The id of a comment.")
    text: str | None = Field(default=None, description="The text of a comment.")
    assignee: str | None = Field(default=None, description="Who was assigned, or is so no longer.")
    waiver: WaiverToGive | None = None
    level: Regrading | None = None
    goal_removed: bool | None = None


class ListedConflict(BaseModel):
    """A finding followed from analysis to analysis, as the last one saw it that saw it.

    `changed_at` is later for every change than for all changes of the organization's conflicts before it; being seen again is none.
    """

    fingerprint: Fingerprint
    organization: str
    status: Status
    kind: FindingKind
    rule: str
    level: Level
    severity: Severity
    confidence: Share
    subjects: list[SubjectInRole]
    departments: list[str]
    outcome: str | None = Field(default=None, description="The key of the outcome that it works against.")
    title: str
    assignee: str | None = Field(default=None, description="The id of the member who looks after it.")
    waiver: Waiver | None = None
    goal_removed: bool | None = Field(
        default=None,
        description="It is resolved because a goal is gone that it was about, not because anybody solved it.",
    )
    grounds: str
    comment_count: Count
    first_analysis: AnalysisId
    first_seen_at: datetime
    last_analysis: AnalysisId
    last_seen_at: datetime
    changed_at: datetime
    finding: str = Field(description="The address of the finding in full, in the last analysis that saw it.")


class StoredConflict(ListedConflict):
    """A conflict with what happened to it: the last 200 things, the last one last."""

    history: list[ConflictEvent]


class Comment(BaseModel):
    """What somebody said about a conflict."""

    id: str
    created_at: datetime
    created_by: str
    text: str
