"""The authorization code flow of OpenID Connect with PKCE, state and nonce: browsers go to the issuer and come back as somebody.

What comes back counts only for the browser that began it (`state`), from the issuer alone (`iss`), once (the issuer takes no code twice),
with the secret that never left this service (PKCE, RFC 7636). Who it is says an ID token, which is checked as tokens of the API are
(`app.web.oidc`), with this client as its audience, and which must carry the nonce of this very attempt.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from app.services.sessions import GOOD_FOR
from app.web.oidc import OidcSettings, TokenRefused, Tokens
from app.web.oidc_fetch import Fetched, IssuerFault, IssuerUnavailable, about, asked, fetch_json, is_safe
from app.web.oidc_keys import IssuerKeys
from app.web.people import Attempt, Person, Returned, SignInRefused

log = logging.getLogger("concord.oidc")

LONGEST_CODE = 4_096
LONGEST_NAME = 100
"""Characters of what pages call somebody."""

_ERROR = re.compile(r"[a-z_]{1,40}")
_DENIED = ("access_denied", "login_required", "interaction_required", "consent_required", "account_selection_required")
_AWAY = ("server_error", "temporarily_unavailable")
_NAMES = ("name", "preferred_username", "email")
"""Claims that say what somebody is called; the first that is there counts."""


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """This service as a client of the issuer. `secret`: empty for a public client; `minutes`: how long people stay signed in, 0: as long as
    their token is good."""

    id: str
    secret: str
    scopes: str
    label: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the issuer is asked what; `names_itself`: its answers carry `iss` (RFC 9207); `takes_basic`: how clients show their secret."""

    authorization: str
    token: str
    end_session: str | None
    names_itself: bool
    takes_basic: bool


class SignIn:
    """Signs people in at one issuer; safe for threads. `accepted`: whose tokens are accepted and what they allow."""

    def __init__(
        self,
        accepted: OidcSettings,
        client: ClientSettings,
        keys: IssuerKeys,
        fetch: Callable[[str], Any] = fetch_json,
    ) -> None:
        issuer = accepted.issuer
        self.label = client.label
        self._issuer, self._client = issuer, client
        self._tokens = Tokens(replace(accepted, audience=client.id, clients=frozenset((client.id,))), keys)
        self._endpoints = Fetched(f"what {issuer} says of itself", lambda: endpoints(issuer, fetch))

    def begin(self, back: str, wanted: str) -> tuple[str, Attempt]:
        """The address at the issuer that leads back to `back`, and what was begun with it. Raises SignInRefused."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        attempt = Attempt(state, nonce, verifier, wanted)
        asked_for = {
            "response_type": "code",
            "client_id": self._client.id,
            "redirect_uri": back,
            "scope": self._client.scopes,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge(attempt.verifier),
            "code_challenge_method": "S256",
        }
        return _with_query(self._known().authorization, asked_for), attempt

    def came(self, attempt: Attempt, returned: Returned, back: str, now: datetime) -> Person:
        """Who came back. Raises SignInRefused."""
        if not hmac.compare_digest(attempt.state.encode(), returned.state.encode("utf-8", "replace")):
            raise SignInRefused("oidc_elsewhere")
        known = self._known()
        if returned.iss != self._issuer and (returned.iss or known.names_itself):
            raise self._refused("what came back is of another issuer")
        if returned.error:
            raise self._told(returned.error)
        return self._person(self._id_token(known, returned.code, attempt.verifier, back), attempt.nonce, now)

    def farewell(self, back: str) -> str | None:
        """The address at which people sign out of the issuer, where it has one, which leads on to `back`."""
        try:
            address = self._known().end_session
        except SignInRefused:
            return None
        said = {"client_id": self._client.id, "post_logout_redirect_uri": back}
        return None if address is None else _with_query(address, said)

    def _known(self) -> Endpoints:
        try:
            return self._endpoints.current()
        except IssuerUnavailable:
            raise SignInRefused("oidc_away") from None

    def _id_token(self, known: Endpoints, code: str, verifier: str, back: str) -> str:
        """The ID token that the issuer gives for a code."""
        if not 0 < len(code) <= LONGEST_CODE:
            raise SignInRefused("oidc_again")
        sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        try:
            status, found = asked("POST", known.token, **self._shown(known, sent))
        except IssuerFault as fault:
            log.warning("%s gave no token: %s", self._issuer, fault)
            raise SignInRefused("oidc_away") from None
        answer = found if isinstance(found, dict) else {}
        if status != 200:
            raise self._told(answer.get("error") if status in (400, 401) else "server_error")
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise self._refused("the issuer gave no ID token")
        return token

    def _shown(self, known: Endpoints, sent: dict[str, str]) -> dict[str, Any]:
        """A token request with what shows which client asks (RFC 6749 §2.3.1)."""
        id_, secret = self._client.id, self._client.secret
        if secret and known.takes_basic:
            return {"data": sent, "auth": (quote_plus(id_), quote_plus(secret))}
        return {"data": {**sent, "client_id": id_, **({"client_secret": secret} if secret else {})}}

    def _person(self, token: str, nonce: str, now: datetime) -> Person:
        try:
            claims = self._tokens.claims(token, now)
            caller = self._tokens.named(claims)
        except TokenRefused as refused:
            raise self._refused(str(refused)) from None
        except IssuerUnavailable:
            raise SignInRefused("oidc_away") from None
        said = claims.get("nonce")
        if not isinstance(said, str) or not hmac.compare_digest(said.encode("utf-8", "replace"), nonce.encode()):
            raise self._refused("its nonce is not the one of this attempt")
        return Person(caller, _name(claims) or caller.actor, self._until(claims, now))

    def _until(self, claims: Mapping[str, Any], now: datetime) -> datetime:
        if self._client.minutes:
            return now + timedelta(minutes=self._client.minutes)
        return datetime.fromtimestamp(min(float(claims["exp"]), (now + GOOD_FOR).timestamp()), UTC)

    def _refused(self, why: str) -> SignInRefused:
        log.info("a sign-in at %s is not accepted: %s", self._issuer, why)
        return SignInRefused("oidc_refused")

    def _told(self, error: object) -> SignInRefused:
        """What an error of the issuer means for whoever signs in (RFC 6749 §4.1.2.1, §5.2; OpenID Connect Core 1.0 §3.1.2.6)."""
        if error in _DENIED:
            return SignInRefused("oidc_denied")
        if error in _AWAY:
            return SignInRefused("oidc_away")
        if error == "invalid_grant":
            return SignInRefused("oidc_again")
        known = isinstance(error, str) and _ERROR.fullmatch(error)
        log.warning("%s does not sign people in: %s", self._issuer, error if known else "an error without a name")
        return SignInRefused("oidc_misconfigured")


def endpoints(issuer: str, fetch: Callable[[str], Any]) -> Endpoints:
    """Where an issuer is asked what, as it says of itself. Raises IssuerFault."""
    said = about(issuer, fetch)
    authorization, token, end_session = (
        said.get(f"{name}_endpoint") for name in ("authorization", "token", "end_session")
    )
    if not (isinstance(authorization, str) and is_safe(authorization, issuer)):
        raise IssuerFault("its discovery document does not name an https address at which people sign in")
    if not (isinstance(token, str) and is_safe(token, issuer)):
        raise IssuerFault("its discovery document does not name an https address for tokens")
    methods = said.get("token_endpoint_auth_methods_supported")
    return Endpoints(
        authorization,
        token,
        end_session if isinstance(end_session, str) and is_safe(end_session, issuer) else None,
        said.get("authorization_response_iss_parameter_supported") is True,
        not isinstance(methods, list) or "client_secret_basic" in methods or "client_secret_post" not in methods,
    )


def challenge(verifier: str) -> str:
    """What the issuer is shown of a verifier, S256 (RFC 7636 §4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _with_query(address: str, said: Mapping[str, str]) -> str:
    """An address with parameters added to those that it has."""
    parts = urlsplit(address)
    return parts._replace(query="&".join(filter(None, (parts.query, urlencode(said)))), fragment="").geturl()


def _name(claims: Mapping[str, Any]) -> str:
    said = (claims.get(claim) for claim in _NAMES)
    return next((name[:LONGEST_NAME] for name in said if isinstance(name, str) and name.isprintable() and name), "")
