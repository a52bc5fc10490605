"""`/organizations/{org}/assessments…`: how customer-centric a company is: begun, answered, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from app.domain.conditions import Condition
from app.domain.instruments import Instrument
from app.domain.pages import LARGEST_PAGE, Wanted
from app.exchange.answer_sheets import SentAnswers, answers_sheet, form_sheet, read_answers
from app.pages.console.assessments import Seen, answers_page, assessment_page, assessments_page, fields_of
from app.pages.console.page import Json
from app.routers.assessments import NewAssessment
from app.routers.console.again import TOLD, again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.look import named
from app.routers.console.once import new_key, once_of
from app.routers.console.sent_files import SentFile
from app.services import assessments, documents, knowledge
from app.services.assessments import WantedAssessment
from app.services.kept_assessments import WholeAssessment
from app.web.answers import Answer, HtmlAnswer
from app.web.attachments import named as attached
from app.web.body import CSV
from app.web.clock import Now
from app.web.members import as_members
from app.web.operations import operations
from app.web.sessions import to_sign_in, visitor_of
from app.web.stored import Store

router = operations("/organizations/{org}/assessments", "front", listed=False)


@router.get("")
def show_assessments(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Every assessment, and a form to begin one."""
    return shown(request, answer, store, now, lambda visit: _list(visit, org))


@router.post("")
def add(org: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Begin an assessment."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            said = as_members({name: form.one(name) for name in ("instrument", "name")}, NewAssessment)
            once = once_of(request, form, now)
            made = assessments.add(
                store, visit.caller, org, said.instrument, said.name, WantedAssessment(), now, once=once
            )
        except TOLD as error:
            return again(visit, error, lambda problem: _list(visit, org, form, problem))
        return f"{_path(org, made.short.id)}?done=assessment_added"

    return done(request, answer, store, now, form, act, way_back=f"/organizations/{org}/assessments")


@router.get("/{id_}")
def show_assessment(org: str, id_: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """One assessment: what it comes to, what is missing most, and what each score rests on."""
    return shown(request, answer, store, now, lambda visit: _one(visit, org, id_))


@router.get("/{id_}/answers")
def show_answers(org: str, id_: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """The form to answer."""
    return shown(request, answer, store, now, lambda visit: _form(visit, org, id_, {}))


@router.get("/{id_}/answers.csv")
def answers_file(
    org: str,
    id_: str,
    request: Request,
    answer: HtmlAnswer,
    store: Store,
    now: Now,
    question: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """All answers, or those to one question, as a sheet."""
    visitor = visitor_of(request, store, now)
    if visitor is None:
        return to_sign_in(request)
    found = assessments.get(store, visitor.caller, org, id_)
    return _file(answer, answers_sheet(assessments.traced(found, question)["answers"]), f"{org}-answers.csv")


@router.get("/{id_}/form.csv")
def form_file(org: str, id_: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """A sheet to fill in."""
    visitor = visitor_of(request, store, now)
    if visitor is None:
        return to_sign_in(request)
    found = assessments.get(store, visitor.caller, org, id_)
    instrument = knowledge.instrument(found.short.instrument)
    return _file(answer, form_sheet(instrument, answer.context.language), f"{instrument.id}.csv")


@router.post("/{id_}/answers")
def save(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Save what one person answers."""

    def act(visit: Visit) -> str | Unfinished:
        found = assessments.get(store, visit.caller, org, id_)
        try:
            sent = SentAnswers.of(list(_answers(form, knowledge.instrument(found.short.instrument))))
            assessments.answer(store, visit.caller, org, id_, sent, now, Condition())
        except TOLD as error:
            typed = {name: values[-1] for name, values in form.fields.items()}
            return again(visit, error, lambda problem: _form(visit, org, id_, typed, problem))
        return f"{_path(org, id_)}?done=assessment_answered"

    return done(request, answer, store, now, form, act, way_back=_path(org, id_))


@router.post("/{id_}/sheet")
def upload(
    org: str, id_: str, request: Request, sent: SentFile, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Add the answers of a sheet."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            read = read_answers(sent.file.data, sent.file.name)
            assessments.answer(store, visit.caller, org, id_, read, now, Condition())
        except TOLD as error:
            return again(visit, error, lambda problem: _one(visit, org, id_, problem))
        return f"{_path(org, id_)}?done=assessment_answered"

    return done(request, answer, store, now, sent.form, act, way_back=_path(org, id_))


@router.post("/{id_}/counts")
def count(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Say how many of a group chose each answer, instead of what was said of that group before."""

    def act(visit: Visit) -> str | Unfinished:
        found = assessments.get(store, visit.caller, org, id_)
        group = form.one("group")
        said = list(_counts(form, knowledge.instrument(found.short.instrument), group))
        others = [one for one in found.counts if one["group"] != group]
        try:
            wanted = WantedAssessment(counts=[*others, *said])
            condition = Condition(if_match=(form.one("state"),))
            assessments.change(store, visit.caller, org, id_, lambda _: wanted, now, condition)
        except TOLD as error:
            typed = {name: values[-1] for name, values in form.fields.items()}
            return again(visit, error, lambda problem: _one(visit, org, id_, problem, typed))
        return f"{_path(org, id_)}?done=assessment_answered"

    return done(request, answer, store, now, form, act, way_back=_path(org, id_))


@router.post("/{id_}/refresh")
def refresh(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Ask the model anew."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            condition = Condition(if_match=(form.one("state"),))
            assessments.change(store, visit.caller, org, id_, lambda _: WantedAssessment(), now, condition)
        except TOLD as error:
            return again(visit, error, lambda problem: _one(visit, org, id_, problem))
        return f"{_path(org, id_)}?done=assessment_refreshed"

    return done(request, answer, store, now, form, act, way_back=_path(org, id_))


@router.post("/{id_}/remove")
def remove(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Delete it."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            assessments.remove(store, visit.caller, org, id_, now, Condition(if_match=(form.one("state"),)))
        except TOLD as error:
            return again(visit, error, lambda problem: _one(visit, org, id_, problem))
        return f"/organizations/{org}/assessments?done=assessment_removed"

    return done(request, answer, store, now, form, act, way_back=_path(org, id_))


def _answers(form: Form, instrument: Instrument) -> Iterator[Mapping[str, Any]]:
    """What a form answers; questions without a score were left out."""
    who = {name: form.one(name) for name in ("respondent", "group", "department") if form.one(name)}
    for question in instrument.questions():
        for end in fields_of(question):
            score = form.one(f"score:{question.key}{end}")
            if score:
                more = {
                    name: said
                    for name in ("about", "note")
                    if (said := form.one(f"{name}:{question.key}{end}").strip())
                }
                yield {**who, "question": question.key, "score": int(score) if score.isdecimal() else score, **more}


def _counts(form: Form, instrument: Instrument, group: str) -> Iterator[Mapping[str, Any]]:
    """What a form counts; questions without a figure were not asked."""
    for question in instrument.questions():
        cells = [form.one(f"count:{question.key}:{score}").strip() for score in question.scores]
        if any(cells):
            counts = [int(cell) if cell.isdecimal() and len(cell) < 10 else cell or 0 for cell in cells]
            yield {"group": group, "question": question.key, "counts": counts}


def _list(visit: Visit, org: str, form: Form | None = None, problem: Json | None = None) -> bytes:
    organization = named(visit, org)
    found = assessments.listed(visit.store, visit.caller, org, Wanted(limit=LARGEST_PAGE))
    typed = {} if form is None else {name: form.one(name) for name in ("name", "instrument")}
    known = list(knowledge.instruments().values())
    listed = [one.listed for one in found.items]
    return assessments_page(visit.head, organization, listed, known, new_key(), typed, problem)


def _one(
    visit: Visit, org: str, id_: str, problem: Json | None = None, typed: Mapping[str, str] | None = None
) -> bytes:
    organization = named(visit, org)
    found = assessments.get(visit.store, visit.caller, org, id_)
    return assessment_page(visit.head, organization, _seen(visit, org, found), problem, typed or {})


def _form(visit: Visit, org: str, id_: str, typed: Mapping[str, str], problem: Json | None = None) -> bytes:
    organization = named(visit, org)
    found = assessments.get(visit.store, visit.caller, org, id_)
    return answers_page(visit.head, organization, _seen(visit, org, found), typed, problem)


def _seen(visit: Visit, org: str, found: WholeAssessment) -> Seen:
    instrument = knowledge.instrument(found.short.instrument)
    cited = {one.citation for one in instrument.benchmarks} | ({instrument.shares_citation} - {None})
    sources = {id_: knowledge.cited(id_, visit.language) for id_ in cited if id_}
    departments = documents.get(visit.store, visit.caller, org).raw.get("departments", ())
    names = {one["key"]: one["name"] for one in departments}
    return Seen(found.shown, found.short.tag, instrument, sources, names)


def _file(answer: Answer, sheet: bytes, name: str) -> Response:
    return answer.computed(sheet, CSV, {**attached(name), "Cache-Control": "private, no-cache"})


def _path(org: str, id_: str) -> str:
    return f"/organizations/{org}/assessments/{id_}"
