"""Signatures of webhooks (Standard Webhooks): HMAC-SHA256 over id, time and body, by every secret that is good for the endpoint."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import UTC, datetime

SECRET_BYTES = 32
"""Random bytes of a secret."""


def secret_from(random_bytes: bytes) -> str:
    """The secret that 32 random bytes make, `whsec_` and base 64, as receivers' libraries take it. Raises ValueError for fewer or more."""
    if len(random_bytes) != SECRET_BYTES:
        raise ValueError(f"a secret is made from {SECRET_BYTES} random bytes, not {len(random_bytes)}")
    return "whsec_" + base64.b64encode(random_bytes).decode("ascii")


def signed(message_id: str, at: datetime, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """The headers of a message that is sent at an instant: its id, the time, a signature by each secret, in their order.

    While a secret is being replaced both sign, the new one first, so that a receiver may change over at any time.
    """
    from standardwebhooks import Webhook

    text, utc = body.decode(), at.astimezone(UTC)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(utc.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(message_id, utc, text) for secret in secrets),
    }
