"""Pages and files as answers: compressed where the client takes it, with an entity tag, 304 where it has them already."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from app.web.answers import names_tag
from app.web.preferences import preferences

WORTH_PACKING = 1_000
"""Bytes from which on compressing saves something."""

_LEVEL = 5
_VARY = "Authorization, Accept, Accept-Language, Accept-Encoding, Origin"


def packed(
    request: Request,
    body: bytes,
    media_type: str,
    headers: Mapping[str, str],
    *,
    status: int = 200,
    compressed: bytes | None = None,
) -> Response:
    """The body. `compressed`: the same compressed already. Its tag is a weak one: it is of the content, however that is sent."""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    all_headers = {"ETag": tag, "Vary": _VARY, **headers}
    if status == 200 and names_tag(request.headers.get("if-none-match", ""), tag.removeprefix("W/")):
        return Response(status_code=304, headers=all_headers)
    if len(body) >= WORTH_PACKING and takes_gzip(request.headers.get("accept-encoding", "")):
        all_headers["Content-Encoding"] = "gzip"
        body = compressed if compressed is not None else gzip.compress(body, _LEVEL, mtime=0)
    return Response(body, status, all_headers, media_type)


def takes_gzip(accept_encoding: str) -> bool:
    """Whether the header allows gzip (RFC 9110 §12.5.3)."""
    qualities = dict(preferences(accept_encoding))
    return qualities.get("gzip", qualities.get("*", 0.0)) > 0
