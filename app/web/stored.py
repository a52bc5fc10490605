"""What handlers of stored things ask for: the store, and answers with entity tags and instants."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request
from starlette.responses import Response

from app.domain.claims import Claim
from app.storage.database import Database
from app.web.answers import Answer, names_tag
from app.web.idempotency import as_replayed
from app.web.negotiation import JSON

CACHE = "private, no-cache"
"""Data is kept by its client only, and asked for again with its tag."""


class Diff(Protocol):
    """What was written and knows what that did to a document."""

    @property
    def changes(self) -> Sequence[Any]:
        """Part by part."""

    @property
    def patch(self) -> Sequence[Any]:
        """As a JSON Patch."""


class Made(Protocol):
    """What was made, and is shown at an address of its own."""

    @property
    def shown(self) -> Mapping[str, Any]:
        """It as the API shows it."""

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""

    @property
    def path(self) -> str:
        """The path of its address."""


async def the_store(request: Request) -> Database:
    """The database of this application; whoever was admitted to it finds it brought up to date."""
    store: Database = request.app.state.store
    return store


Store = Annotated[Database, Depends(the_store)]


def one(answer: Answer, value: Mapping[str, Any], tag: str) -> Response:
    """A single thing that was asked for, or 304 when the client has it."""
    return tagged(answer, written(value), tag, JSON)


def tagged(answer: Answer, body: bytes, tag: str, media_type: str) -> Response:
    """A body with the tag of its state, or 304 when the client has it."""
    headers = {"ETag": f'"{tag}"', "Cache-Control": CACHE}
    if names_tag(answer.request.headers.get("if-none-match", ""), f'"{tag}"'):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def saved(
    answer: Answer,
    value: Mapping[str, Any],
    tag: str,
    *,
    created: bool = False,
    location: str = "",
    once: Claim | None = None,
    dry_run: bool = False,
    diff: Diff | None = None,
) -> Response:
    """What was written: 201 with its address when it is new, 200 when it was there, or would have been (`dry_run`); then with what it would
    do to the document, where it is a part of one."""
    status, headers = saved_headers(answer, tag, created=created, location=location, dry_run=dry_run)
    return as_replayed(Response(written(with_diff(value, diff) if dry_run else value), status, headers, JSON), once)


def made(answer: Answer, made: Made, once: Claim | None = None, *, dry_run: bool = False) -> Response:
    """What was made: 201 with its address, 200 where it would have been."""
    return saved(answer, made.shown, made.tag, created=True, location=made.path, once=once, dry_run=dry_run)


def saved_headers(
    answer: Answer, tag: str, *, created: bool, location: str, dry_run: bool
) -> tuple[int, dict[str, str]]:
    """Status and headers of what was written."""
    headers = {"ETag": f'"{tag}"', "Cache-Control": CACHE}
    if dry_run:
        return 200, {**headers, "Dry-Run": "true"}
    return (201, {**headers, "Location": answer.address(location)}) if created else (200, headers)


def removed(*, dry_run: bool = False) -> Response:
    """What was asked to go is gone."""
    return Response(status_code=204, headers={"Dry-Run": "true"} if dry_run else {})


def told(value: Mapping[str, Any], *, dry_run: bool, diff: Diff | None = None) -> Response:
    """What was done, or would be, where there is nothing left to show."""
    headers = {"Cache-Control": CACHE, **({"Dry-Run": "true"} if dry_run else {})}
    return Response(written(with_diff(value, diff) if dry_run else value), 200, headers, JSON)


def with_diff(value: Mapping[str, Any], diff: Diff | None) -> Mapping[str, Any]:
    """The value, and beside it what a write does to the document: for people, and as a JSON Patch."""
    return value if diff is None else {**value, "changes": list(diff.changes), "patch": list(diff.patch)}


def written(value: Mapping[str, Any]) -> bytes:
    """JSON values as the bytes of an answer."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
