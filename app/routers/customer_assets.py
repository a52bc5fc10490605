"""`/v1/organizations/{org}/customer-asset`: what the customer base is worth, what moves it, who answers for that."""

from __future__ import annotations

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.services import customer_assets
from app.services.schemas.customer_assets import CustomerAsset, CustomerAssetToPut
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, TextBody
from app.web.clock import Now
from app.web.documented import CONDITIONAL, READS, answers, problems, reads, refer, saves
from app.web.identity import HeavyReader, HeavyWriter, Writer
from app.web.members import Members, as_members, object_of
from app.web.operations import operations
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND, OVERLOADED, TOO_LARGE, VALIDATION
from app.web.stored import Store
from app.web.told import Told, in_language
from app.web.turns import InTurn, MostGoals
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/customer-asset", "customers")

READ_ONLY = frozenset(CustomerAsset.model_fields) - frozenset(CustomerAssetToPut.model_fields)
"""What only the service says: it may be sent back as it was read, and follows anew."""

Share = Annotated[float, Field(ge=0, le=1)]
Cost = Annotated[float, Field(ge=0, le=1e12)]


class SegmentBody(Members):
    """What is said of a segment."""

    customers: Annotated[float, Field(ge=0, le=1e10)] | None = None
    share: Share | None = None
    margin: Annotated[float, Field(ge=-1e12, le=1e12)]
    retention: Share
    cost_to_serve: Cost | None = None
    acquisition_cost: Cost | None = None


class CustomerAssetBody(Members):
    """What is said of the customer base."""

    discount: Share
    segments: Annotated[dict[str, SegmentBody], Field(min_length=1, max_length=100)]


class AssetWriteParameters(WriteParameters, Told):
    """Whether the write is meant, and the language of texts."""


@router.get(
    "",
    operation_id="get_customer_asset",
    responses=answers(CustomerAsset, "The customer base.") | problems(NOT_FOUND, VALIDATION, TOO_LARGE, OVERLOADED),
)
async def get_customer_asset(
    org: str,
    caller: HeavyReader,
    _: Annotated[Told, Query()],
    answer: JsonAnswer,
    store: Store,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Show what the customer base is worth.

    What customers of each segment are worth over their lifetime; what a point of retention, and a percent of efficiency, acquisition and
    penetration are worth, beside how hard goals and pay push each of the four, and who answers for it; what open conflicts with retention
    rates may cost. Computed with the document as it stands; every formula and assumption is named.
    """
    found = await run_sync(customer_assets.get, store, caller, org)
    value = await turns.run(customer_assets.valued, found, answer.context.language, now.date(), most_goals=most_goals)
    return in_language(stored.one(answer, value, found.tag), answer)


@router.put(
    "",
    operation_id="put_customer_asset",
    responses=saves(CustomerAsset, "The customer base as it is now.") | problems(NOT_FOUND, *CONDITIONAL, *READS),
    openapi_extra=reads(refer(CustomerAssetToPut), TEXTS, "What is known of the segments."),
)
async def put_customer_asset(
    org: str,
    caller: HeavyWriter,
    answer: JsonAnswer,
    asked: Annotated[AssetWriteParameters, Query()],
    body: TextBody,
    condition: Precondition,
    store: Store,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Say what customers bring, cost, and how long they stay.

    By segment of the document, a year, in the organization's currency. Every figure that does not fit is told at once.
    """
    said = as_members(
        {name: value for name, value in object_of(body).items() if name not in READ_ONLY}, CustomerAssetBody
    )
    inputs = said.model_dump(exclude_none=True)

    def write() -> customer_assets.CustomerAsset:
        return customer_assets.put(store, caller, org, inputs, now, condition, dry_run=asked.dry_run)

    made = await run_sync(write)
    value = await turns.run(customer_assets.valued, made, answer.context.language, now.date(), most_goals=most_goals)
    saved = stored.saved(answer, value, made.tag, created=made.is_new, location=made.path, dry_run=asked.dry_run)
    return in_language(saved, answer)


@router.delete(
    "",
    operation_id="delete_customer_asset",
    status_code=204,
    responses=problems(NOT_FOUND, *CONDITIONAL),
)
def delete_customer_asset(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Forget what was said of the customer base."""
    customer_assets.remove(store, caller, org, now, condition, dry_run=asked.dry_run)
    return stored.removed(dry_run=asked.dry_run)
