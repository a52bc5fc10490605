"""`Idempotency-Key`: a POST or PATCH that is sent again is done once, and answered as the first time."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from app.domain.claims import Claim
from app.domain.faults import Fault, problem
from app.web.clock import present
from app.web.problem_types import INVALID_REQUEST
from app.web.problems import Refused

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"

_KEY = re.compile(r'"([!-~]{1,255})"|([!#-~][!-~]{0,254})')
"""Quoted or bare."""


async def the_claim(request: Request) -> Claim | None:
    """The claim that the request makes, None without the header; raises Refused (400) for a key that cannot be one."""
    return claim_on(request, request.headers.get("content-type", "").encode(), await request.body())


def claim_on(request: Request, *said: bytes) -> Claim | None:
    """The same for a request whose body says this. Raises Refused (400)."""
    given = request.headers.getlist(HEADER)
    if not given:
        return None
    read = _KEY.fullmatch(given[0].strip())
    if len(given) > 1 or read is None:
        fault = Fault((HEADER,), "bad_claim_key", ", ".join(given), "claim_key")
        raise Refused(INVALID_REQUEST, problems=[problem(fault)], in_parameters=True)
    asked = hashlib.sha256()
    for part in (request.method.encode(), request.url.path.encode(), request.url.query.encode(), *said):
        asked.update(part + b"\0")
    return Claim(read[1] or read[2], asked.hexdigest(), present())


Once = Annotated[Claim | None, Depends(the_claim)]


def as_replayed(response: Response, claim: Claim | None) -> Response:
    """The answer, marked when it repeats an earlier one."""
    if claim is not None and claim.replayed:
        response.headers[REPLAYED] = "true"
    return response
