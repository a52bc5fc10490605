"""`/v1/instruments`: sets of questions by which a company is assessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.instruments import Group, Instrument, Question, Scale, Section
from app.domain.patch_templates import Text
from app.services import knowledge
from app.web.answers import JsonAnswer
from app.web.documented import answers, answers_list, problems
from app.web.items import Shown
from app.web.lists import Collection, ListParameters, listed
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.problem_types import NOT_FOUND

router = operations("/v1/instruments", "instruments", scope="read")


class AnchorShown(Shown):
    """What a score means."""

    score: int
    text: str
    text_de: str


class QuestionShown(Shown):
    """A question. `each`: what it is asked for anew; `facts`: those of the organization that answer it where nobody does; `remedies`: kinds
    of change that better the answer."""

    key: str
    text: str
    text_de: str
    scale: Scale
    scores: list[int]
    weight: float
    anchors: list[AnchorShown]
    evidence: str | None = None
    evidence_de: str | None = None
    each: str | None = None
    each_de: str | None = None
    facts: list[str]
    remedies: list[str]


class SectionShown(Shown):
    """Questions about one thing."""

    key: str
    title: str
    title_de: str
    weight: float
    questions: list[QuestionShown]


class InstrumentShown(Shown):
    """A set of questions with a version; whoever changes a question changes the version."""

    id: str
    version: int
    title: str
    title_de: str
    about: str
    about_de: str
    groups: list[Group]
    scale: Scale
    citations: list[str]
    question_count: int
    sections: list[SectionShown] | None = Field(default=None, description="Of the single instrument only.")


class InstrumentParameters(ListParameters):
    """How instruments are searched and ordered."""

    sort: Annotated[list[Literal["id", "-id", "title", "-title"]], COMMAS] = Field(
        default=[], description="Members to order by, `-` before one for descending order."
    )


def _instruments() -> Sequence[Mapping[str, Any]]:
    return [_shown(instrument) for instrument in knowledge.instruments().values()]


def _shown(instrument: Instrument) -> Mapping[str, Any]:
    sections = [_section(section) for section in instrument.sections]
    count = sum(len(section.questions) for section in instrument.sections)
    texts = {**_texts("title", instrument.title), **_texts("about", instrument.about)}
    shown: Mapping[str, Any] = _without_none(
        InstrumentShown.of(instrument, **texts, question_count=count, sections=sections)
    )
    return shown


def _section(section: Section) -> Mapping[str, Any]:
    return SectionShown.of(
        section, **_texts("title", section.title), questions=[_question(one) for one in section.questions]
    )


def _question(question: Question) -> Mapping[str, Any]:
    fact = question.fact
    facts = [*fact.fields, *filter(None, [fact.per])] if fact else []
    anchors = [{"score": score, **_texts("text", said)} for score, said in question.anchors.items()]
    texts = {**_texts("text", question.text), **_texts("evidence", question.evidence), **_texts("each", question.each)}
    return QuestionShown.of(question, **texts, facts=facts, anchors=anchors)


def _without_none(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_none(inner) for name, inner in value.items() if inner is not None}
    return [_without_none(inner) for inner in value] if isinstance(value, list) else value


def _texts(name: str, said: Text | None) -> Mapping[str, str | None]:
    return {name: said and said.en, f"{name}_de": said and said.de}


INSTRUMENTS = Collection(
    "/v1/instruments",
    _instruments,
    ("id", "title", "title_de", "about", "about_de"),
    knowledge.instrument,
    detailed=("sections",),
)


@router.get("", operation_id="list_instruments", responses=answers_list(InstrumentShown, "Instruments."))
def list_instruments(asked: Annotated[InstrumentParameters, Query()], answer: JsonAnswer) -> Response:
    """List instruments.

    Sets of questions by which a company is assessed: principles, processes, obstacles, the single view of customers, the perception gap.
    """
    return listed(INSTRUMENTS, asked, answer)


@router.get(
    "/{instrument_id}",
    operation_id="get_instrument",
    responses=answers(InstrumentShown, "The instrument.") | problems(NOT_FOUND),
)
def get_instrument(instrument_id: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show an instrument with its questions, their anchors, and which facts of the model answer them."""
    return answer.json(INSTRUMENTS.one(instrument_id))
