"""Bodies that hold a document: which formats are read, and their bytes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import Depends, Request

from app.exchange.read import read
from app.exchange.source import Source
from app.web.problem_types import UNSUPPORTED_MEDIA_TYPE
from app.web.problems import Refused

Kind = Literal["json", "yaml", "xlsx"]

JSON = "application/json"
YAML = "application/yaml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
CALENDAR = "text/calendar"
MARKDOWN = "text/markdown"
ZIP = "application/zip"
FORM = "multipart/form-data"

JSON_PATCH = "application/json-patch+json"
MERGE_PATCH = "application/merge-patch+json"

TEXTS = (JSON, YAML)
"""What names are read from."""
DOCUMENTS = (JSON, YAML, XLSX)
"""What model documents are read from."""

PATCHES = (MERGE_PATCH, JSON_PATCH)
"""What changes of documents are read from; of other things, the first alone."""

_KINDS: Mapping[str, Kind] = {JSON: "json", YAML: "yaml", XLSX: "xlsx", JSON_PATCH: "json", MERGE_PATCH: "json"}
_ALSO = {"application/x-yaml": YAML, "text/yaml": YAML, "text/x-yaml": YAML}
_UNSAID = "application/octet-stream"
_CHARSETS = ("utf-8", "utf8", "us-ascii")


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a body and the format that its media type names; None: the bytes have to tell."""

    data: bytes
    kind: Kind | None
    media_type: str = ""


def reading(*media_types: str) -> Callable[[Request], Coroutine[Any, Any, Body]]:
    """A dependency that reads bodies of these media types. Raises Refused for others; a patch has to say which kind it is."""

    async def read_body(request: Request) -> Body:
        media_type = media_type_of(request.headers.get("content-type"), media_types)
        return Body(await request.body(), _KINDS.get(media_type), media_type)

    return read_body


def source_of(body: Body) -> Source:
    """What a body says, with the places of its values; JSON where nothing says what it is. Raises DocumentInvalid."""
    return read(body.data, "body", body.kind or "json")


DocumentBody = Annotated[Body, Depends(reading(*DOCUMENTS))]
TextBody = Annotated[Body, Depends(reading(*TEXTS))]
PatchBody = Annotated[Body, Depends(reading(*PATCHES))]
MergePatchBody = Annotated[Body, Depends(reading(MERGE_PATCH))]


@lru_cache(maxsize=256)
def media_type_of(content_type: str | None, media_types: tuple[str, ...]) -> str:
    """The media type that is said, empty where none is and the bytes may tell. Raises Refused for one that is not read."""
    is_patch = MERGE_PATCH in media_types
    header = Message()
    header["Content-Type"] = content_type or _UNSAID
    media_type = header.get_content_type()
    media_type = _ALSO.get(media_type, media_type)
    if header.get_content_charset("utf-8") in _CHARSETS:
        if media_type == _UNSAID and not is_patch:
            return ""
        if media_type in media_types:
            return media_type
    offered = ", ".join(media_types)
    raise Refused(
        UNSUPPORTED_MEDIA_TYPE,
        found=f"Content-Type {content_type[:80]}" if content_type else "no Content-Type",
        offered=offered,
        members={"offered": list(media_types)},
        headers={"Accept-Patch" if is_patch else "Accept-Post": offered},
    )
