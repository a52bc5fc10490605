"""The public keys of an issuer of tokens: fetched from it when they are first needed, kept, and fetched again when it uses a new one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from app.web.oidc_fetch import Fetched, IssuerFault, about, fetch_json, is_safe

ALGORITHMS = ("RS256", "ES256", "EdDSA")
"""How tokens may be signed: by keys whose public half alone is known here."""

MOST_KEYS = 100

_SHORTEST_MODULUS = 342
"""Characters of an RSA modulus of 2,048 bits in base 64."""

KeySet = Mapping[tuple[str, str | None], Key]
"""Keys by algorithm and id."""


class IssuerKeys:
    """The keys of one issuer; safe for threads. `clock` gives seconds that only ever grow, `fetch` the JSON at an address."""

    def __init__(
        self,
        issuer: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        fetch: Callable[[str], Any] = fetch_json,
    ) -> None:
        self._kept: Fetched[KeySet] = Fetched(f"the keys of {issuer}", lambda: published_keys(issuer, fetch), clock)

    def find(self, algorithm: str, id_: str | None) -> Key | None:
        """The key that a token names, None when the issuer has none such. Raises IssuerUnavailable when nobody can tell now.

        A key that is not known is looked for at the issuer, but not more often than every ten seconds: tokens with invented ids cause no
        more requests.
        """
        found = _find(self._kept.current(), algorithm, id_) or _find(self._kept.anew(), algorithm, id_)
        if found is None and self._kept.has_failed:
            raise self._kept.unavailable()
        return found


def published_keys(issuer: str, fetch: Callable[[str], Any]) -> KeySet:
    """The keys that an issuer publishes, by algorithm and id (OpenID Connect Discovery 1.0, RFC 7517). Raises IssuerFault.

    Keys for other purposes or algorithms, too weak or malformed ones are passed over.
    """
    address = about(issuer, fetch).get("jwks_uri")
    if not isinstance(address, str) or not is_safe(address, issuer):
        raise IssuerFault("its discovery document does not name an https address for its keys")
    found = fetch(address)
    listed = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise IssuerFault("its keys are not a key set")
    return dict(_usable(listed[:MOST_KEYS]))


def _find(keys: KeySet, algorithm: str, id_: str | None) -> Key | None:
    """The key with the id; without an id the only key for the algorithm."""
    if id_ is not None:
        return keys.get((algorithm, id_))
    fitting = [key for (for_, _), key in keys.items() if for_ == algorithm]
    return fitting[0] if len(fitting) == 1 else None


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
