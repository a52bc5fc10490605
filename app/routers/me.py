"""`/v1/me`: who asks."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.domain.access import SCOPES
from app.services.schemas.access import Me
from app.web.answers import JsonAnswer
from app.web.documented import answers
from app.web.identity import Reader
from app.web.operations import operations
from app.web.parameters import Parameters

router = operations("/v1/me", "api-keys")


@router.get("", operation_id="get_me", responses=answers(Me, "Whoever asks."))
def get_me(caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show whose the credential is, and what it is good for."""
    only = {} if caller.organizations is None else {"organizations": sorted(caller.organizations)}
    said = {"workspace": caller.workspace, "actor": caller.actor, "credential": caller.credential}
    return answer.json({**said, "scopes": [scope for scope in SCOPES if scope in caller.scopes], **only}, _PRIVATE)


_PRIVATE = {"Cache-Control": "private, no-cache"}
