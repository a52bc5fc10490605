"""`/v1/webhooks`: endpoints that are told of changes (Standard Webhooks)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.services import deliveries, webhooks
from app.services.schemas.webhooks import Delivery, Webhook
from app.storage.outbox import EventType
from app.web import stored
from app.web.answers import Answer, JsonAnswer, unkept
from app.web.body import MERGE_PATCH, TEXTS, MergePatchBody, TextBody
from app.web.clock import Now
from app.web.documented import (
    CONDITIONAL,
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
from app.web.identity import Admin
from app.web.members import Members, members_of
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.seals import Seals
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted
from app.web.writes import WriteParameters

router = operations("/v1/webhooks", "webhooks")

Url = Annotated[str, Field(min_length=1, max_length=2000)]
Description = Annotated[str, Field(min_length=1, max_length=300)]
Types = Annotated[list[EventType], Field(min_length=1, max_length=50)]


class NewWebhook(Members):
    """An endpoint that is to be added: an https address on port 443 or 8443 that all the world can reach."""

    url: Url
    description: Description | None = None
    types: Types | None = None


class ChangedWebhook(Members):
    """What is to change of an endpoint; `status: active` switches a disabled one on again."""

    url: Url = ""
    description: Description | None = None
    types: Types | None = None
    status: Literal["active", "disabled"] = "active"


class Repeated(Members):
    """The delivery whose message is to be sent once more."""

    delivery: Annotated[str, Field(min_length=1, max_length=100)]


class WebhookParameters(Created, StoredListParameters):
    """How endpoints are ordered."""

    sort: Annotated[list[Literal["id", "-id", "created_at", "-created_at"]], COMMAS] = SORT


class DeliveryParameters(Created, StoredListParameters):
    """How deliveries are filtered and ordered."""

    status: Annotated[list[Literal["pending", "delivered", "failed"]], COMMAS] = Field(
        default=[], description="How they stand."
    )
    type: Annotated[list[str], COMMAS] = Field(default=[], description="What they tell of.")
    sort: Annotated[list[Literal["id", "-id", "created_at", "-created_at"]], COMMAS] = SORT


class RotateParameters(WriteParameters):
    """For how long the old secret signs beside the new one."""

    overlap_hours: Annotated[int, Field(ge=0, le=720)] = Field(
        default=24, description="Hours for which messages carry a signature by the old secret, too."
    )


@router.get("", operation_id="list_webhooks", responses=answers_list(Webhook, "Endpoints."))
def list_webhooks(
    caller: Admin, asked: Annotated[WebhookParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List endpoints."""
    found = webhooks.listed(store, caller, wanted(answer, asked, caller, Webhook))
    return page(answer, asked, caller, found.of(lambda one: one.shown))


@router.post(
    "",
    operation_id="add_webhook",
    responses=saves(Webhook, "The endpoint; this answer alone shows its secret.") | problems(*RETRIED, *WRITES),
    openapi_extra=reads(refer(NewWebhook), TEXTS, "Where to, and of what."),
)
def add_webhook(
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    store: Store,
    sealer: Seals,
    once: Once,
    now: Now,
) -> Response:
    """Add an endpoint.

    Messages are signed as Standard Webhooks say: check `webhook-signature` with `secret`. A repeated request with the same
    `Idempotency-Key` is answered without the secret.
    """
    said = members_of(body, NewWebhook).model_dump(exclude_none=True)
    made = webhooks.add(store, sealer, caller, said, now, once=once, dry_run=asked.dry_run)
    return _unkept(answer, made, once, created=True, dry_run=asked.dry_run)


@router.get(
    "/{webhook_id}", operation_id="get_webhook", responses=answers(Webhook, "The endpoint.") | problems(NOT_FOUND)
)
def get_webhook(
    webhook_id: str, caller: Admin, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show an endpoint."""
    found = webhooks.get(store, caller, webhook_id)
    return stored.one(answer, found.shown, found.tag)


@router.patch(
    "/{webhook_id}",
    operation_id="patch_webhook",
    responses=saves(Webhook, "The endpoint as it is now.", creates=False)
    | problems(NOT_FOUND, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer_patch(ChangedWebhook), (MERGE_PATCH,), "What is to change."),
)
def patch_webhook(
    webhook_id: str,
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Change where messages go, of what they tell, or whether any are sent."""
    said = members_of(body, ChangedWebhook).given()
    changed = webhooks.change(store, caller, webhook_id, said, now, condition, once=once, dry_run=asked.dry_run)
    return stored.saved(answer, changed.shown, changed.tag, once=once, dry_run=asked.dry_run)


@router.delete(
    "/{webhook_id}",
    operation_id="remove_webhook",
    status_code=204,
    responses=problems(NOT_FOUND, *CONDITIONAL),
)
def remove_webhook(
    webhook_id: str,
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Remove an endpoint, with what waits for it."""
    webhooks.remove(store, caller, webhook_id, now, condition, dry_run=asked.dry_run)
    return stored.removed(dry_run=asked.dry_run)


@router.post(
    "/{webhook_id}/rotate",
    operation_id="rotate_webhook",
    responses=saves(Webhook, "The endpoint; this answer alone shows its new secret.", creates=False)
    | problems(NOT_FOUND, *RETRIED),
)
def rotate_webhook(
    webhook_id: str,
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[RotateParameters, Query()],
    store: Store,
    sealer: Seals,
    once: Once,
    now: Now,
) -> Response:
    """Give an endpoint a new secret.

    Until the overlap ends, messages carry a signature by each of the two.
    """
    overlap = timedelta(hours=asked.overlap_hours)
    made = webhooks.rotate(store, sealer, caller, webhook_id, now, overlap=overlap, once=once, dry_run=asked.dry_run)
    return _unkept(answer, made, once, dry_run=asked.dry_run)


@router.post(
    "/{webhook_id}/test",
    operation_id="try_webhook",
    responses=saves(Delivery, "The delivery that is under way.") | problems(NOT_FOUND, *RETRIED),
)
def try_webhook(
    webhook_id: str,
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Send an endpoint a message of type `webhook.test`, so that its owner sees whether it arrives."""
    added = deliveries.try_out(store, caller, webhook_id, now, once=once, dry_run=asked.dry_run)
    return _delivery(answer, webhook_id, added, once, dry_run=asked.dry_run)


@router.get(
    "/{webhook_id}/deliveries",
    operation_id="list_deliveries",
    responses=answers_list(Delivery, "Deliveries.") | problems(NOT_FOUND),
)
def list_deliveries(
    webhook_id: str, caller: Admin, asked: Annotated[DeliveryParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List what was sent to an endpoint, or will be, the latest first."""
    found = deliveries.listed(store, caller, webhook_id, wanted(answer, asked, caller, Delivery))
    return page(answer, asked, caller, found)


@router.post(
    "/{webhook_id}/deliveries",
    operation_id="repeat_delivery",
    responses=saves(Delivery, "The delivery that is under way.") | problems(NOT_FOUND, *RETRIED, *WRITES),
    openapi_extra=reads(refer(Repeated), TEXTS, "Which delivery to repeat."),
)
def repeat_delivery(
    webhook_id: str,
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Send the message of a delivery once more, under the same message id."""
    named = members_of(body, Repeated).delivery
    added = deliveries.repeat(store, caller, webhook_id, named, now, once=once, dry_run=asked.dry_run)
    return _delivery(answer, webhook_id, added, once, dry_run=asked.dry_run)


@router.get(
    "/{webhook_id}/deliveries/{delivery_id}",
    operation_id="get_delivery",
    responses=answers(Delivery, "The delivery.") | problems(NOT_FOUND),
)
def get_delivery(
    webhook_id: str,
    delivery_id: str,
    caller: Admin,
    _: Annotated[Parameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """Show a delivery, with every attempt."""
    found = deliveries.get(store, caller, webhook_id, delivery_id)
    return stored.one(answer, found, _tag(found))


def _unkept(answer: Answer, made: webhooks.Webhook, once: Once, *, created: bool = False, dry_run: bool) -> Response:
    """An answer with a secret in it, which nobody keeps."""
    location = f"/v1/webhooks/{made.id}"
    response = stored.saved(
        answer, made.shown, made.tag, created=created, location=location, once=once, dry_run=dry_run
    )
    return unkept(response)


def _delivery(answer: Answer, webhook_id: str, added: dict[str, Any], once: Once, *, dry_run: bool) -> Response:
    location = f"/v1/webhooks/{webhook_id}/deliveries/{added['id']}"
    return stored.saved(answer, added, _tag(added), created=True, location=location, once=once, dry_run=dry_run)


def _tag(delivery: Any) -> str:
    return f"{delivery['status']}-{len(delivery['attempts'])}-{delivery['id']}"
