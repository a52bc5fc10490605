"""What an issuer publishes: asked for over HTTP within bounds, kept for a while, and asked for again."""

from __future__ import annotations

import json
import logging
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import httpx

from app.web.problem_types import ISSUER_UNAVAILABLE
from app.web.problems import Refused

T = TypeVar("T")

log = logging.getLogger("concord.oidc")

FRESH = 600
"""Seconds after which something is fetched again, so that what was withdrawn is not believed for long."""
KEPT = 24 * 3_600
"""Seconds for which something is believed while the issuer cannot be reached."""
PAUSE = 10
"""Seconds between two attempts to fetch, whatever is asked for."""
PATIENCE = 2
"""Seconds that a request waits for another one that is fetching."""
FETCH_SECONDS = 5
MOST_BYTES = 512 * 1024

DISCOVERY = "/.well-known/openid-configuration"

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class IssuerUnavailable(Refused):
    """What is needed is not known and cannot be had now: 503, with the seconds after which it is tried again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(ISSUER_UNAVAILABLE, headers={"Retry-After": str(max(1, round(seconds)))})


class IssuerFault(Exception):
    """What an issuer says cannot be used; told in the log alone."""


@dataclass(frozen=True, slots=True)
class _Known(Generic[T]):
    """What was fetched, and when."""

    value: T
    at: float


class Fetched(Generic[T]):
    """Something that an issuer publishes; safe for threads.

    `fetch` gets it, and raises IssuerFault; `what` names it in the log; `clock` gives seconds that only ever grow.
    """

    def __init__(self, what: str, fetch: Callable[[], T], clock: Callable[[], float] = time.monotonic) -> None:
        self._what, self._fetch, self._clock = what, fetch, clock
        self._known: _Known[T] | None = None
        self._tried: float | None = None
        self._fetching = threading.Lock()
        self.has_failed = False
        """Whether the last attempt came to nothing."""

    def current(self) -> T:
        """What is known. What has been kept for a while is fetched again, by one request while the others go on with what is known.

        Raises IssuerUnavailable when nothing is known that could still be believed.
        """
        known = self._known
        if known is None or self._clock() - known.at > KEPT:
            return self.anew(PATIENCE)
        return self.anew(0) if self._clock() - known.at > FRESH else known.value

    def anew(self, patience: float = PATIENCE) -> T:
        """It, fetched again unless that was tried a moment ago; what was known where it fails. Raises IssuerUnavailable."""
        if not self._paused() and self._fetching.acquire(timeout=patience):
            try:
                if not self._paused():
                    self._fetch_it()
            finally:
                self._fetching.release()
        known = self._known
        if known is None or self._clock() - known.at > KEPT:
            raise self.unavailable()
        return known.value

    def unavailable(self) -> IssuerUnavailable:
        """What to raise when the issuer would have to be asked and cannot be."""
        return IssuerUnavailable(0 if self._tried is None else self._tried + PAUSE - self._clock())

    def _fetch_it(self) -> None:
        self.has_failed = True
        try:
            self._known = _Known(self._fetch(), self._clock())
            self.has_failed = False
        except IssuerFault as fault:
            log.warning("%s could not be fetched: %s", self._what, fault)
        finally:
            self._tried = self._clock()

    def _paused(self) -> bool:
        return self._tried is not None and self._clock() - self._tried < PAUSE


def about(issuer: str, fetch: Callable[[str], Any]) -> Mapping[str, Any]:
    """What an issuer says of itself (OpenID Connect Discovery 1.0). Raises IssuerFault."""
    found = fetch(issuer.rstrip("/") + DISCOVERY)
    if not isinstance(found, dict) or found.get("issuer") != issuer:
        raise IssuerFault("its discovery document does not name it as the issuer")
    return found


def is_safe(address: object, issuer: str) -> bool:
    """Whether nobody can listen in on the way: https, or the same machine as an issuer on this one."""
    if not isinstance(address, str) or not address.isascii() or not address.isprintable():
        return False
    parts = urlsplit(address)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and issuer.startswith("http:") and parts.hostname in _LOOPBACK


def fetch_json(url: str) -> Any:
    """The JSON at an address. Raises IssuerFault."""
    status, found = asked("GET", url)
    if status != 200:
        raise IssuerFault(f"it answers {status}")
    return found


def asked(method: str, url: str, **options: Any) -> tuple[int, Any]:
    """Status and JSON of an answer: no redirects, five seconds, half a mebibyte; no value for an error that is no JSON.

    Raises IssuerFault. Neither what was sent nor what came is ever told.
    """
    deadline, data = time.monotonic() + FETCH_SECONDS, b""
    try:
        with (
            httpx.Client(timeout=FETCH_SECONDS, follow_redirects=False, verify=_trust()) as client,
            client.stream(method, url, headers={"Accept": "application/json"}, **options) as response,
        ):
            for piece in response.iter_bytes():
                data += piece
                if len(data) > MOST_BYTES or time.monotonic() > deadline:
                    raise IssuerFault("its answer is too long or takes too long")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise IssuerFault(f"it cannot be reached ({type(error).__name__})") from None
    try:
        return response.status_code, json.loads(data)
    except (ValueError, RecursionError):
        if response.status_code != 200:
            return response.status_code, None
        raise IssuerFault("its answer is no JSON") from None


@cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are believed: those that the system and `SSL_CERT_FILE` name."""
    return httpx.create_ssl_context()
