"""Assessments, as the API shows them and reads them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.domain.assessment_answers import MOST_ANSWERS
from app.domain.instruments import Group
from app.services.schemas.analyses import AnalysisId, Revision
from app.services.schemas.analysis import Count, Share, Signed

AssessmentId = Annotated[str, Field(pattern="^ass_[0-9a-z]{26}$")]
Score = Annotated[float, Field(ge=1, le=5)]
Points = Annotated[int, Field(ge=1, le=5)]
Interval = Annotated[list[float], Field(min_length=2, max_length=2)]
View = Literal["none", "partial", "full"]
READ_ONLY: dict[str, Any] = {"readOnly": True}


class AssessmentAnswer(BaseModel):
    """The answer of one person to one question."""

    respondent: str = Field(max_length=200, description="Whatever tells people apart; a number will do.")
    group: Group
    department: str | None = Field(default=None, description="The key of a department of the document.")
    question: str = Field(description="The key of a question of the instrument.")
    score: Points
    about: str | None = Field(
        default=None, max_length=200, description="The touch point or system, where a question is asked for each."
    )
    note: str | None = Field(default=None, max_length=2000, description="The evidence that they name.")


class AnswerCounts(BaseModel):
    """How many of a group chose each answer to a question of the perception gap, from 1, not at all, to 5, fully."""

    group: Group
    question: str
    counts: Annotated[list[Count], Field(min_length=5, max_length=5)]


class ListedAssessment(BaseModel):
    """An assessment in short. `score`: null where nothing was answered, and of the perception gap, which has none."""

    id: AssessmentId
    organization: str
    instrument: str
    instrument_version: int
    name: str
    as_of: date
    answer_count: Count
    score: Score | None
    coverage: Share = Field(description="The share of questions that were answered, by their weights.")
    people: Count
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str


class AssessedModel(BaseModel):
    """What the model's answers rest on: the document and its newest analysis at the last write."""

    revision: Revision
    analysis: AnalysisId | None = None


class AnswersOfPeople(BaseModel):
    """What people say. `interval` (95 %) and `agreement` (r_wg, 1: of one mind) are left out where one person alone answered."""

    answers: Count
    mean: Score
    interval: Interval | None = None
    agreement: Share | None = None


class AnswerOfModel(BaseModel):
    """What the model says, and the facts of the organization that it rests on."""

    score: Points
    facts: dict[str, Any]


class QuestionScore(BaseModel):
    """What a question came to, and by whom; `differs`: people and the model are two points or more apart."""

    question: str
    score: Score | None
    by: Literal["people", "model"] | None
    differs: bool
    people: AnswersOfPeople | None = None
    model: AnswerOfModel | None = None
    departments: dict[str, Score] | None = None
    about: dict[str, Score] | None = None


class SectionScore(BaseModel):
    """What a section came to."""

    section: str
    score: Score | None
    questions: list[QuestionScore]


class HelpfulRecommendation(BaseModel):
    """A recommendation that would better an answer, with its title in each language."""

    id: str
    remedy: str
    titles: dict[str, str]


class AssessmentGap(BaseModel):
    """What is missing to the best answer. `gain`: what closing it adds to the whole score; gaps come with the largest first."""

    question: str
    section: str
    points: Annotated[float, Field(ge=0, le=4)]
    gain: Annotated[float, Field(ge=0, le=4)]
    remedies: list[str]
    recommendations: list[HelpfulRecommendation]


class ViewAt(BaseModel):
    """What was answered about a touch point or system."""

    about: str
    counts: dict[View, Count]
    view: View


class ViewShares(BaseModel):
    """How much of a single view there is; `shares`: of the touch points or systems."""

    question: str
    at: list[ViewAt]
    shares: dict[View, Share]


class PublishedShares(BaseModel):
    """Published shares to compare with."""

    shares: dict[str, Share]
    citation: str


class PerceivedBy(BaseModel):
    """How a group sees it: who agrees (4 or 5), of how many, with the 95 % interval of the share."""

    group: Group
    agreeing: Count
    asked: Count
    share: Share
    interval: Interval
    mean: Score


class PerceptionGap(BaseModel):
    """The share of the first group less that of the second. `holds`: it is more than chance, all gaps taken together; `ask`: people of each
    group that would find such a gap four times of five."""

    first: Group
    second: Group
    gap: Signed
    interval: Interval
    chance: Share
    holds: bool
    ask: Count


class PerceivedQuestion(BaseModel):
    """A question, how each group sees it, and the gaps between them."""

    question: str
    seen: list[PerceivedBy]
    gaps: list[PerceptionGap]


class PerceptionBenchmark(BaseModel):
    """A published gap."""

    question: str
    first: Group
    first_share: Share
    second: Group
    second_share: Share
    at_most: bool
    citation: str
    told: str
    told_de: str


class Perception(BaseModel):
    """The perception gap. `people_for_a_share`: how many of a group to ask so that its share is known to five points."""

    questions: list[PerceivedQuestion]
    people_for_a_share: Count
    benchmarks: list[PerceptionBenchmark]


class SpreadOfPeople(BaseModel):
    """What each person thinks of the whole, by what they answered. `interval` (95 %) and `agreement` (r_wg) are left out for one alone."""

    people: Count
    mean: Score
    interval: Interval | None = None
    agreement: Share | None = None


class AssessmentResult(BaseModel):
    """What the answers come to. The perception gap has `perception`, all others `sections` and `gaps`; the single view has `views`, too."""

    score: Score | None
    coverage: Share
    people: Count
    model: AssessedModel
    answered_by_model: Share | None = Field(
        default=None, description="Of what was answered, the share that only the model answered."
    )
    spread: SpreadOfPeople | None = None
    departments: dict[str, Score] | None = Field(
        default=None, description="What people of each department think of it."
    )
    sections: list[SectionScore] | None = None
    gaps: list[AssessmentGap] | None = None
    views: list[ViewShares] | None = None
    published: PublishedShares | None = None
    perception: Perception | None = None


class Assessment(ListedAssessment):
    """An assessment with its answers and what they come to."""

    answers: list[AssessmentAnswer]
    counts: list[AnswerCounts]
    result: AssessmentResult


class AssessmentToAdd(BaseModel):
    """An assessment that is to be made, with answers or without; as of today (UTC), unless another day is named."""

    instrument: str = Field(description="The id of an instrument.")
    name: str = Field(max_length=200)
    as_of: date | None = None
    answers: list[AssessmentAnswer] | None = Field(default=None, max_length=MOST_ANSWERS)
    counts: list[AnswerCounts] | None = Field(default=None, description="Of the perception gap only.")


class AssessmentToChange(BaseModel):
    """What is to become of an assessment; answers and counts are all that there are then. Nothing at all asks the model anew."""

    name: str | None = Field(default=None, max_length=200)
    as_of: date | None = None
    answers: list[AssessmentAnswer] | None = Field(default=None, max_length=MOST_ANSWERS)
    counts: list[AnswerCounts] | None = None


class AnswersToAdd(BaseModel):
    """Answers that are added; those of the same person to the same question replace what was said before."""

    items: list[AssessmentAnswer] = Field(max_length=MOST_ANSWERS)


class QuestionByModel(AnswerOfModel):
    """What the model says to a question."""

    question: str


class AssessmentAnswers(BaseModel):
    """Answers that a score rests on, and the facts that answer the question where there are any. Without a question, those of all of them,
    which the scores of sections and of the whole rest on."""

    assessment: AssessmentId
    question: str | None = None
    answers: list[AssessmentAnswer]
    counts: list[AnswerCounts]
    model: AnswerOfModel | None = None
    answered_by_model: list[QuestionByModel] | None = Field(
        default=None, description="Where no question is named: what the model says to each."
    )
