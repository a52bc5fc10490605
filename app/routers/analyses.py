"""`/v1/organizations/{org}/analyses`: run, list, show, verify, compare."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import partial
from typing import Annotated, Literal

from anyio import from_thread
from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.claims import Claim
from app.domain.document.values import Day
from app.reports.canonical_json import NAME as JSON_NAME
from app.services import analyses, analysis_jobs, analysis_views, beside, comparisons, organizations, verifying
from app.services.analyses import AnalysisRequest, StoredAnalysis
from app.services.schemas.analyses import AnalysisComparison, AnalysisToRun, AnalysisVerification, ListedAnalysis
from app.services.schemas.analyses import StoredAnalysis as AnalysisShown
from app.services.schemas.analysis import Analysis as WholeAnalysis
from app.web import stored
from app.web.answers import Answer, JsonAnswer
from app.web.body import TEXTS, Body, TextBody
from app.web.clock import Now
from app.web.documented import READS, RETRIED, answers, answers_list, problems, reads, refer, saves
from app.web.idempotency import Once
from app.web.identity import HeavyReader, HeavyWriter, Reader
from app.web.members import Members, members_of
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.parameters import COMMAS, Flag, Parameters
from app.web.prefer import Preferred, Work, accepts, now_or_by_job
from app.web.problem_types import NOT_FOUND, OVERLOADED, TOO_LARGE, VALIDATION
from app.web.report_forms import FormatName, ReportAnswer, file_of, form_of, in_all_forms
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted
from app.web.told import Told, in_language, told, told_as
from app.web.turns import InTurn, MostGoals, Turns
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/analyses", "analyses")

Number = Annotated[int, Field(ge=1, le=2_147_483_647)]


class AnalysisBody(Members):
    """What is to be analysed."""

    as_of: Day | None = None
    revision: Annotated[Number, Field(strict=True)] | None = None
    with_recommendations: Annotated[bool, Field(strict=True)] = True


class RunParameters(WriteParameters, Told):
    """What is to be analysed; each wins over the member of the body."""

    as_of: Day | None = Field(
        default=None, description="The day on which the plans are looked at; today (UTC) by default."
    )
    revision: Number | None = Field(
        default=None, description="The number of the document's revision; the newest by default."
    )


class AnalysisParameters(Created, StoredListParameters, Told):
    """How analyses are filtered and ordered."""

    aside = frozenset(("lang",))

    revision: Annotated[list[Number], COMMAS] = Field(default=[], description="Numbers of revisions.")
    as_of: Annotated[list[Day], COMMAS] = Field(default=[], description="Days on which plans were looked at.")
    current: Flag | None = Field(
        default=None, description="Whether they looked at the newest revision as of the day on which they ran."
    )
    sort: Annotated[
        list[
            Literal[
                "created_at",
                "-created_at",
                "as_of",
                "-as_of",
                "revision",
                "-revision",
                "alignment_index",
                "-alignment_index",
            ]
        ],
        COMMAS,
    ] = SORT


class ReportParameters(Told):
    """In which form."""

    format: FormatName | None = Field(default=None, description="The form of the answer; wins over `Accept`.")
    file: Annotated[str, Field(min_length=1, max_length=255)] = Field(
        default="document", description="The name of the document's file, for formats that point into it."
    )


class ComparisonParameters(Told):
    """How much is listed."""

    include: Annotated[list[Literal["unchanged"]], COMMAS] = Field(
        default=[], description="`unchanged`: findings that are as they were are listed, too."
    )


@router.post(
    "",
    operation_id="run_analysis",
    responses=saves(AnalysisShown, "The analysis that was made.") | accepts() | problems(NOT_FOUND, *RETRIED, *READS),
    openapi_extra=reads(
        refer(AnalysisToRun),
        TEXTS,
        "What is to be analysed; the newest document as of today, when there is no body.",
        required=False,
    ),
)
async def run_analysis(
    org: str,
    caller: HeavyWriter,
    answer: JsonAnswer,
    asked: Annotated[RunParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    preference: Preferred,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Analyse an organization's document.

    Runs the engine on the document as it is, or as it was at a revision, and keeps the result, which never changes. KPIs and incentive
    plans count while they are in force on the day. Conflicts follow from analyses of the newest document as of today.

    `Prefer: respond-async, wait=10` has it done by a job, and waits so many seconds for it, up to 30. Documents that take longer than ten
    seconds are always analysed by a job.
    """
    request = _request(body, asked.as_of, asked.revision)
    of, dry_run = (store, caller, org, request), asked.dry_run
    work = Work(
        is_big=partial(analysis_jobs.is_big, *of),
        ask=partial(analysis_jobs.ask, *of, now, once=once),
        run=partial(analyses.run, *of, now, most_goals=most_goals, once=once, dry_run=dry_run),
        found=partial(analyses.get, store, caller, org),
    )
    shown = partial(made_of, answer, org, dry_run=dry_run)
    return await now_or_by_job(answer, store, caller, preference, once, turns, work, shown, dry_run=dry_run)


@router.get(
    "",
    operation_id="list_analyses",
    responses=answers_list(ListedAnalysis, "Analyses.") | problems(NOT_FOUND),
)
def list_analyses(
    org: str, caller: Reader, asked: Annotated[AnalysisParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List an organization's analyses.

    Oldest first unless another order is asked for: with `current=true` the index over time, with its coverage and the goals that are gone.
    The latest is `?limit=1&sort=-created_at`.
    """
    found = analyses.listed(store, caller, org, wanted(answer, asked, caller, ListedAnalysis))
    listed = found.of(lambda one: one.listed(answer.context.language))
    return in_language(page(answer, asked, caller, listed), answer)


@router.get(
    "/{analysis_id}",
    operation_id="get_analysis",
    responses=in_all_forms(answers(AnalysisShown, "The analysis in short.")) | problems(NOT_FOUND, OVERLOADED),
)
def get_analysis(
    org: str,
    analysis_id: str,
    caller: Reader,
    asked: Annotated[ReportParameters, Query()],
    answer: ReportAnswer,
    store: Store,
    turns: InTurn,
) -> Response:
    """Show an analysis.

    As JSON in short, with index, coverage, counts, matrix and what it depends on; in other forms as its report.
    """
    form = form_of(answer, asked.format)
    if form.name != JSON_NAME:
        return _report(org, analysis_id, caller, asked, answer, store, turns)
    found = analyses.get(store, caller, org, analysis_id)
    language = answer.context.language
    return told(answer, found.shown(language), found.tag(language))


@router.get(
    "/{analysis_id}/report",
    operation_id="get_analysis_report",
    responses=in_all_forms(answers(WholeAnalysis, "The whole analysis.")) | problems(NOT_FOUND, OVERLOADED),
)
def get_analysis_report(
    org: str,
    analysis_id: str,
    caller: Reader,
    asked: Annotated[ReportParameters, Query()],
    answer: ReportAnswer,
    store: Store,
    turns: InTurn,
) -> Response:
    """Show an analysis in full.

    The same bytes as when it was made, as `POST /v1/audits` answers: JSON by default, or any other form of report. Those for people (PDF,
    workbook, page, `board`) tell the newest assessments, what customers are worth, a business case and the roadmap as well, where there
    are any.
    """
    return _report(org, analysis_id, caller, asked, answer, store, turns)


@router.get(
    "/{analysis_id}/compare/{other_id}",
    operation_id="compare_analyses",
    responses=answers(AnalysisComparison, "What became of findings, index and goals.") | problems(NOT_FOUND),
)
def compare_analyses(
    org: str,
    analysis_id: str,
    other_id: str,
    caller: Reader,
    asked: Annotated[ComparisonParameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """Compare an analysis with another one before it.

    `other_id` is the one before. Findings that are gone because a goal of theirs was removed are marked: nobody has solved them.
    """
    language, with_unchanged = answer.context.language, "unchanged" in asked.include
    after, before = (analyses.get(store, caller, org, id_) for id_ in (analysis_id, other_id))

    def compared() -> bytes:
        found = comparisons.compared(store, caller, org, after.id, before.id, language, with_unchanged=with_unchanged)
        return stored.written(found)

    tag = f"{after.tag(language)}-{before.id}{'-unchanged' if with_unchanged else ''}"
    return told_as(answer, tag, JSON, compared)


@router.post(
    "/{analysis_id}/verify",
    operation_id="verify_analysis",
    responses=answers(AnalysisVerification, "What came of running it again.", kept=False)
    | problems(NOT_FOUND, VALIDATION, TOO_LARGE, OVERLOADED),
)
async def verify_analysis(
    org: str,
    analysis_id: str,
    caller: HeavyReader,
    _: Annotated[Parameters, Query()],
    answer: JsonAnswer,
    store: Store,
    turns: InTurn,
) -> Response:
    """Run an analysis again and compare.

    The engine runs on the revision, day, waivers and parameters that the analysis pins, with what Concord knows today. `reproduced` says
    whether the findings are the same bytes; `pins` what is another today. Nothing is stored.
    """
    return stored.told(await turns.run(verifying.verify, store, caller, org, analysis_id), dry_run=False)


def made_of(
    answer: Answer, org: str, made: StoredAnalysis, once: Claim | None = None, *, dry_run: bool = False
) -> Response:
    """The answer that shows an analysis that was made."""
    language = answer.context.language
    location = f"/v1/organizations/{org}/analyses/{made.id}"
    shown, tag = made.shown(language), made.tag(language)
    response = stored.saved(answer, shown, tag, created=True, location=location, once=once, dry_run=dry_run)
    return in_language(response, answer)


def _request(body: Body, as_of: date | None, revision: int | None) -> AnalysisRequest:
    said = members_of(body, AnalysisBody) if body.data.strip() else AnalysisBody()
    return AnalysisRequest(as_of or said.as_of, revision or said.revision, said.with_recommendations)


def _report(
    org: str,
    analysis_id: str,
    caller: Reader,
    asked: ReportParameters,
    answer: ReportAnswer,
    store: Store,
    turns: Turns,
) -> Response:
    form, language = form_of(answer, asked.format), answer.context.language
    analysis = analyses.get(store, caller, org, analysis_id)
    there = beside.found(store, caller, analysis) if form.name in beside.FORMS else None
    made = partial(analysis_views.report, store, caller, org, analysis_id, form, language, file=asked.file, there=there)
    takes_long = there is not None and there.customers is not None
    return told_as(
        answer,
        f"{analysis.tag(language)}-{form.name}-{_state(asked.file, there)}",
        form.media_type,
        lambda: (from_thread.run(turns.run, made) if takes_long else made())[1],
        file_of(form, org, organizations.get(store, caller, org).shown["name"], analysis.as_of, language),
    )


def _state(file: str, there: beside.Found | None) -> str:
    """What a report depends on beside its analysis."""
    return hashlib.sha256(f"{file} {there.tag if there else ''}".encode()).hexdigest()[:8]
