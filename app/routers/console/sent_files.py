"""Forms of the console that a file comes with."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from app.domain.errors import DocumentInvalid
from app.domain.faults import Fault, invalid, problem
from app.routers.console.flow import MOST_FIELDS, Form, form_of
from app.web.body import FORM
from app.web.uploads import FIELD, Upload, plain_name


class FileForm(NamedTuple):
    """A form, and the file that was chosen in it, if one was."""

    form: Form
    chosen: Upload | None

    @property
    def file(self) -> Upload:
        """The file. Raises DocumentInvalid where none was chosen."""
        if self.chosen is None:
            raise invalid([Fault((FIELD,), "missing")])
        return self.chosen


async def the_file_form(request: Request) -> FileForm:
    """The form of the body. Raises Refused (413), DocumentInvalid for a form that is broken."""
    if not request.headers.get("content-type", "").startswith(FORM):
        return FileForm(await form_of(request), None)
    fields: dict[str, list[str]] = {}
    chosen = None
    try:
        async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
            for name, value in form.multi_items():
                if not isinstance(value, UploadFile):
                    fields.setdefault(name, []).append(value)
                elif value.filename:
                    chosen = Upload(await value.read(), plain_name(value.filename), None)
    except HTTPException:
        raise DocumentInvalid([problem(Fault((), "malformed_form"))], malformed=True) from None
    return FileForm(Form(fields), chosen)


SentFile = Annotated[FileForm, Depends(the_file_form)]
