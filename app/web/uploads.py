"""Bodies that are a file, as they are or in a form: its bytes, its name, and what its media type says that it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from app.domain.claims import Claim
from app.domain.errors import DocumentInvalid
from app.domain.faults import Fault, invalid, problem
from app.exchange.import_preview import all_columns
from app.exchange.source import FileKind
from app.web.body import CSV, FORM, JSON, XLSX, YAML, ZIP, media_type_of
from app.web.idempotency import claim_on
from app.web.problem_types import INVALID_REQUEST
from app.web.problems import Refused

FILES = (XLSX, CSV, ZIP, YAML, JSON)
"""What files are read from, beside forms that hold one."""

FIELD = "file"
"""The field of a form that holds the file."""

_LONGEST_NAME = 255

_KINDS: Mapping[str, FileKind] = {XLSX: "xlsx", CSV: "csv", ZIP: "csv", YAML: "yaml", JSON: "json"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent. `name` is empty where nobody said it; `kind` None: name and content have to tell."""

    data: bytes
    name: str
    kind: FileKind | None


async def the_upload(request: Request) -> Upload:
    """The file of the body. Raises Refused (415), DocumentInvalid for a form that is broken or holds anything but one file."""
    media_type = media_type_of(request.headers.get("content-type"), (*FILES, FORM))
    data = await request.body()
    if media_type != FORM:
        return Upload(data, "", _KINDS.get(media_type))
    try:
        async with request.form(max_files=1) as form:
            return await _in_form(form)
    except HTTPException:
        raise DocumentInvalid([problem(Fault((), "malformed_form"))], malformed=True) from None


async def _in_form(form: FormData) -> Upload:
    faults = [Fault((name,), "unknown_member", options=(FIELD,)) for name in form if name != FIELD]
    file = form.get(FIELD)
    if file is None:
        faults.append(Fault((FIELD,), "missing"))
    if faults:
        raise invalid(faults)
    if not isinstance(file, UploadFile):
        return Upload(str(file).encode(), "", None)
    return Upload(await file.read(), plain_name(file.filename or ""), None)


def plain_name(name: str) -> str:
    """The name of a file without its folders and without what cannot be shown."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in bare if letter.isprintable())[-_LONGEST_NAME:]


TheUpload = Annotated[Upload, Depends(the_upload)]


async def the_upload_claim(request: Request, upload: TheUpload) -> Claim | None:
    """The claim of a request with a file: what counts is the file, not the marks between which a form holds it."""
    return claim_on(request, upload.name.encode(), (upload.kind or "").encode(), upload.data)


OnceUploaded = Annotated[Claim | None, Depends(the_upload_claim)]


def headings_said(said: Sequence[str]) -> dict[str, str]:
    """Heading → column, of what is said as `Wieght=weight`. Raises Refused (400) for what is none, with the nearest column."""
    headings: dict[str, str] = {}
    faults: list[Fault] = []
    known = sorted(all_columns())
    for each in said:
        heading, _, column = (part.strip() for part in each.rpartition("="))
        if not heading or not column:
            faults.append(Fault(("map",), "bad_heading", each, "heading"))
        elif column not in known:
            faults.append(Fault(("map",), "unknown_column_named", column, options=known))
        headings[heading] = column
    if faults:
        raise Refused(INVALID_REQUEST, problems=[problem(fault) for fault in faults], in_parameters=True)
    return headings
