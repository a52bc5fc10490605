"""How much a caller may ask: quotas by credential and workspace, by network address where nobody is known, and what the headers tell.

`RateLimit-Policy` and `RateLimit` follow the IETF draft (draft-ietf-httpapi-ratelimit-headers); it is a draft still, so 429 carries
`Retry-After` too, which wins. The quotas are called `key`, `workspace`, `heavy`, `workspace-heavy` and `address`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.access import Caller
from app.domain.networks import site_of
from app.web.problem_types import RATE_LIMITED
from app.web.problems import Refused
from app.web.rate_windows import Windows

OFF = "off"

WORKSPACE_SHARE = 5
"""How many times as much as one of its credentials a workspace may ask."""

_KEY = "concord.standings"


class Standing(NamedTuple):
    """How a quota stands after a request: so many requests in `window` seconds, so many left, `seconds` until all are back."""

    name: str
    quota: int
    window: int
    left: int
    seconds: int
    exceeded: bool


class RateLimits:
    """Counts requests. Quotas are written as `600/minute`, or `off`; `clock` gives seconds that only ever grow.

    The narrowest quota is counted first and a refused request no further, so that a runaway credential uses up its own quota, not its
    workspace's. Counts are the process's own: several processes allow as many times as much.
    """

    def __init__(
        self, *, credential: str, heavy: str, address: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._limiter = FixedWindowRateLimiter(Windows(clock))
        self._credential, self._heavy, self._address = _item(credential), _item(heavy), _item(address)
        self._workspace, self._workspace_heavy = _times(self._credential), _times(self._heavy)

    def count(self, caller: Caller, *, heavy: bool = False) -> list[Standing]:
        """Count a request of a caller; `heavy` for work that takes long. A quota that is exceeded is the last in the list."""
        workspace, credential = caller.workspace, caller.credential
        quotas = [("key", self._credential, (workspace, credential)), ("workspace", self._workspace, (workspace,))]
        if heavy:
            heavy_ones = [
                ("heavy", self._heavy, (workspace, credential)),
                ("workspace-heavy", self._workspace_heavy, (workspace,)),
            ]
            quotas = [quotas[0], heavy_ones[0], quotas[1], heavy_ones[1]]
        return self._counted(quotas)

    def count_address(self, client: str | None) -> list[Standing]:
        """Count a request of somebody who is not known, by network address."""
        return self._counted([("address", self._address, (site_of(client),))])

    def _counted(self, quotas: Sequence[tuple[str, RateLimitItem | None, tuple[str, ...]]]) -> list[Standing]:
        standings: list[Standing] = []
        for name, item, whose in quotas:
            if item is None:
                continue
            within = self._limiter.hit(item, name, *whose)
            ends, left = self._limiter.get_window_stats(item, name, *whose)
            seconds = max(1, math.ceil(ends - self._clock()))
            standings.append(Standing(name, item.amount, item.get_expiry(), left, seconds, not within))
            if not within:
                break
        return standings


class RateLimitHeaders:
    """The layer that writes into every answer how the quotas stand that were counted for it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        standings: list[Standing] = []
        scope[_KEY] = standings

        async def answer(message: Message) -> None:
            if standings and message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers(standings))
            await send(message)

        await self.app(scope, receive, answer)


def headers(standings: Sequence[Standing]) -> dict[str, str]:
    """What the headers say of quotas."""
    return {
        "RateLimit-Policy": ", ".join(f'"{s.name}";q={s.quota};w={s.window}' for s in standings),
        "RateLimit": ", ".join(f'"{s.name}";r={s.left};t={s.seconds}' for s in standings),
    }


def limit_caller(connection: HTTPConnection, limits: RateLimits, caller: Caller, *, heavy: bool = False) -> None:
    """Count a request of a known caller; `RateLimitHeaders` tells it. Raises Refused (429) beyond a quota."""
    _admit(connection, limits.count(caller, heavy=heavy))


def limit_address(connection: HTTPConnection, limits: RateLimits) -> None:
    """Count a request without a valid credential; `RateLimitHeaders` tells it. Raises Refused (429) beyond the quota."""
    _admit(connection, limits.count_address(connection.client.host if connection.client else None))


def _admit(connection: HTTPConnection, standings: list[Standing]) -> None:
    connection.scope[_KEY][:] = standings
    if standings and (last := standings[-1]).exceeded:
        raise Refused(
            RATE_LIMITED,
            headers={"Retry-After": str(last.seconds)},
            quota=last.quota,
            window=last.window,
            seconds=last.seconds,
        )


def _item(written: str) -> RateLimitItem | None:
    return None if written == OFF else parse(written)


def _times(item: RateLimitItem | None) -> RateLimitItem | None:
    return None if item is None else type(item)(item.amount * WORKSPACE_SHARE, item.multiples)
