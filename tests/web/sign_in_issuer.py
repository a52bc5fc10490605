"""An issuer at which people sign in: it sends browsers back with a code, and gives a token for it once, to whoever proves to have asked."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit

from tests.web.issuer import Issuer, token

CLIENT, SECRET = "concord-pages", "s3cret/with+signs=and:more"


class SignInIssuer(Issuer):
    """Whoever asks is signed in as `claims` say; `denies` sends them back with that error; `asks` shows a page with a link first.

    `says` changes the discovery document, `changes` the claims of the next tokens, `signs` how they are signed.
    """

    def __init__(self, server: ThreadingHTTPServer) -> None:
        super().__init__(server)
        self.secret = SECRET
        self.claims: dict[str, Any] = {"sub": "u-17", "name": "Ada Lindt", "workspace": "tests", "groups": ["staff"]}
        self.changes: dict[str, Any] = {}
        self.signs: Any = token
        self.says: dict[str, Any] = {"authorization_response_iss_parameter_supported": True}
        self.names_itself = self.url
        self.denies = ""
        self.asks = False
        self.codes: dict[str, dict[str, str]] = {}
        self.forms: list[dict[str, str]] = []

    def answer(self, path: str) -> tuple[int, bytes]:
        where = urlsplit(path).path
        if where == "/authorize" and not self.down:
            return self._authorize(path)
        if where == "/logout":
            return 200, b"<!doctype html><title>Issuer</title><h1>You are signed out of your company account</h1>"
        if where == "/.well-known/openid-configuration" and where not in self.answers and not self.down:
            self.asked.append(path)
            return 200, json.dumps(self._about()).encode()
        return super().answer(path)

    def location(self, path: str) -> str:
        """Back to whoever sent the browser."""
        return self._back if urlsplit(path).path == "/authorize" else super().location(path)

    def take(self, path: str, form: Mapping[str, str], authorization: str) -> tuple[int, bytes]:
        """A token for a code."""
        self.forms.append(dict(form))
        if self.down:
            return 502, b"down"
        status, said = self._token(form, authorization)
        return status, json.dumps(said).encode()

    def _about(self) -> dict[str, Any]:
        places = {
            f"{name}_endpoint": f"{self.url}/{path}"
            for name, path in (("authorization", "authorize?tenant=1"), ("token", "token"), ("end_session", "logout"))
        }
        return {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **places, **self.says}

    def _authorize(self, path: str) -> tuple[int, bytes]:
        asked = dict(parse_qsl(urlsplit(path).query))
        if self.asks and "agreed" not in asked:
            self._back = ""
            link = f"{path}&agreed=1".replace("&", "&amp;")
            return 200, f'<!doctype html><title>Issuer</title><a href="{link}">Continue as Ada</a>'.encode()
        came = {"iss": self.names_itself} if self.names_itself else {}
        if self.denies:
            came["error"] = self.denies
        else:
            came["code"] = secrets.token_urlsafe(12)
            self.codes[came["code"]] = asked
        self._back = f"{asked['redirect_uri']}?{urlencode({**came, 'state': asked['state']})}"
        return 302, b""

    def _token(self, form: Mapping[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        if not self._knows(form, authorization):
            return 401, {"error": "invalid_client"}
        if asked is None or asked["redirect_uri"] != form.get("redirect_uri") or not _proves(asked, form):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "exp": now + 3_600,
            "iat": now,
            "nonce": asked["nonce"],
            **self.claims,
        }
        changed = {name: value for name, value in {**claims, **self.changes}.items() if value is not None}
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": self.signs(changed)}

    def _knows(self, form: Mapping[str, str], authorization: str) -> bool:
        if not self.secret:
            return not authorization and form.get("client_id") == CLIENT and "client_secret" not in form
        pair = f"{quote_plus(CLIENT)}:{quote_plus(self.secret)}".encode()
        by_header = authorization == f"Basic {base64.b64encode(pair).decode()}" and "client_secret" not in form
        by_form = not authorization and (form.get("client_id"), form.get("client_secret")) == (CLIENT, self.secret)
        return by_form if "token_endpoint_auth_methods_supported" in self.says else by_header


def _proves(asked: Mapping[str, str], form: Mapping[str, str]) -> bool:
    """Whether whoever brings the code has the verifier of whoever asked for it (RFC 7636)."""
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return asked.get("code_challenge_method") == "S256" and asked.get("code_challenge") == shown
