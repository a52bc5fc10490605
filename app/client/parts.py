"""Parts of a document by key: departments, outcomes, KPIs, incentive plans, metrics and influences of one's own; and its governance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, patching, reading, state, writing
from app.client.organizations import KEPT, Change
from app.client.things import Thing

GOVERNANCE = "/v1/organizations/{org}/governance"


class Part(Thing):
    """An item of one of the document's lists, with the members that it has there; and what the service knows of it."""

    SCHEMA = "StoredInfluence"
    READ_ONLY = KEPT

    key: str | None
    revision: int | None
    created_at: datetime | None
    updated_at: datetime | None
    deleted_at: datetime | None
    purge_after: datetime | None
    changes: list[Change]
    patch: list[dict[str, Any]]


class Address(Thing):
    """A part by its address."""

    SCHEMA = "RemovedPart"

    href: str
    kind: str
    key: str


class Removal(Thing):
    """What a removal took out of the document: the parts that went, and those that stay without a mention of them."""

    SCHEMA = "Removal"

    removed: list[Address]
    changed: list[Address]
    changes: list[Change]
    patch: list[dict[str, Any]]


class Parts(Group[M]):
    """The items of one of the document's lists."""

    def __init__(self, client: Any, path: str, noun: str) -> None:
        super().__init__(client)
        self.list_path = f"/v1/organizations/{{org}}/{path}"
        self.path = f"{self.list_path}/{{key}}"
        self.noun = noun

    @Listing
    def list(
        self,
        org: str,
        *,
        q: str | None = None,
        key: Sequence[str] = (),
        department: Sequence[str] = (),
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        deleted: bool = False,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[Part]:
        """The items. `department`: of KPIs and incentive plans only."""
        asked: Asked = {"q": q, "key": key, "department": department, "deleted": deleted, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(Part, reading(f"list_{self.noun}s", self.list_path, {"org": org}, **asked, **made))

    @Operation
    def get(self, org: str, key: str) -> Flow[Part]:
        """An item. Raises NotFound."""
        return self.one(Part, reading(f"get_{self.noun}", self.path, {"org": org, "key": key}))

    @Operation
    def add(self, org: str, said: Mapping[str, Any], *, dry_run: bool = False) -> Flow[Part]:
        """Add an item, with its key. Raises Invalid, WrongState where the key is taken."""
        return self.one(Part, writing(f"add_{self.noun}", "POST", self.list_path, {"org": org}, said, dry_run=dry_run))

    @Operation
    def put(
        self,
        org: str,
        key: str,
        said: Mapping[str, Any],
        *,
        if_match: str | None = None,
        create: bool = False,
        dry_run: bool = False,
    ) -> Flow[Part]:
        """Make an item, or replace it. Raises Invalid, Changed."""
        asked: Asked = {"if_match": if_match, "create": create, "dry_run": dry_run}
        return self.one(Part, writing(f"put_{self.noun}", "PUT", self.path, {"org": org, "key": key}, said, **asked))

    @Operation
    def patch(
        self,
        org: str,
        part: str | Part,
        changes: Mapping[str, Any],
        *,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Part]:
        """Change some members of an item; None takes one away. Raises NotFound, Invalid, Changed."""
        names, tag = {"org": org, "key": named(part)}, state(part, if_match)
        return self.one(Part, patching(f"patch_{self.noun}", self.path, names, changes, tag, dry_run=dry_run))

    @Operation
    def delete(
        self,
        org: str,
        part: str | Part,
        *,
        if_match: str | None = None,
        cascade: bool = False,
        purge: bool = False,
        dry_run: bool = False,
    ) -> Flow[Removal | None]:
        """Delete an item. With `cascade` also what refers to it, which is then told. Raises NotFound, Changed, WrongState."""
        asked: Asked = {"if_match": state(part, if_match), "cascade": cascade, "purge": purge, "dry_run": dry_run}
        request = writing(f"delete_{self.noun}", "DELETE", self.path, {"org": org, "key": named(part)}, **asked)
        answer = yield from self.ask(request)
        return Removal.of(answer) if answer.content else None

    @Operation
    def restore(self, org: str, key: str, *, dry_run: bool = False) -> Flow[Part]:
        """Restore the item of that key that was deleted last. Raises NotFound, WrongState."""
        names = {"org": org, "key": key}
        return self.one(Part, writing(f"restore_{self.noun}", "POST", f"{self.path}/restore", names, dry_run=dry_run))


class Governance(Group[M]):
    """Who answers for customers in an organization."""

    @Operation
    def get(self, org: str) -> Flow[Part]:
        """The governance. Raises NotFound."""
        return self.one(Part, reading("get_governance", GOVERNANCE, {"org": org}))

    @Operation
    def put(
        self, org: str, said: Mapping[str, Any], *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[Part]:
        """Replace the governance. Raises Invalid, Changed."""
        asked: Asked = {"if_match": if_match, "dry_run": dry_run}
        return self.one(Part, writing("put_governance", "PUT", GOVERNANCE, {"org": org}, said, **asked))

    @Operation
    def patch(
        self,
        org: str,
        changes: Mapping[str, Any],
        *,
        of: Part | None = None,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Part]:
        """Change some members of the governance; `of`: the state that the change is based on. Raises Invalid, Changed."""
        tag = if_match if of is None else state(of, if_match)
        return self.one(Part, patching("patch_governance", GOVERNANCE, {"org": org}, changes, tag, dry_run=dry_run))
