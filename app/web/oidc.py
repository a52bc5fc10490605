"""Tokens of an OpenID Connect issuer, those that clients bear and those that say who signed in: signed JWTs → callers.

Accepted are RS256, ES256 and EdDSA alone, by keys that the issuer publishes (`app.web.oidc_keys`). Checked are `iss`, `aud`, `azp`, `exp`,
`nbf` and `iat`, with 60 seconds for clocks that differ. A claim names the workspace, another the groups, and a map of the settings what
members of groups may do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import Key
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from app.domain.access import SCOPES, Caller, Scope
from app.web.oidc_keys import ALGORITHMS, IssuerKeys

SKEW = 60
"""Seconds by which clocks may differ."""
LONGEST_TOKEN = 16 * 1024
LONGEST_NAME = 200
"""Characters of a subject or a workspace."""
ANY = "*"
"""Stands for all clients of the issuer."""


class TokenRefused(Exception):
    """The token is not accepted. Why is for the log alone; callers are told the same whatever it is."""


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """Whose tokens are accepted, and what they allow.

    `audience` is this service's name at the issuer; `clients` those to which tokens may have been given (`azp`), `*` for all; `scopes`
    what members of each group may do.
    """

    issuer: str
    audience: str
    clients: frozenset[str]
    workspace_claim: str
    groups_claim: str
    scopes: Mapping[str, frozenset[Scope]]


def oidc_settings(
    *, issuer: str, audience: str, clients: str, workspace_claim: str, groups_claim: str, scope_map: str
) -> OidcSettings | None:
    """What the settings `oidc_…` say; None without an issuer. Without `clients` only the audience itself is one."""
    if not issuer:
        return None
    named = frozenset(name for part in clients.split(",") if (name := part.strip()))
    return OidcSettings(
        issuer, audience, named or frozenset((audience,)), workspace_claim, groups_claim, _scope_map(scope_map)
    )


class Tokens:
    """Checks the tokens of one issuer; safe for threads."""

    def __init__(self, settings: OidcSettings, keys: IssuerKeys) -> None:
        self._settings = settings
        self._keys = keys

    def caller(self, token: str, now: datetime) -> Caller:
        """Whom a token speaks for. Raises TokenRefused when it is not accepted, IssuerUnavailable when the issuer's keys cannot be had."""
        return self.named(self.claims(token, now))

    def claims(self, token: str, now: datetime) -> dict[str, Any]:
        """What a token says that is accepted. Raises TokenRefused, IssuerUnavailable."""
        if len(token) > LONGEST_TOKEN or not token.isascii():
            raise TokenRefused("it is too long or no token")
        try:
            claims: dict[str, Any] = jwt.decode(token, self._key, registry=_REGISTRY).claims
            self._check(claims, now)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise TokenRefused(str(error)) from error
        return claims

    def named(self, claims: Mapping[str, Any]) -> Caller:
        """Whom claims speak for; `workspace` is what the claim says, still to be looked up, `credential` is `oidc:` and the subject.

        Raises TokenRefused for claims that name nobody.
        """
        subject = "oidc:" + _name(claims, "sub")
        workspace = _name(claims, self._settings.workspace_claim)
        return Caller(workspace, actor=subject, credential=subject, scopes=self._scopes(claims))

    def _key(self, token: Any) -> Key:
        header = token.headers()
        algorithm, id_ = header.get("alg"), header.get("kid")
        if algorithm not in ALGORITHMS or not isinstance(id_, str | None):
            raise TokenRefused("it is not signed as tokens must be")
        if (key := self._keys.find(algorithm, id_)) is None:
            raise TokenRefused("the issuer has no such key")
        return key

    def _check(self, claims: dict[str, Any], now: datetime) -> None:
        settings = self._settings
        JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=SKEW,
            iss={"essential": True, "value": settings.issuer},
            aud={"essential": True, "value": settings.audience},
            exp={"essential": True},
            sub={"essential": True},
        ).validate(claims)
        party, audience = claims.get("azp"), claims["aud"]
        if party is None and isinstance(audience, list) and len(audience) > 1:
            raise TokenRefused("it is for several audiences and does not say to whom it was given")
        if party is not None and ANY not in settings.clients and party not in settings.clients:
            raise TokenRefused("it was given to a client that is not accepted")

    def _scopes(self, claims: Mapping[str, Any]) -> frozenset[Scope]:
        listed = claims.get(self._settings.groups_claim)
        groups = listed if isinstance(listed, list) else [listed]
        granted = [self._settings.scopes.get(group, frozenset()) for group in groups if isinstance(group, str)]
        return frozenset().union(*granted)


class _Registry(JWSRegistry):
    """Knows the accepted algorithms and no others.

    The library's own warns at each EdDSA signature, because a newer standard names the algorithm after its curve; issuers still say EdDSA.
    """

    def get_alg(self, name: str) -> Any:
        """The algorithm of a name."""
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(f"{name!r} is not accepted")
        return self.algorithms[name]


_REGISTRY = _Registry(strict_check_header=False)
"""Unknown members of a header are ignored, unless it calls them critical (RFC 7515 §4)."""


def _name(claims: Mapping[str, Any], claim: str) -> str:
    found = claims.get(claim)
    if not isinstance(found, str) or not 0 < len(found) <= LONGEST_NAME or not found.isprintable():
        raise TokenRefused(f"its claim {claim!r} names nobody")
    return found


def _scope_map(written: str) -> dict[str, frozenset[Scope]]:
    """`editors=write; owners=admin embed` → group → scopes."""
    found: dict[str, frozenset[Scope]] = {}
    for entry in written.split(";"):
        group, _, scopes = entry.partition("=")
        if group.strip():
            found[group.strip()] = frozenset(scope for scope in SCOPES if scope in scopes.split())
    return found
