"""Revisions: every accepted state of an organization's document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.client.documents import Document
from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, reading, writing
from app.client.things import Thing

LIST = "/v1/organizations/{org}/revisions"
ONE = f"{LIST}/{{number}}"


class ToldChange(Thing):
    """A part that was added, removed or changed, with a sentence that tells it."""

    SCHEMA = "ToldChange"

    action: str
    kind: str
    path: str
    key: str | None
    within: str | None
    text: str


class ListedRevision(Thing):
    """Who changed how much, and when."""

    SCHEMA = "ListedRevision"

    number: int
    at: datetime
    actor: str
    action: str
    content_hash: str
    counts: dict[str, int]


class Revision(ListedRevision):
    """Who changed what, and when."""

    SCHEMA = "Revision"

    changes: list[ToldChange]
    patch: list[dict[str, Any]]
    document: dict[str, Any] | None


class Difference(Thing):
    """What differs in a revision from another one; the patch makes this of that."""

    SCHEMA = "Difference"

    number: int
    against: int
    counts: dict[str, int]
    changes: list[ToldChange]
    patch: list[dict[str, Any]]


class Revisions(Group[M]):
    """What an organization's document said over time."""

    @Listing
    def list(
        self,
        org: str,
        *,
        actor: Sequence[str] = (),
        action: Sequence[str] = (),
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[ListedRevision]:
        """The revisions in short. Raises NotFound."""
        asked: Asked = {"actor": actor, "action": action, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(ListedRevision, reading("list_revisions", LIST, {"org": org}, **asked, **made))

    @Operation
    def get(self, org: str, number: int, *, include: Sequence[str] = (), lang: str | None = None) -> Flow[Revision]:
        """A revision, with the document where `include` says so. Raises NotFound."""
        names = {"org": org, "number": number}
        return self.one(Revision, reading("get_revision", ONE, names, include=include, lang=lang))

    @Operation
    def compare(
        self, org: str, number: int, against: int | None = None, *, lang: str | None = None
    ) -> Flow[Difference]:
        """What differs in a revision from another one, by default from the one before; 0 is the empty document. Raises NotFound."""
        names = {"org": org, "number": number}
        return self.one(Difference, reading("compare_revisions", f"{ONE}/diff", names, against=against, lang=lang))

    @Operation
    def restore(self, org: str, number: int, *, if_match: str | None = None, dry_run: bool = False) -> Flow[Document]:
        """Make a past document the present one. `if_match`: the state of the document, or `*`. Raises NotFound, Changed, Invalid."""
        names = {"org": org, "number": number}
        request = writing("restore_revision", "POST", f"{ONE}/restore", names, if_match=if_match, dry_run=dry_run)
        return self.one(Document, request)
