"""Organizations: the companies that a workspace analyses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, patching, reading, state, writing
from app.client.things import Thing

DIFF = frozenset({"changes", "patch"})
"""Members that tell what a dry run would change."""
KEPT = DIFF | {"revision", "created_at", "updated_at", "deleted_at", "purge_after"}
"""Members that the service sets of everything that is kept under a key."""

LIST = "/v1/organizations"
ONE = "/v1/organizations/{org}"


class Change(Thing):
    """A part of a document that was added, removed or changed; `path` leads to it by keys. `text` is a sentence, where one is told."""

    SCHEMA = "DocumentChange"

    action: str
    kind: str
    path: str
    key: str | None
    within: str | None


class Organization(Thing):
    """A company. What it says of itself is the `organization` of its document."""

    SCHEMA = "StoredOrganization"
    READ_ONLY = KEPT | {"id"}

    id: str | None
    key: str | None
    name: str
    industry: str | None
    currency: str | None
    employees: int | None
    revision: int | None
    created_at: datetime | None
    updated_at: datetime | None
    deleted_at: datetime | None
    purge_after: datetime | None
    changes: list[Change]
    patch: list[dict[str, Any]]


class Organizations(Group[M]):
    """The companies that a workspace analyses, by key."""

    @Listing
    def list(
        self,
        *,
        q: str | None = None,
        key: Sequence[str] = (),
        industry: Sequence[str] = (),
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        deleted: bool = False,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[Organization]:
        """The organizations that the credential sees. `q` looks through keys, names and industries."""
        asked: Asked = {"q": q, "key": key, "industry": industry, "deleted": deleted, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(Organization, reading("list_organizations", LIST, **asked, **made))

    @Operation
    def get(self, org: str) -> Flow[Organization]:
        """An organization. Raises NotFound."""
        return self.one(Organization, reading("get_organization", ONE, {"org": org}))

    @Operation
    def add(self, said: Mapping[str, Any], *, dry_run: bool = False) -> Flow[Organization]:
        """Add an organization: `key` and `name` at least. Raises WrongState where the key is taken."""
        return self.one(Organization, writing("add_organization", "POST", LIST, {}, said, dry_run=dry_run))

    @Operation
    def put(
        self,
        org: str,
        said: Mapping[str, Any],
        *,
        if_match: str | None = None,
        create: bool = False,
        dry_run: bool = False,
    ) -> Flow[Organization]:
        """Make an organization, or replace what it says of itself. Raises Changed."""
        asked: Asked = {"if_match": if_match, "create": create, "dry_run": dry_run}
        return self.one(Organization, writing("put_organization", "PUT", ONE, {"org": org}, said, **asked))

    @Operation
    def patch(
        self,
        org: str | Organization,
        changes: Mapping[str, Any],
        *,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Organization]:
        """Change some of what an organization says of itself; None takes a member away. Raises NotFound, Changed."""
        names, tag = {"org": named(org)}, state(org, if_match)
        return self.one(Organization, patching("patch_organization", ONE, names, changes, tag, dry_run=dry_run))

    @Operation
    def delete(
        self, org: str | Organization, *, if_match: str | None = None, purge: bool = False, dry_run: bool = False
    ) -> Flow[None]:
        """Delete an organization with all that belongs to it. It can be restored, unless it is to be purged. Raises NotFound, Changed."""
        asked: Asked = {"if_match": state(org, if_match), "purge": purge, "dry_run": dry_run}
        return self.nothing(writing("delete_organization", "DELETE", ONE, {"org": named(org)}, **asked))

    @Operation
    def restore(self, org: str, *, dry_run: bool = False) -> Flow[Organization]:
        """Restore the organization of that key that was deleted last. Raises NotFound, WrongState."""
        request = writing("restore_organization", "POST", f"{ONE}/restore", {"org": org}, dry_run=dry_run)
        return self.one(Organization, request)
