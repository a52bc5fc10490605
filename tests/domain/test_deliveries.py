"""When a delivery is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.deliveries import DELAYS, JITTER, LONGEST_WAIT, Outcome, next_attempt
from tests.counts import many

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FAILED = Outcome(seconds=0.2, status=500)
NO_JITTER = 0.5


def test_a_receiver_that_never_answers_is_tried_ten_times_in_three_days() -> None:
    """At once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h; then it is given up."""
    times, attempts = [NOON], 1

    while isinstance(due := next_attempt(attempts, FAILED, now=times[-1], jitter=NO_JITTER), datetime):
        times.append(due)
        attempts += 1

    assert due == "exhausted"
    assert [str(time - NOON) for time in times] == [
        "0:00:00", "0:00:05", "0:05:05", "0:35:05", "2:35:05", "7:35:05", "17:35:05", "1 day, 7:35:05", "2 days, 3:35:05",
        "3 days, 3:35:05",
    ]  # fmt: skip


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_status_of_success_ends_a_delivery(status: int) -> None:
    """At whichever attempt."""
    assert [next_attempt(n, Outcome(0.1, status), now=NOON, jitter=0) for n in (1, 5, 10)] == ["delivered"] * 3


@pytest.mark.parametrize(
    "status", [None, 100, 199, 300, 301, 302, 304, 307, 308, 400, 401, 404, 409, 429, 500, 502, 503, 504, 599]
)
def test_anything_else_is_tried_again(status: int | None) -> None:
    """A redirect too: where messages go is decided by the endpoint's address alone."""
    assert next_attempt(1, Outcome(0.1, status), now=NOON, jitter=NO_JITTER) == NOON + timedelta(seconds=5)


def test_a_receiver_that_is_gone_is_not_asked_again() -> None:
    """410 says that it wants no more."""
    assert next_attempt(1, Outcome(0.1, 410, retry_after="60"), now=NOON, jitter=0) == "gone"


@settings(max_examples=many(2_000))
@given(st.integers(1, len(DELAYS) - 1), st.floats(0, 1))
def test_jitter_moves_an_attempt_by_a_tenth_at_most(attempts: int, jitter: float) -> None:
    """In both directions, never so far that the order of attempts changes."""
    due = next_attempt(attempts, FAILED, now=NOON, jitter=jitter)

    assert isinstance(due, datetime)
    assert DELAYS[attempts] * (1 - JITTER) <= due - NOON <= DELAYS[attempts] * (1 + JITTER)


@pytest.mark.parametrize(
    ("retry_after", "waited"),
    [
        ("120", timedelta(seconds=120)),
        ("3", timedelta(seconds=5)),
        ("Sun, 22 Nov 2026 12:10:00 GMT", timedelta(minutes=10)),
        ("Sun, 22 Nov 2026 11:00:00 GMT", timedelta(seconds=5)),
        ("999999999999999999999999", LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("-5", timedelta(seconds=5)),
        ("soon", timedelta(seconds=5)),
        ("١٢٠", timedelta(seconds=5)),
        ("", timedelta(seconds=5)),
        (None, timedelta(seconds=5)),
    ],
)
def test_a_receiver_that_asks_for_patience_gets_it(retry_after: str | None, waited: timedelta) -> None:
    """Where it is longer than the schedule, up to a day; what cannot be read does not count."""
    busy = Outcome(0.1, 503, retry_after=retry_after)

    assert next_attempt(1, busy, now=NOON, jitter=NO_JITTER) == NOON + waited
