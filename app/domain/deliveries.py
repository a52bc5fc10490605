"""Deliveries of webhooks: when they are tried again, and when an endpoint is given up (Standard Webhooks, operational considerations)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (0, 5, 5 * 60, 30 * 60, *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24)))
)
"""How long each attempt waits after the one before; the last comes some 75 hours after the first."""

JITTER = 0.1
"""By how much a delay is at most shortened or lengthened, as a share of it, so that what failed together does not come back together."""

LONGEST_WAIT = timedelta(hours=24)
"""The most that a receiver can ask us to wait."""

_HTTP_DATE = "%a, %d %b %Y %H:%M:%S GMT"

Reason = Literal[
    "address_refused",
    "name_unknown",
    "not_reached",
    "not_trusted",
    "timed_out",
    "not_http",
]
"""Why there was no answer: the address is not one that is connected to · the name has no address · nothing listens there, or the connection
broke · it speaks no TLS, or its certificate is not valid for the name · it took too long · it hung up, or sent no HTTP, or far too much."""


class Outcome(NamedTuple):
    """What came of one attempt: an answer with its status, or the reason why there was none.

    `answer`: the first KiB of the answer's body; `seconds`: how long it took; `retry_after`: the answer's header of that name.
    """

    seconds: float
    status: int | None = None
    answer: str = ""
    reason: Reason | None = None
    retry_after: str | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the receiver took the message: statuses from 200 to 299, nothing else."""
        return self.status is not None and 200 <= self.status <= 299


Done = Literal["delivered", "gone", "exhausted"]
"""The receiver took it · it wants no more (410) · the last attempt failed. After the last two the endpoint is disabled."""


def next_attempt(attempts: int, outcome: Outcome, *, now: datetime, jitter: float) -> datetime | Done:
    """When the next attempt is due, or how the delivery ended.

    `attempts`: how many were made, the one with this outcome included; `now`: when it ended; `jitter`: a random number from 0 to 1. A
    receiver that asks for patience (`Retry-After`) gets it where that is longer than the schedule, up to a day.
    """
    if outcome.succeeded:
        return "delivered"
    if outcome.status == 410:
        return "gone"
    if attempts >= len(DELAYS):
        return "exhausted"
    delay = DELAYS[attempts] * (1 + JITTER * (2 * jitter - 1))
    asked = _asked(outcome.retry_after, now)
    return now + max(delay, min(asked, LONGEST_WAIT))


def _asked(retry_after: str | None, now: datetime) -> timedelta:
    """The wait that `Retry-After` asks for: seconds or a date (RFC 9110 §10.2.3, §5.6.7); none where it cannot be read."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:12]), 10**9))
    try:
        return datetime.strptime(text, _HTTP_DATE).replace(tzinfo=UTC) - now
    except ValueError:
        return timedelta()
