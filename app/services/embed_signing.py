"""Tokens of embeds as text: JSON web tokens that a key of the workspace signs (RFC 7519, HS256), for the audience `embed`."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

AUDIENCE = "embed"
MOST = 4_000
"""Characters of a token that are looked at."""

_HEADER = {"alg": "HS256", "typ": "JWT"}


def signed(claims: Mapping[str, Any], key: bytes) -> str:
    """The token that says this; the same claims and key give the same token."""
    body = f"{_encoded(_HEADER)}.{_encoded({'aud': AUDIENCE, **claims})}"
    return f"{body}.{_text(_signature(body, key))}"


def claims_in(token: str) -> Mapping[str, Any]:
    """What a token claims, whoever made it; empty for what is no token of an embed."""
    header, _, rest = token.partition(".")
    body, _, signature = rest.partition(".")
    if len(token) > MOST or not signature or _decoded(header) != _HEADER:
        return {}
    claims = _decoded(body)
    return claims if isinstance(claims, dict) and claims.get("aud") == AUDIENCE else {}


def is_signed_by(token: str, key: bytes) -> bool:
    """Whether the key signed the token; takes as long whatever is wrong."""
    body, _, signature = token.rpartition(".")
    return hmac.compare_digest(_text(_signature(body, key)).encode(), signature.encode("utf-8", "replace"))


def _signature(body: str, key: bytes) -> bytes:
    return hmac.new(key, body.encode("utf-8", "replace"), hashlib.sha256).digest()


def _encoded(value: Mapping[str, Any]) -> str:
    return _text(json.dumps(value, separators=(",", ":"), sort_keys=True).encode())


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> Any:
    try:
        return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError):
        return None
