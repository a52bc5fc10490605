"""Webhooks and their deliveries, as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from app.domain.deliveries import Reason
from app.storage.outbox import EventType


class Webhook(BaseModel):
    """An endpoint that is told of changes."""

    id: str
    url: str
    status: Literal["active", "disabled"]
    secret: str | None = Field(
        default=None, description="What signs its messages: only in the answer that made it. Kept sealed."
    )
    description: str | None = None
    types: list[EventType] | None = Field(default=None, description="What it is told of; all when it is left out.")
    disabled_because: Literal["gone", "exhausted", "by hand"] | None = Field(
        default=None, description="It answered 410 · it took nothing for three days · somebody switched it off."
    )
    created_at: datetime
    updated_at: datetime


class Attempt(BaseModel):
    """What came of one attempt: a status, or the reason why there was none."""

    at: datetime
    seconds: float
    status: int | None = None
    reason: Reason | None = None
    answer: str | None = Field(default=None, description="The first KiB of the answer.")


class Delivery(BaseModel):
    """A message on its way to an endpoint."""

    id: str
    message_id: str = Field(
        description="What the endpoint sees as `webhook-id`; the same whenever the message is sent."
    )
    type: str
    status: Literal["pending", "delivered", "failed"]
    created_at: datetime
    next_attempt_at: datetime | None = None
    attempts: list[Attempt]
