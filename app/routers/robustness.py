"""`/v1/organizations/{org}/analyses/{analysis_id}/…`: how far an analysis can be relied on, where to cut, what may be at stake."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from anyio.to_thread import run_sync
from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.services import sensitivity_jobs, stored_robustness, stored_sensitivities
from app.services.schemas.robustness import (
    AnalysisCut,
    AnalysisSensitivity,
    AnalysisValueAtStake,
    FindingInfluences,
    ListedSensitivity,
    SamplesToDraw,
)
from app.services.stored_sensitivities import MOST_SEED, SensitivityRequest
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, Body, TextBody
from app.web.clock import Now
from app.web.documented import READS, RETRIED, answers, answers_list, problems, reads, refer, saves
from app.web.idempotency import Once
from app.web.identity import HeavyReader, HeavyWriter, Reader
from app.web.members import Members, members_of
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.prefer import Preferred, Work, accepts, now_or_by_job
from app.web.problem_types import NOT_FOUND, OVERLOADED, TOO_LARGE, VALIDATION
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted
from app.web.told import Told, in_language
from app.web.turns import InTurn, MostGoals
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/analyses/{analysis_id}", "robustness")

COMPUTED = (NOT_FOUND, VALIDATION, TOO_LARGE, OVERLOADED)
"""What may be wrong where the engine runs on what an analysis pins."""


class SamplesBody(Members):
    """How many samples, and from which seed."""

    samples: Annotated[int, Field(ge=1, le=100_000, strict=True)] = 1_000
    seed: Annotated[int, Field(ge=0, le=MOST_SEED, strict=True)] = 0


class SensitivityListParameters(Created, StoredListParameters):
    """How they are ordered."""

    sort: Annotated[list[Literal["created_at", "-created_at"]], COMMAS] = SORT


@router.post(
    "/sensitivities",
    operation_id="run_sensitivity",
    responses=saves(AnalysisSensitivity, "How far the analysis stands.")
    | accepts()
    | problems(NOT_FOUND, *RETRIED, *READS),
    openapi_extra=reads(refer(SamplesToDraw), TEXTS, "How many samples, and from which seed.", required=False),
)
async def run_sensitivity(
    org: str,
    analysis_id: str,
    caller: HeavyWriter,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    preference: Preferred,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """See how far an analysis stands when strengths are not sure.

    The strength of every influence is drawn within its class, many times over, and the chains that were found are weighed anew. Told are
    the share of samples in which each open finding stays at or above its level, and in which each recommendation still helps; the few
    influences that a finding hangs on; and what remains when only measured influences count. The same seed gives the same answer.

    What takes longer than ten seconds is done by a job, which tells its progress in runs and can be cancelled. A dry run draws no more
    samples than take less.
    """
    request = _request(body)
    if asked.dry_run:
        request = await run_sync(sensitivity_jobs.shortened, store, caller, org, analysis_id, request)
    of, dry_run = (store, caller, org, analysis_id, request), asked.dry_run
    work = Work(
        is_big=partial(sensitivity_jobs.is_big, *of),
        ask=partial(sensitivity_jobs.ask, *of, now, once=once),
        run=partial(stored_sensitivities.run, *of, now, most_goals=most_goals, once=once, dry_run=dry_run),
        found=partial(stored_sensitivities.get, store, caller, org),
    )
    made = partial(stored.made, answer, dry_run=dry_run)
    return await now_or_by_job(answer, store, caller, preference, once, turns, work, made, dry_run=dry_run)


@router.get(
    "/sensitivities",
    operation_id="list_sensitivities",
    responses=answers_list(ListedSensitivity, "Samples that were drawn.") | problems(NOT_FOUND),
)
def list_sensitivities(
    org: str,
    analysis_id: str,
    caller: Reader,
    asked: Annotated[SensitivityListParameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """List the samples that were drawn for an analysis, the newest first unless another order is asked for."""
    asking = wanted(answer, asked, caller, ListedSensitivity)
    found = stored_sensitivities.listed(store, caller, org, asking, analysis=analysis_id)
    return page(answer, asked, caller, found.of(lambda one: one.shown))


@router.get(
    "/sensitivities/{sensitivity_id}",
    operation_id="get_sensitivity",
    responses=answers(AnalysisSensitivity, "How far the analysis stands.") | problems(NOT_FOUND),
)
def get_sensitivity(
    org: str,
    analysis_id: str,
    sensitivity_id: str,
    caller: Reader,
    _: Annotated[Parameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """Show how far an analysis stands in samples of strengths. It never changes."""
    found = stored_sensitivities.get(store, caller, org, sensitivity_id, analysis=analysis_id)
    return stored.one(answer, found.shown, found.tag)


@router.get(
    "/findings/{fingerprint}/influences",
    operation_id="get_finding_influences",
    responses=answers(FindingInfluences, "The influences, those that decide first.", kept=False) | problems(*COMPUTED),
)
async def get_finding_influences(
    org: str,
    analysis_id: str,
    fingerprint: str,
    caller: HeavyReader,
    _: Annotated[Told, Query()],
    answer: JsonAnswer,
    store: Store,
    turns: InTurn,
) -> Response:
    """Show which influences decide a finding.

    Each influence on the chains behind the finding is dropped, and turned round, and the engine runs again: told is which findings are new,
    gone, or of another level. Waived ones count as well. Computed with what Concord knows today.
    """
    language = answer.context.language
    found = await turns.run(stored_robustness.deciders, store, caller, org, analysis_id, fingerprint, language)
    return in_language(stored.told(found, dry_run=False), answer)


@router.get(
    "/cuts/{department}/{harmed}",
    operation_id="get_analysis_cut",
    responses=answers(AnalysisCut, "The smallest cut.", kept=False) | problems(*COMPUTED),
)
async def get_analysis_cut(
    org: str,
    analysis_id: str,
    department: str,
    harmed: str,
    caller: HeavyReader,
    _: Annotated[Parameters, Query()],
    answer: JsonAnswer,
    store: Store,
    turns: InTurn,
) -> Response:
    """Show where to cut between two departments.

    The fewest measures that pay in a department must depend on, so that every harmful chain from its paid goals to another department, or
    to the customers (`customer`), passes one of them; and what the engine finds when they stand as gates. Computed with what Concord
    knows today.
    """
    found = await turns.run(stored_robustness.cut, store, caller, org, analysis_id, department, harmed)
    return stored.told(found, dry_run=False)


@router.get(
    "/value-at-stake",
    operation_id="get_value_at_stake",
    responses=answers(AnalysisValueAtStake, "Ranges of money, and what they rest on.", kept=False)
    | problems(*COMPUTED),
)
async def get_value_at_stake(
    org: str,
    analysis_id: str,
    caller: HeavyReader,
    _: Annotated[Told, Query()],
    answer: JsonAnswer,
    store: Store,
    turns: InTurn,
) -> Response:
    """Show what conflicts may cost.

    For outcomes whose change the document puts a price on: how much of the planned improvement the open conflicts of medium level or above
    work against, as a range, with every assumption named. Where the document does not say what is needed, `lacking` says what.
    """
    language = answer.context.language
    found = await turns.run(stored_robustness.value, store, caller, org, analysis_id, language)
    return in_language(stored.told(found, dry_run=False), answer)


def _request(body: Body) -> SensitivityRequest:
    said = members_of(body, SamplesBody) if body.data.strip() else SamplesBody()
    return SensitivityRequest(said.samples, said.seed)
