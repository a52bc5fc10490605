"""Bodies that hold a document: which formats are read, and their bytes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Annotated, Any, Literal

from fastapi import Depends, Request

from app.web.problem_types import UNSUPPORTED_MEDIA_TYPE
from app.web.problems import Refused

Kind = Literal["json", "yaml", "xlsx"]

JSON = "application/json"
YAML = "application/yaml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

TEXTS = (JSON, YAML)
"""What names are read from."""
DOCUMENTS = (JSON, YAML, XLSX)
"""What model documents are read from."""

_KINDS: Mapping[str, Kind] = {JSON: "json", YAML: "yaml", XLSX: "xlsx"}
_ALSO = {"application/x-yaml": YAML, "text/yaml": YAML, "text/x-yaml": YAML}
_UNSAID = "application/octet-stream"
_CHARSETS = ("utf-8", "utf8", "us-ascii")


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a body and the format that its media type names; None: the bytes have to tell."""

    data: bytes
    kind: Kind | None


def reading(*media_types: str) -> Callable[[Request], Coroutine[Any, Any, Body]]:
    """A dependency that reads bodies of these media types. Raises Refused for others."""

    async def read_body(request: Request) -> Body:
        kind = _kind(request.headers.get("content-type"), media_types)
        return Body(await request.body(), kind)

    return read_body


DocumentBody = Annotated[Body, Depends(reading(*DOCUMENTS))]
TextBody = Annotated[Body, Depends(reading(*TEXTS))]


def _kind(content_type: str | None, media_types: tuple[str, ...]) -> Kind | None:
    if not content_type:
        return None
    header = Message()
    header["Content-Type"] = content_type
    media_type = header.get_content_type()
    media_type = _ALSO.get(media_type, media_type)
    if header.get_content_charset("utf-8") in _CHARSETS:
        if media_type == _UNSAID:
            return None
        if media_type in media_types:
            return _KINDS[media_type]
    offered = ", ".join(media_types)
    raise Refused(
        UNSUPPORTED_MEDIA_TYPE,
        found=f"Content-Type {content_type[:80]}",
        offered=offered,
        members={"offered": list(media_types)},
        headers={"Accept-Post": offered},
    )
