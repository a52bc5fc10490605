"""Webhooks: endpoints that are told of changes, and what was delivered to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, patching, reading, state, writing
from app.client.things import Thing

LIST = "/v1/webhooks"
ONE = "/v1/webhooks/{webhook_id}"
DELIVERIES = f"{ONE}/deliveries"


class Webhook(Thing):
    """An endpoint. `secret`: only in the answer that made it."""

    SCHEMA = "Webhook"

    id: str
    url: str
    status: str
    secret: str | None
    description: str | None
    types: list[str]
    disabled_because: str | None
    created_at: datetime
    updated_at: datetime


class Attempt(Thing):
    """One attempt to deliver; `answer` is the first KiB of it."""

    SCHEMA = "Attempt"

    at: datetime
    seconds: float
    status: int | None
    reason: str | None
    answer: str | None


class Delivery(Thing):
    """A message on its way to an endpoint."""

    SCHEMA = "Delivery"

    id: str
    message_id: str
    type: str
    status: str
    created_at: datetime
    next_attempt_at: datetime | None
    attempts: list[Attempt]


class Webhooks(Group[M]):
    """Endpoints that a workspace tells of changes."""

    @Listing
    def list(
        self,
        *,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[Webhook]:
        """The endpoints."""
        asked: Asked = {"created_after": created_after, "created_before": created_before, "sort": sort, "limit": limit}
        return Query(Webhook, reading("list_webhooks", LIST, **asked))

    @Operation
    def get(self, webhook_id: str) -> Flow[Webhook]:
        """An endpoint. Raises NotFound."""
        return self.one(Webhook, reading("get_webhook", ONE, {"webhook_id": webhook_id}))

    @Operation
    def add(
        self,
        url: str,
        *,
        types: Sequence[str] = (),
        description: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Webhook]:
        """Add an endpoint, of some types of events or of all. The answer alone shows its secret. Raises Invalid."""
        said = {
            "url": url,
            **({"types": [*types]} if types else {}),
            **({"description": description} if description else {}),
        }
        return self.one(Webhook, writing("add_webhook", "POST", LIST, {}, said, dry_run=dry_run))

    @Operation
    def patch(
        self,
        webhook: str | Webhook,
        changes: Mapping[str, Any],
        *,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Webhook]:
        """Change an endpoint; `{"status": "disabled"}` switches it off. Raises NotFound, Changed, Invalid."""
        names, tag = {"webhook_id": named(webhook, "id")}, state(webhook, if_match)
        return self.one(Webhook, patching("patch_webhook", ONE, names, changes, tag, dry_run=dry_run))

    @Operation
    def remove(self, webhook: str | Webhook, *, if_match: str | None = None, dry_run: bool = False) -> Flow[None]:
        """Remove an endpoint with its deliveries. Raises NotFound, Changed."""
        names = {"webhook_id": named(webhook, "id")}
        asked: Asked = {"if_match": state(webhook, if_match), "dry_run": dry_run}
        return self.nothing(writing("remove_webhook", "DELETE", ONE, names, **asked))

    @Operation
    def rotate(
        self, webhook: str | Webhook, *, overlap_hours: int | None = None, dry_run: bool = False
    ) -> Flow[Webhook]:
        """Give an endpoint a new secret; until the overlap ends, messages are signed with both. Raises NotFound."""
        names = {"webhook_id": named(webhook, "id")}
        asked: Asked = {"overlap_hours": overlap_hours, "dry_run": dry_run}
        return self.one(Webhook, writing("rotate_webhook", "POST", f"{ONE}/rotate", names, **asked))

    @Operation
    def test(self, webhook: str | Webhook, *, dry_run: bool = False) -> Flow[Delivery]:
        """Send an endpoint a message to try it. Raises NotFound, WrongState."""
        names = {"webhook_id": named(webhook, "id")}
        return self.one(Delivery, writing("try_webhook", "POST", f"{ONE}/test", names, dry_run=dry_run))

    @Listing
    def deliveries(
        self,
        webhook_id: str,
        *,
        status: Sequence[str] = (),
        type: Sequence[str] = (),
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[Delivery]:
        """What was delivered to an endpoint, or will be; the latest first. Raises NotFound."""
        names = {"webhook_id": webhook_id}
        asked: Asked = {"status": status, "type": type, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(Delivery, reading("list_deliveries", DELIVERIES, names, **asked, **made))

    @Operation
    def get_delivery(self, webhook_id: str, delivery_id: str) -> Flow[Delivery]:
        """A delivery with its attempts. Raises NotFound."""
        names = {"webhook_id": webhook_id, "delivery_id": delivery_id}
        return self.one(Delivery, reading("get_delivery", f"{DELIVERIES}/{{delivery_id}}", names))

    @Operation
    def repeat(self, webhook_id: str, delivery_id: str, *, dry_run: bool = False) -> Flow[Delivery]:
        """Send a message again. Raises NotFound, WrongState."""
        names, said = {"webhook_id": webhook_id}, {"delivery": delivery_id}
        return self.one(Delivery, writing("repeat_delivery", "POST", DELIVERIES, names, said, dry_run=dry_run))
