"""Requests and answers, and how often a request is made until there is one: a conversation that no network, clock or thread belongs to.

What the client does is written once, as generators that yield what they want (a request that is to be sent, a pause) and are told what
came of it. `Client` and `AsyncClient` carry them out, each in its way.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote, urlsplit

import httpx

from app.client.problems import NoAnswer, problem_of

T = TypeVar("T")

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"


@dataclass(frozen=True, slots=True)
class Request:
    """A request. `operation`: its name in the OpenAPI document; `path`: with names in braces, which `names` fills in; `query`: what is None
    or empty is left out, several values are joined with commas."""

    operation: str
    method: str
    path: str
    names: Mapping[str, object] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None

    @property
    def target(self) -> str:
        """The path as it is sent."""
        return self.path.format(**{name: quote(str(value), safe="") for name, value in self.names.items()})

    @property
    def asked(self) -> dict[str, str]:
        """The query as it is sent."""
        return {name: _written(value) for name, value in self.query.items() if _is_said(value)}

    @property
    def is_repeatable(self) -> bool:
        """Whether it does the same once or twice, so that it may be sent again when nobody knows what became of it."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.method == "PUT":
            return headers.get("if-match", "*") == "*" and "if-none-match" not in headers
        return self.method == "GET" or "idempotency-key" in headers


class Pause(NamedTuple):
    """A wish to wait."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service answered to a request. `headers` know no case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def value(self) -> Any:
        """The JSON value of its body."""
        return json.loads(self.content)

    @property
    def etag(self) -> str | None:
        """The entity tag of what it shows, as `If-Match` takes it."""
        return self.headers.get("etag")


Step = Request | Pause
Flow = Generator[Step, Any, T]
"""Yields what is to be done next and ends with what came of it: a request is answered with an Answer, or with the error that a network
raises; a pause with nothing."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is made again, and how long is waited: twice as long each time, from `first` to `longest` seconds, less up to
    half of it by chance, so that many who were refused together do not come back together; never less than `Retry-After` says."""

    retries: int = 4
    first: float = 0.5
    longest: float = 30.0
    chance: Callable[[], float] = random.random

    def pause(self, attempt: int, retry_after: float) -> float:
        """Seconds before the attempt after this one, counted from 0."""
        wait = min(self.longest, self.first * 2.0**attempt)
        return max(retry_after, wait / 2) + self.chance() * wait / 2


def exchange(request: Request, patience: Patience) -> Flow[Answer]:
    """The answer to a request that was done. Raises Problem for one that says why it was not, NoAnswer when none comes.

    It is sent again when the service is busy, away or asks for patience (429, 503), and when the connection fails: always where nothing
    was sent yet, else where it does no harm to do it twice.
    """
    attempt = 0
    while True:
        try:
            answer: Answer = yield request
        except httpx.TransportError as error:
            never_sent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
            if attempt >= patience.retries or not (never_sent or request.is_repeatable):
                raise NoAnswer(request.method, request.target, error, may_be_done=not never_sent) from error
            wait = patience.pause(attempt, 0)
        else:
            if answer.status < 400:
                return answer
            problem = problem_of(answer.status, answer.headers, answer.content)
            if attempt >= patience.retries or not problem.may_pass or problem.retry_after > patience.longest:
                raise problem
            wait = patience.pause(attempt, problem.retry_after)
        yield Pause(wait)
        attempt += 1


def own_path(address: str) -> tuple[str, dict[str, str]]:
    """Path and query of an address that the service gave, from `/v1` on: they are asked of where the client sends everything, so that no
    answer makes it show its key to somebody else."""
    parts = urlsplit(address)
    before, version, rest = parts.path.partition("/v1/")
    path = f"{version}{rest}" if version else before
    return path, dict(httpx.QueryParams(parts.query))


def as_json(value: Any) -> bytes:
    """A value as the body of a request."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _is_said(value: Any) -> bool:
    return value is not None and value is not False and not (isinstance(value, Sequence) and not value)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ",".join(map(_written, value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
