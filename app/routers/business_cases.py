"""`/v1/organizations/{org}/business-case`: what scenarios give back, when, at which cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field, StringConstraints
from starlette.responses import Response

from app.domain.business_case import MOST_QUARTERS, Said, SaidCost
from app.domain.cash_flows import Mode
from app.domain.read_only import without_read_only
from app.domain.terms import Language
from app.exchange.merging import merge_object
from app.routers.scenario_bodies import Id, Name
from app.services import business_cases
from app.services.business_cases import StoredBusinessCase
from app.services.case_terms import MOST_DRAWS, CaseRequest, CaseTerms
from app.services.schemas.business_cases import (
    BusinessCase,
    BusinessCaseToChange,
    BusinessCaseToMake,
    CostToChange,
    ListedBusinessCase,
)
from app.web import stored
from app.web.answers import Answer, JsonAnswer
from app.web.body import MERGE_PATCH, TEXTS, MergePatchBody, TextBody
from app.web.clock import Now
from app.web.documented import (
    CONDITIONAL,
    READS,
    RETRIED,
    WRITES,
    answers,
    answers_list,
    problems,
    reads,
    refer,
    refer_patch,
    saves,
)
from app.web.idempotency import Once
from app.web.identity import HeavyWriter, Reader
from app.web.members import Members, as_members, members_of, object_of
from app.web.operations import operations
from app.web.parameters import COMMAS
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND, OVERLOADED
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, Searched, StoredListParameters, page, wanted
from app.web.told import Told, in_language
from app.web.turns import InTurn, MostGoals
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/business-case", "customers")

refer(CostToChange)  # what it leaves out is not null, though a merge patch holds it

Source = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Amount = Annotated[float, Field(ge=0, le=1e15)]
Number = Annotated[float, Field(ge=-1e15, le=1e15)]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]


class CostBody(Members):
    """What the change is expected to cost."""

    low: Amount
    likely: Amount
    high: Amount
    paid: Literal["now", "quarterly"] = "now"
    source: Source


class AssumptionBody(Members):
    """What is taken instead of an assumption."""

    low: Number | None = None
    likely: Number | None = None
    high: Number | None = None
    mode: Mode | None = None
    source: Source | None = None


class TermsBody(Members):
    """What is said of a case."""

    name: Name | None = None
    quarters: Annotated[int, Field(ge=1, le=MOST_QUARTERS, strict=True)] = 12
    draws: Annotated[int, Field(ge=100, le=MOST_DRAWS, strict=True)] = 10_000
    seed: Seed = 0
    costs: Annotated[dict[Id, CostBody], Field(max_length=50)] = Field(default={})
    assumptions: Annotated[dict[Id, AssumptionBody], Field(max_length=500)] = Field(default={})

    def terms(self) -> CaseTerms:
        """It as cases have it."""
        costs = {
            key: SaidCost(key, one.low, one.likely, one.high, one.paid, one.source) for key, one in self.costs.items()
        }
        assumptions = {
            key: Said(one.low, one.likely, one.high, one.mode, one.source) for key, one in self.assumptions.items()
        }
        return CaseTerms(self.name, self.quarters, self.draws, self.seed, costs, assumptions)


class CaseBody(TermsBody):
    """What is asked."""

    scenario: Id


class CaseListParameters(Created, Searched, StoredListParameters):
    """How business cases are searched, filtered and ordered."""

    scenario: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of scenarios.")
    sort: Annotated[list[Literal["created_at", "-created_at", "name", "-name", "id", "-id"]], COMMAS] = SORT


class CaseWriteParameters(WriteParameters, Told):
    """Whether the write is meant, and the language of texts."""


@router.post(
    "",
    operation_id="make_business_case",
    responses=saves(BusinessCase, "The business case.") | problems(NOT_FOUND, *RETRIED, *READS),
    openapi_extra=reads(refer(BusinessCaseToMake), TEXTS, "The scenario, and what is known better."),
)
async def make_business_case(
    org: str,
    caller: HeavyWriter,
    answer: JsonAnswer,
    asked: Annotated[CaseWriteParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Make the business case of a scenario.

    What conflicts keep back from outcomes that the document puts a price on, in the model and in the scenario; the difference comes after
    the lags of the chains, less the costs that you name. Every assumption is a range with its source that can be replaced, held or left
    out. All are drawn many times: cash flow by quarter with bands, net present value, payback, probability of loss, and what decides.
    What could not be valued is listed, and counts nothing. It is kept as it was, until somebody says otherwise of its assumptions.
    """
    request = request_of(members_of(body, CaseBody))
    made = await turns.run(
        business_cases.add,
        store,
        caller,
        org,
        request,
        now,
        most_goals=most_goals,
        once=once,
        dry_run=asked.dry_run,
    )
    shown: Mapping[str, Any] = made.shown(answer.context.language)
    tag = _tag(made, answer)
    saved = stored.saved(answer, shown, tag, created=True, location=made.path, once=once, dry_run=asked.dry_run)
    return in_language(saved, answer)


@router.get(
    "",
    operation_id="list_business_cases",
    responses=answers_list(ListedBusinessCase, "Business cases.") | problems(NOT_FOUND),
)
def list_business_cases(
    org: str, caller: Reader, asked: Annotated[CaseListParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List business cases, the newest first unless another order is asked for."""
    found = business_cases.listed(store, caller, org, wanted(answer, asked, caller, ListedBusinessCase))
    return page(answer, asked, caller, found.of(lambda one: one.listed))


@router.get(
    "/{business_case_id}",
    operation_id="get_business_case",
    responses=answers(BusinessCase, "The business case.") | problems(NOT_FOUND),
)
def get_business_case(
    org: str, business_case_id: str, caller: Reader, _: Annotated[Told, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show a business case: everything that was assumed, and what came of it."""
    found = business_cases.get(store, caller, org, business_case_id)
    return in_language(stored.one(answer, found.shown(answer.context.language), _tag(found, answer)), answer)


@router.patch(
    "/{business_case_id}",
    operation_id="patch_business_case",
    responses=saves(BusinessCase, "The business case as it is now.", creates=False)
    | problems(NOT_FOUND, OVERLOADED, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer_patch(BusinessCaseToChange), (MERGE_PATCH,), "What is known better."),
)
async def patch_business_case(
    org: str,
    business_case_id: str,
    caller: HeavyWriter,
    answer: JsonAnswer,
    asked: Annotated[CaseWriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
    turns: InTurn,
) -> Response:
    """Change what is said of a business case, and draw it again with its seed.

    The members are those that it was made with, which `asked` shows: `{"assumptions": {"growth": {"mode": "left_out"}}}` switches an
    assumption off, `{"assumptions": {"growth": null}}` lets it be as it was taken, `{"costs": {"training": {"likely": 90000}}}` changes a
    cost, `null` takes it out. The two documents stay those of the day on which it was made; make another case after a change of the model.
    """
    wanted = case_wanted(object_of(body), answer.context.language)
    made = await turns.run(
        business_cases.change,
        store,
        caller,
        org,
        business_case_id,
        wanted,
        now,
        condition,
        once=once,
        dry_run=asked.dry_run,
    )
    shown: Mapping[str, Any] = made.shown(answer.context.language)
    return in_language(stored.saved(answer, shown, _tag(made, answer), once=once, dry_run=asked.dry_run), answer)


def request_of(said: CaseBody) -> CaseRequest:
    """What is asked, of a body that was checked."""
    return CaseRequest(said.scenario, said.terms())


def case_wanted(said: Mapping[str, Any], language: Language) -> Callable[[StoredBusinessCase], CaseTerms]:
    """What is to be said of a case, once it is seen as it is. It raises DocumentInvalid with every fault of what is said."""

    def wanted(current: StoredBusinessCase) -> CaseTerms:
        shown = current.shown(language)
        changes = without_read_only(_without_lists(said, shown), shown, _READ_ONLY)
        whole = current.asked
        merge_object(whole, changes)
        return as_members(whole, TermsBody).terms()

    return wanted


_READ_ONLY = tuple(name for name in BusinessCase.model_fields if name not in BusinessCaseToChange.model_fields)


def _without_lists(said: Mapping[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    """What is said without the lists of costs and assumptions that were sent back as they were read."""
    return {name: value for name, value in said.items() if not (isinstance(value, list) and value == shown.get(name))}


def _tag(found: StoredBusinessCase, answer: Answer) -> str:
    """The tag of the case in the language that it is told in; conditions leave the language out."""
    return f"{found.tag}-{answer.context.language}"
