"""What is known about a request before anybody looks at it: its id, its trace, where the service is, which language is wanted."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import NamedTuple, TypeVar
from urllib.parse import parse_qs

from starlette.types import Scope

from app.domain.terms import Language
from app.web.language import LANGUAGES, language_of

T = TypeVar("T")

_KEY = "concord.context"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})")
_HOST = re.compile(r"[A-Za-z0-9._-]{1,255}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")
_ID, _TRACE, _SPAN = 12, 16, 8
"""Random bytes in what we call a request, a trace, a span."""
_LONGEST_PATH = 200
"""Characters of a path that are repeated to the caller."""


class Context(NamedTuple):
    """`base`: the service's complete address without a slash at the end; `path`: the path as it was sent, cut to what is repeated."""

    request_id: str
    traceparent: str
    base: str
    path: str
    language: Language


def context_of(scope: Scope) -> Context:
    """The context that `begin` has put into the scope."""
    context: Context = scope[_KEY]
    return context


def begin(scope: Scope, public_url: str) -> Context:
    """Make the context of a request and put it into its scope."""
    said = {name: value.decode("latin-1") for name, value in reversed(scope["headers"])}
    random = secrets.token_hex(_ID + _TRACE + _SPAN)
    context = Context(
        request_id=_request_id(said.get(b"x-request-id", ""), random[: 2 * _ID]),
        traceparent=_traceparent(said.get(b"traceparent", ""), random[2 * _ID :]),
        base=public_url or _own_address(scope, said.get(b"host", "")),
        path=_path(scope),
        language=_language(scope, said),
    )
    scope[_KEY] = context
    return context


def _request_id(given: str, random: str) -> str:
    return given if _REQUEST_ID.fullmatch(given) else f"req_{random}"


def _traceparent(given: str, random: str) -> str:
    """The trace goes on with a span of ours, or a new one starts (W3C Trace Context)."""
    trace, span = random[: 2 * _TRACE], random[2 * _TRACE :]
    if match := _TRACEPARENT.fullmatch(given.strip()):
        return f"00-{match[1]}-{span}-{match[2]}"
    return f"00-{trace}-{span}-00"


def _own_address(scope: Scope, host: str) -> str:
    """The address by which the client came; a host that could not be one is not repeated."""
    if not _HOST.fullmatch(host):
        server = scope.get("server") or ("localhost", None)
        host = server[0] if server[1] is None else f"{server[0]}:{server[1]}"
    return f"{scope.get('scheme', 'http')}://{host}{scope.get('root_path', '')}"


def _path(scope: Scope) -> str:
    raw: bytes = scope.get("raw_path") or str(scope["path"]).encode()
    path = raw.split(b"?")[0].decode("ascii", "replace")
    return path if len(path) <= _LONGEST_PATH else path[: _LONGEST_PATH - 1] + "…"


def _language(scope: Scope, headers: Mapping[bytes, str]) -> Language:
    """`?lang=` before `Accept-Language`."""
    query = scope.get("query_string", b"")
    if not query:
        return language_of(headers.get(b"accept-language"))
    asked = parse_qs(query.decode("latin-1")).get("lang", [""])[-1]
    return next((language for language in LANGUAGES if language == asked), language_of(headers.get(b"accept-language")))
