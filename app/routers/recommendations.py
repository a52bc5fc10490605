"""`/v1/organizations/{org}/analyses/{analysis_id}/recommendations`: what would clear findings; accept it, or dismiss it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field, StringConstraints
from starlette.responses import Response

from app.domain.faults import Fault, invalid
from app.services import accepted_recommendations, recommendations
from app.services.schemas.analyses import AcceptedRecommendation, StoredRecommendation
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, TextBody
from app.web.clock import Now
from app.web.documented import CONDITIONAL, RETRIED, WRITES, answers, answers_list, problems, reads, refer, saves
from app.web.idempotency import Once
from app.web.identity import Reader, Writer
from app.web.members import Members, members_of
from app.web.operations import operations
from app.web.parameters import COMMAS
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_lists import SORT, StoredListParameters, page, wanted
from app.web.stored_problem_types import WRONG_STATE
from app.web.told import Told, in_language, told
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/analyses/{analysis_id}/recommendations", "recommendations")


MODEL = "model"


class Acceptance(Members):
    """Where a recommendation is taken over to: the document itself (`model`), or a scenario, by its id."""

    into: str = MODEL


class Dismissal(Members):
    """Why a recommendation is put aside."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class DecisionParameters(WriteParameters, Told):
    """Whether the decision is meant, and in which language it is told."""


class RecommendationParameters(StoredListParameters, Told):
    """How recommendations are filtered and ordered."""

    aside = frozenset(("lang",))

    remedy: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of remedies.")
    effort: Annotated[list[Literal["low", "medium", "high"]], COMMAS] = Field(default=[], description="How hard.")
    status: Annotated[list[Literal["open", "accepted", "dismissed"]], COMMAS] = Field(
        default=[], description="What was decided about them."
    )
    sort: Annotated[list[Literal["severity_cleared", "-severity_cleared", "id", "-id"]], COMMAS] = SORT


@router.get(
    "",
    operation_id="list_recommendations",
    responses=answers_list(StoredRecommendation, "Recommendations.") | problems(NOT_FOUND),
)
def list_recommendations(
    org: str,
    analysis_id: str,
    caller: Reader,
    asked: Annotated[RecommendationParameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """List the recommendations of an analysis.

    In the order in which one would take them up, unless another is asked for. One that was dismissed in an earlier analysis is `dismissed`
    here as well, while what it answers rests on the same ground.
    """
    asking = wanted(answer, asked, caller, StoredRecommendation)
    found = recommendations.listed(store, caller, org, analysis_id, asking)
    listed = found.of(lambda one: one.shown(answer.context.language))
    return in_language(page(answer, asked, caller, listed), answer)


@router.get(
    "/{recommendation_id}",
    operation_id="get_recommendation",
    responses=answers(StoredRecommendation, "The recommendation.") | problems(NOT_FOUND),
)
def get_recommendation(
    org: str,
    analysis_id: str,
    recommendation_id: str,
    caller: Reader,
    _: Annotated[Told, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """Show a recommendation."""
    found = recommendations.get(store, caller, org, analysis_id, recommendation_id)
    language = answer.context.language
    return told(answer, found.shown(language), found.tag(language))


@router.post(
    "/{recommendation_id}/accept",
    operation_id="accept_recommendation",
    responses=saves(AcceptedRecommendation, "The recommendation, and the revision that it led to.", creates=False)
    | problems(NOT_FOUND, WRONG_STATE, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(
        refer(Acceptance), TEXTS, "Where to: `model`, the organization's document, or the id of a scenario."
    ),
)
def accept_recommendation(
    org: str,
    analysis_id: str,
    recommendation_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[DecisionParameters, Query()],
    body: TextBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Make a recommendation part of the document, or of a scenario.

    `If-Match` names the document's state, as `GET …/document` gives it; `into` a scenario, which may be done with any number of them, it
    may name the scenario's. What has changed there since the analysis stays; where it no longer says what the recommendation would
    change, the answer is 409.
    """
    into, language = members_of(body, Acceptance).into, answer.context.language
    if into != MODEL and not into.startswith("scn_"):
        raise invalid([Fault(("into",), "not_one_of", into, "one_of", (MODEL,), {"values": f"{MODEL}, scn_…"})])
    named = (store, caller, org, analysis_id, recommendation_id)
    dry_run = asked.dry_run
    if into == MODEL:
        made = accepted_recommendations.accept(*named, now, condition, language, once=once, dry_run=dry_run)
    else:
        made = accepted_recommendations.accept_into(*named, into, now, condition, language, once=once, dry_run=dry_run)
    shown = {
        "recommendation": made.recommendation.shown(language),
        **({} if made.scenario is None else {"scenario": made.scenario}),
        "revision": made.revision,
        "content_hash": made.content_hash,
        "changes": list(made.changes),
        "patch": list(made.patch),
    }
    return in_language(stored.saved(answer, shown, made.tag, once=once, dry_run=dry_run), answer)


@router.post(
    "/{recommendation_id}/dismiss",
    operation_id="dismiss_recommendation",
    responses=saves(StoredRecommendation, "The recommendation as it is now.", creates=False)
    | problems(NOT_FOUND, WRONG_STATE, *RETRIED, *WRITES),
    openapi_extra=reads(refer(Dismissal), TEXTS, "Why."),
)
def dismiss_recommendation(
    org: str,
    analysis_id: str,
    recommendation_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[DecisionParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Put a recommendation aside.

    It stays aside in later analyses while its ground is the same: the findings that it answers, the chains and sources that they rest on,
    and its patch. Should it come back on another ground, it is open, and `returned` says so.
    """
    reason = members_of(body, Dismissal).reason
    made = recommendations.dismiss(
        store, caller, org, analysis_id, recommendation_id, reason, now, once=once, dry_run=asked.dry_run
    )
    language = answer.context.language
    response = stored.saved(answer, made.shown(language), made.tag(language), once=once, dry_run=asked.dry_run)
    return in_language(response, answer)
