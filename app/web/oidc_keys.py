"""The public keys of an issuer of tokens: fetched from it when they are first needed, kept, and fetched again when it uses a new one."""

from __future__ import annotations

import json
import logging
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from app.web.problem_types import ISSUER_UNAVAILABLE
from app.web.problems import Refused

log = logging.getLogger("concord.oidc")

ALGORITHMS = ("RS256", "ES256", "EdDSA")
"""How tokens may be signed: by keys whose public half alone is known here."""

FRESH = 600
"""Seconds after which keys are fetched again, so that one that was withdrawn is not believed for long."""
KEPT = 24 * 3_600
"""Seconds for which keys are believed while their issuer cannot be reached."""
PAUSE = 10
"""Seconds between two attempts to fetch, whatever the tokens name."""
PATIENCE = 2
"""Seconds that a request waits for another one that is fetching."""
FETCH_SECONDS = 5
MOST_BYTES = 512 * 1024
MOST_KEYS = 100

_SHORTEST_MODULUS = 342
"""Characters of an RSA modulus of 2,048 bits in base 64."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class IssuerUnavailable(Refused):
    """The keys are not known and cannot be had now: 503, with the seconds after which it is tried again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(ISSUER_UNAVAILABLE, headers={"Retry-After": str(max(1, round(seconds)))})


class IssuerFault(Exception):
    """What an issuer says of itself cannot be used; told in the log alone."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Keys by algorithm and id, and when they were fetched."""

    keys: Mapping[tuple[str, str | None], Key]
    at: float

    def find(self, algorithm: str, id_: str | None) -> Key | None:
        """The key with the id; without an id the only key for the algorithm."""
        if id_ is not None:
            return self.keys.get((algorithm, id_))
        fitting = [key for (for_, _), key in self.keys.items() if for_ == algorithm]
        return fitting[0] if len(fitting) == 1 else None


class IssuerKeys:
    """The keys of one issuer; safe for threads. `clock` gives seconds that only ever grow, `fetch` the JSON at an address."""

    def __init__(
        self,
        issuer: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        fetch: Callable[[str], Any] | None = None,
    ) -> None:
        self._issuer = issuer
        self._clock = clock
        self._fetch = fetch or fetch_json
        self._known: _Known | None = None
        self._tried: float | None = None
        self._failed = False
        self._fetching = threading.Lock()

    def find(self, algorithm: str, id_: str | None) -> Key | None:
        """The key that a token names, None when the issuer has none such. Raises IssuerUnavailable when nobody can tell now.

        Keys that have been kept for a while are fetched again, by one request while the others go on with what is known. A key that is
        not known is looked for at the issuer, but not more often than every ten seconds: tokens with invented ids cause no more requests.
        """
        known = self._known
        if known is None or self._clock() - known.at > KEPT:
            known = self._fetched(PATIENCE)
        elif self._clock() - known.at > FRESH:
            known = self._fetched(0)
        found = known.find(algorithm, id_) or self._fetched(PATIENCE).find(algorithm, id_)
        if found is None and self._failed:
            raise self._unavailable()
        return found

    def _fetched(self, patience: float) -> _Known:
        """The keys, fetched again unless that was tried a moment ago; those that were known where it fails."""
        if not self._paused() and self._fetching.acquire(timeout=patience):
            try:
                if not self._paused():
                    self._fetch_anew()
            finally:
                self._fetching.release()
        known = self._known
        if known is None or self._clock() - known.at > KEPT:
            raise self._unavailable()
        return known

    def _fetch_anew(self) -> None:
        self._failed = True
        try:
            self._known = _Known(published_keys(self._issuer, self._fetch), self._clock())
            self._failed = False
        except IssuerFault as fault:
            log.warning("the keys of %s could not be fetched: %s", self._issuer, fault)
        finally:
            self._tried = self._clock()

    def _unavailable(self) -> IssuerUnavailable:
        return IssuerUnavailable(0 if self._tried is None else self._tried + PAUSE - self._clock())

    def _paused(self) -> bool:
        return self._tried is not None and self._clock() - self._tried < PAUSE


def published_keys(issuer: str, fetch: Callable[[str], Any]) -> dict[tuple[str, str | None], Key]:
    """The keys that an issuer publishes, by algorithm and id (OpenID Connect Discovery 1.0, RFC 7517). Raises IssuerFault.

    Keys for other purposes or algorithms, too weak or malformed ones are passed over.
    """
    about = fetch(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if not isinstance(about, dict) or about.get("issuer") != issuer:
        raise IssuerFault("its discovery document does not name it as the issuer")
    address = about.get("jwks_uri")
    if not isinstance(address, str) or not _is_safe(address, issuer):
        raise IssuerFault("its discovery document does not name an https address for its keys")
    found = fetch(address)
    listed = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise IssuerFault("its keys are not a key set")
    return dict(_usable(listed[:MOST_KEYS]))


def fetch_json(url: str) -> Any:
    """The JSON at an address: no redirects, five seconds, half a mebibyte. Raises IssuerFault."""
    deadline, data = time.monotonic() + FETCH_SECONDS, b""
    try:
        with (
            httpx.Client(timeout=FETCH_SECONDS, follow_redirects=False, verify=_trust()) as client,
            client.stream("GET", url, headers={"Accept": "application/json"}) as response,
        ):
            if response.status_code != 200:
                raise IssuerFault(f"it answers {response.status_code}")
            for piece in response.iter_bytes():
                data += piece
                if len(data) > MOST_BYTES or time.monotonic() > deadline:
                    raise IssuerFault("its answer is too long or takes too long")
        return json.loads(data)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise IssuerFault(f"it cannot be reached ({type(error).__name__})") from error
    except (ValueError, RecursionError) as error:
        raise IssuerFault("its answer is no JSON") from error


@cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are believed: those that the system and `SSL_CERT_FILE` name."""
    return httpx.create_ssl_context()


def _is_safe(address: str, issuer: str) -> bool:
    """Whether nobody can listen in on the way: https, or the same machine as an issuer on this one."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return True
    return parts.scheme == "http" and issuer.startswith("http:") and parts.hostname in _LOOPBACK


def _usable(listed: Iterable[object]) -> Iterable[tuple[tuple[str, str | None], Key]]:
    for written in listed:
        if not isinstance(written, dict) or (algorithm := _algorithm(written)) is None:
            continue
        try:
            key = JWKRegistry.import_key(written)
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        id_ = written.get("kid")
        yield (algorithm, id_ if isinstance(id_, str) else None), key


def _algorithm(written: Mapping[str, Any]) -> str | None:
    """What a published key is for; None when it is not for signatures that are accepted here."""
    match written.get("kty"), written.get("crv"), written.get("n"):
        case "RSA", _, str(modulus) if len(modulus) >= _SHORTEST_MODULUS:
            algorithm = "RS256"
        case "EC", "P-256", _:
            algorithm = "ES256"
        case "OKP", "Ed25519" | "Ed448", _:
            algorithm = "EdDSA"
        case _:
            return None
    for_signatures = written.get("use", "sig") == "sig" and "verify" in written.get("key_ops", ["verify"])
    return algorithm if for_signatures and written.get("alg", algorithm) == algorithm else None
