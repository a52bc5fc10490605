"""How often a request is made, without a network or a clock: the conversation is told what happens, and says what it wants."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from app.client import NoAnswer, Patience, Unavailable
from app.client.exchange import Answer, Pause, Request, exchange, own_path

PATIENCE = Patience(retries=3, first=1.0, longest=60.0, chance=lambda: 1.0)
GET = Request("get_organization", "GET", "/v1/organizations/{org}", {"org": "a/b c"})
PUT = Request("put_kpi", "PUT", "/v1/organizations/acme/kpis/aht", headers={"If-Match": '"v1"'})
POST = Request("add_kpi", "POST", "/v1/organizations/acme/kpis", headers={"Idempotency-Key": "once"})
DONE = Answer(200, {}, b"{}")


def refused(status: int, slug: str = "overloaded", **headers: str) -> Answer:
    body = json.dumps({"type": f"http://x/problems/{slug}", "title": slug, "status": status, "detail": "no"}).encode()
    return Answer(status, {"content-type": "application/problem+json", **headers}, body)


def converse(request: Request, *happenings: Answer | Exception) -> tuple[list[float], Any]:
    """What came of a request when this happens one after the other: the pauses that were wanted, and the answer or the error."""
    flow, pauses, left = exchange(request, PATIENCE), [], list(happenings)
    step = next(flow)
    try:
        while True:
            if isinstance(step, Pause):
                pauses.append(step.seconds)
                step = flow.send(None)
                continue
            assert step == request
            happening = left.pop(0)
            step = flow.throw(happening) if isinstance(happening, Exception) else flow.send(happening)
    except StopIteration as end:
        return pauses, end.value
    except Exception as error:
        return pauses, error


def test_what_is_answered_is_asked_once() -> None:
    """There is nothing to repeat."""
    assert converse(GET, DONE) == ([], DONE)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_asked_again_later_each_time(status: int) -> None:
    """Twice as long from time to time."""
    assert converse(POST, refused(status), refused(status), DONE) == ([1.0, 2.0], DONE)


def test_the_service_says_how_long_to_wait() -> None:
    """`Retry-After` is the least; chance is added, so that not all come back at once."""
    assert converse(PUT, refused(503, **{"retry-after": "7"}), DONE) == ([7.5], DONE)


def test_nobody_waits_for_an_hour() -> None:
    """Where patience ends before the service wants to be asked again, the refusal is told at once."""
    pauses, error = converse(GET, refused(429, "rate-limited", **{"retry-after": "3600"}))

    assert (pauses, type(error), error.slug, error.retry_after) == ([], Unavailable, "rate-limited", 3600.0)


def test_patience_ends() -> None:
    """Then the last refusal is told."""
    pauses, error = converse(GET, *[refused(503)] * 4)

    assert (pauses, type(error)) == ([1.0, 2.0, 4.0], Unavailable)


def test_a_first_request_that_still_runs_is_waited_for() -> None:
    """A repeated POST meets itself; nothing is done twice."""
    first = refused(409, "idempotency-in-progress", **{"retry-after": "1"})

    assert converse(POST, httpx.ReadTimeout("lost"), first, DONE) == ([1.0, 2.0], DONE)


@pytest.mark.parametrize("request_", [GET, PUT, POST], ids=lambda each: each.method)
def test_what_was_never_sent_is_sent_again(request_: Request) -> None:
    """Whatever it is: the service has not seen it."""
    assert converse(request_, httpx.ConnectError("refused"), DONE) == ([1.0], DONE)


@pytest.mark.parametrize("request_", [GET, POST], ids=lambda each: each.method)
def test_a_lost_answer_is_asked_for_again_where_that_does_no_harm(request_: Request) -> None:
    """Reading is harmless, and a POST carries an `Idempotency-Key`."""
    assert converse(request_, httpx.ReadError("reset"), DONE) == ([1.0], DONE)


def test_a_change_of_a_state_whose_answer_is_lost_is_not_sent_again() -> None:
    """It may have been done; sent again it would meet its own change. Who asked must look."""
    pauses, error = converse(PUT, httpx.ReadError("reset"))

    assert (pauses, type(error), error.may_be_done) == ([], NoAnswer, True)
    assert str(error) == "no answer to PUT /v1/organizations/acme/kpis/aht: reset; whether it was done is not known"


def test_a_refusal_for_good_is_told_at_once() -> None:
    """Asking again would not help."""
    pauses, error = converse(GET, refused(404, "not-found"))

    assert (pauses, error.status, error.slug) == ([], 404, "not-found")


def test_what_others_on_the_way_answer_is_a_problem_as_well() -> None:
    """A proxy's page is no JSON."""
    _, error = converse(GET, Answer(502, {"content-type": "text/html"}, b"<h1>Bad gateway</h1>"))

    assert (error.status, str(error)) == (502, "HTTP status 502")


def test_names_are_safe_in_paths() -> None:
    """What has a meaning in an address is written so that it has none."""
    assert GET.target == "/v1/organizations/a%2Fb%20c"


def test_only_what_is_said_is_asked() -> None:
    """Several values are joined; nothing, no and the empty are left out, nought is not."""
    query = {"a": ["x", "y"], "b": True, "c": False, "d": None, "e": (), "f": 0, "g": "", "h": 1.5}

    assert Request("x", "GET", "/", query=query).asked == {"a": "x,y", "b": "true", "f": "0", "h": "1.5"}


@pytest.mark.parametrize(
    "address", ["http://elsewhere.test/v1/kpis?cursor=x%2Cy", "https://proxy.test/concord/v1/kpis?cursor=x%2Cy"]
)
def test_addresses_in_answers_lead_to_where_the_client_sends_everything(address: str) -> None:
    """Nobody gets the key by an answer."""
    assert own_path(address) == ("/v1/kpis", {"cursor": "x,y"})
