"""How much a caller may ask."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.access import Caller
from app.web.addresses import Addresses
from app.web.entrance import Entrance
from app.web.methods import Methods
from app.web.problems import handle_problems
from app.web.rate_limits import RateLimitHeaders, RateLimits, Standing, limit_address, limit_caller
from app.web.rate_windows import Windows
from tests.counts import many
from tests.http_client import Client


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def caller(credential: str = "key_1", workspace: str = "wsp_1") -> Caller:
    return Caller(workspace, "ada", credential, frozenset(("read",)))


def limits(clock: Clock, **quotas: str) -> RateLimits:
    return RateLimits(**{"credential": "3/minute", "heavy": "off", "address": "2/minute", **quotas}, clock=clock)


def left(standings: list[Standing]) -> dict[str, int]:
    return {standing.name: standing.left for standing in standings}


def test_each_request_uses_up_some_of_the_quota_until_the_window_ends() -> None:
    """Then the whole quota is back, at the second that was told before."""
    clock = Clock()
    counted = limits(clock)
    seen: list[tuple[int, int, bool]] = []

    for passed in (0, 10, 20.5, 0, 29.4, 0.1):
        clock.now += passed
        standing = counted.count(caller())[0]
        seen.append((standing.left, standing.seconds, standing.exceeded))

    assert seen == [(2, 60, False), (1, 50, False), (0, 30, False), (0, 30, True), (0, 1, True), (2, 60, False)]


def test_credentials_have_quotas_of_their_own_and_share_the_workspaces() -> None:
    """A workspace may ask five times as much as one of its credentials; another workspace is not touched."""
    counted = limits(Clock(), credential="2/minute")

    for n in range(10):
        assert not counted.count(caller(f"key_{n // 2}"))[-1].exceeded

    assert counted.count(caller("key_9")) == [
        Standing("key", 2, 60, 1, 60, False),
        Standing("workspace", 10, 60, 0, 60, True),
    ]
    assert left(counted.count(caller("key_9", "wsp_2"))) == {"key": 1, "workspace": 9}


def test_a_runaway_credential_does_not_use_up_its_workspace() -> None:
    """What is refused for the one is not counted for the other."""
    counted = limits(Clock())

    refused = [counted.count(caller("runaway"))[-1] for _ in range(1_000)][-1]

    assert (refused.name, refused.exceeded) == ("key", True)
    assert left(counted.count(caller("calm"))) == {"key": 2, "workspace": 11}


def test_heavy_work_has_a_quota_of_its_own() -> None:
    """Beyond it light requests are still answered."""
    counted = limits(Clock(), credential="10/minute", heavy="1/hour")

    first, second = counted.count(caller(), heavy=True), counted.count(caller(), heavy=True)

    assert left(first) == {"key": 9, "heavy": 0, "workspace": 49, "workspace-heavy": 4}
    assert second[-1] == Standing("heavy", 1, 3600, 0, 3600, True)
    assert left(counted.count(caller())) == {"key": 7, "workspace": 48}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        (None, "", True),
    ],
)
def test_who_is_not_known_is_counted_by_address(one: str | None, other: str | None, same: bool) -> None:
    """A whole network at once where an address is one of many that its holder has."""
    counted = limits(Clock())

    counted.count_address(one)

    assert left(counted.count_address(other)) == {"address": 0 if same else 1}


def test_what_is_off_is_not_counted() -> None:
    """And not told."""
    counted = limits(Clock(), credential="off", heavy="off", address="off")

    assert counted.count(caller(), heavy=True) == counted.count_address("192.0.2.1") == []


@settings(max_examples=many(2_000))
@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 90)), max_size=40))
def test_no_window_lets_more_pass_than_its_quota(requests: list[tuple[str, float]]) -> None:
    """Whoever asks whenever: a window begins with the first request after the last one ended."""
    clock = Clock()
    counted = limits(clock)
    begun: dict[str, tuple[float, int]] = {}

    for who, passed in requests:
        clock.now += passed
        start, count = begun.get(who, (clock.now - 60, 0))
        begun[who] = (clock.now, 1) if clock.now >= start + 60 else (start, count + 1)
        assert counted.count(caller(who))[0].exceeded == (begun[who][1] > 3)


def test_no_request_is_lost_between_threads() -> None:
    """As many pass as may, not one more."""
    counted = limits(Clock(), credential="100/minute")
    passed: list[bool] = []

    def ask() -> None:
        for _ in range(100):
            passed.append(not counted.count(caller())[0].exceeded)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(passed), sum(passed)) == (400, 100)


def test_memory_is_bounded_however_many_ask() -> None:
    """Windows that have ended are dropped; of those that have not, the oldest, the newest never."""
    clock = Clock()
    windows = Windows(clock, most=2_000)

    for n in range(10_000):
        windows.incr(f"old/{n}", 60)
    clock.now += 61
    for n in range(1_500):
        windows.incr(f"new/{n}", 60)

    assert [windows.get(f"new/{n}") for n in range(1_500)] == [1] * 1_500
    assert windows.reset() <= 2_000


def served(limits: RateLimits) -> FastAPI:
    """A service that counts as the real one does."""
    app = FastAPI()

    @app.get("/mine")
    def mine(request: Request, heavy: bool = False) -> str:
        limit_caller(request, limits, caller(), heavy=heavy)
        return "yours"

    @app.get("/anybody")
    def anybody(request: Request) -> str:
        limit_address(request, limits)
        return "all's"

    @app.get("/healthz")
    def health() -> str:
        return "well"

    handle_problems(app)
    app.add_middleware(Methods, addresses=Addresses(app.routes))
    app.add_middleware(RateLimitHeaders)
    app.add_middleware(Entrance, public_url="")
    return app


@pytest.fixture
def client() -> Iterator[Client]:
    opened = Client(served(limits(Clock(), heavy="1/hour")))
    yield opened
    opened.close()


def told(response: httpx.Response) -> tuple[Any, ...]:
    names = ("ratelimit-policy", "ratelimit", "retry-after")
    return (response.status_code, *(response.headers.get(name) for name in names))


def test_every_answer_tells_how_the_quotas_stand(client: Client) -> None:
    """By the names and parameters of the draft."""
    policy = '"key";q=3;w=60, "workspace";q=15;w=60'

    assert told(client.get("/mine")) == (200, policy, '"key";r=2;t=60, "workspace";r=14;t=60', None)
    assert told(client.request("HEAD", "/mine")) == (200, policy, '"key";r=1;t=60, "workspace";r=13;t=60', None)


def test_who_asks_too_much_is_told_when_to_come_back(client: Client) -> None:
    """In the language of the caller, with nothing done."""
    client.get("/mine?heavy=true")

    refused = client.get("/mine?heavy=true", headers={"Accept-Language": "de"})

    assert told(refused) == (429, '"key";q=3;w=60, "heavy";q=1;w=3600', '"key";r=1;t=60, "heavy";r=0;t=3600', "3600")
    assert refused.json()["type"].endswith("/problems/rate-limited")
    assert (
        refused.json()["detail"] == "Mehr als 1 in 3600 Sekunden werden nicht beantwortet; fragen Sie in 3600 s wieder."
    )


def test_an_address_is_told_as_well(client: Client) -> None:
    """With the first answer as with the refusal."""
    answers = [told(client.get("/anybody")) for _ in range(3)]

    policy = '"address";q=2;w=60'
    assert answers == [
        (200, policy, '"address";r=1;t=60', None),
        (200, policy, '"address";r=0;t=60', None),
        (429, policy, '"address";r=0;t=60', "60"),
    ]


def test_what_is_not_counted_tells_nothing(client: Client) -> None:
    """Health probes come as often as they like."""
    assert told(client.get("/healthz")) == (200, None, None, None)
