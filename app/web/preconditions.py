"""`If-Match` and `If-None-Match` of requests that change something, and entity tags of what is answered."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Request

from app.domain.conditions import ANY, Condition
from app.domain.faults import Fault, problem
from app.web.problem_types import INVALID_REQUEST
from app.web.problems import Refused

_TAGS = re.compile(r'\s*(?:W/)?"([\x21\x23-\x7e]*)"\s*(?:,\s*(?:W/)?"([\x21\x23-\x7e]*)"\s*)*')
_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e]*)"')
_FORM = re.compile(r"(?:-(?:yaml|csv|xlsx|ics|md|en|de))+$")
"""What a tag says of the form or language in which the state was read; the state is the same."""


async def the_condition(request: Request) -> Condition:
    """What the request says of the state that it changes; raises Refused (400) for a header that cannot be read."""
    return Condition(
        if_match=_tags(request, "If-Match", strong=True), if_none_match=_tags(request, "If-None-Match", strong=False)
    )


def _tags(request: Request, name: str, *, strong: bool) -> tuple[str, ...] | None:
    given = request.headers.getlist(name)
    if not given:
        return None
    written = ", ".join(given).strip()
    if written == ANY:
        return (ANY,)
    if not _TAGS.fullmatch(written):
        fault = Fault((name,), "bad_tags", written, "tags")
        raise Refused(INVALID_REQUEST, problems=[problem(fault)], in_parameters=True)
    return tuple(_FORM.sub("", tag) for weak, tag in _TAG.findall(written) if not (weak and strong))


Precondition = Annotated[Condition, Depends(the_condition)]
