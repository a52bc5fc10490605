"""Who may do what, and who did what: API keys, the people of a workspace, audit events, and whoever asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, patching, reading, state, writing
from app.client.things import Thing

KEYS = "/v1/api-keys"
KEY = "/v1/api-keys/{key_id}"
MEMBERS = "/v1/members"
MEMBER = "/v1/members/{member_id}"
EVENTS = "/v1/audit-events"


class Me(Thing):
    """Whoever asks: the workspace, the name that audit events carry, and what the credential is good for."""

    SCHEMA = "Me"

    workspace: str
    actor: str
    credential: str
    scopes: list[str]
    organizations: list[str]


class ApiKey(Thing):
    """An API key. `key` is the key itself: only in the answer that made it."""

    SCHEMA = "ApiKey"

    id: str
    name: str
    key: str | None
    scopes: list[str]
    last_four: str
    organizations: list[str]
    networks: list[str]
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_at: datetime | None
    replaced_by: str | None


class Member(Thing):
    """A person of the workspace."""

    SCHEMA = "Member"

    id: str
    name: str
    email: str
    roles: list[str]
    created_at: datetime
    updated_at: datetime


class AuditEvent(Thing):
    """Who did what, when; `hash` is made of all of it and of `previous`, the hash before."""

    SCHEMA = "AuditEvent"

    id: str
    number: int
    at: datetime
    actor: str
    credential: str
    action: str
    target: str
    request_id: str | None
    before: str | None
    after: str | None
    previous: str
    hash: str


class ChainVerification(Thing):
    """Whether the chain of audit events holds, and where it does not."""

    SCHEMA = "Verification"

    holds: bool
    events: int
    broken_at: int | None
    fault: str | None


class ApiKeys(Group[M]):
    """The keys of a workspace."""

    @Operation
    def me(self) -> Flow[Me]:
        """Whose the credential is, and what it is good for. Raises NotAuthenticated."""
        return self.one(Me, reading("get_me", "/v1/me"))

    @Listing
    def list(
        self,
        *,
        name: Sequence[str] = (),
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[ApiKey]:
        """The keys, without themselves."""
        asked: Asked = {"name": name, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(ApiKey, reading("list_api_keys", KEYS, **asked, **made))

    @Operation
    def get(self, key_id: str) -> Flow[ApiKey]:
        """A key. Raises NotFound."""
        return self.one(ApiKey, reading("get_api_key", KEY, {"key_id": key_id}))

    @Operation
    def add(
        self,
        name: str,
        scopes: Sequence[str],
        *,
        expires_at: datetime | None = None,
        organizations: Sequence[str] = (),
        networks: Sequence[str] = (),
        dry_run: bool = False,
    ) -> Flow[ApiKey]:
        """Make a key, good for all organizations and from all networks unless some are named. Raises Invalid, Forbidden."""
        optional = {"expires_at": expires_at, "organizations": [*organizations], "networks": [*networks]}
        said = {"name": name, "scopes": [*scopes], **{each: value for each, value in optional.items() if value}}
        return self.one(ApiKey, writing("add_api_key", "POST", KEYS, {}, said, dry_run=dry_run))

    @Operation
    def patch(
        self, key: str | ApiKey, changes: Mapping[str, Any], *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[ApiKey]:
        """Change what is known of a key; the key itself stays. Raises NotFound, Changed, Invalid, WrongState."""
        names, tag = {"key_id": named(key, "id")}, state(key, if_match)
        return self.one(ApiKey, patching("patch_api_key", KEY, names, changes, tag, dry_run=dry_run))

    @Operation
    def rotate(self, key: str | ApiKey, *, overlap_hours: int | None = None, dry_run: bool = False) -> Flow[ApiKey]:
        """Make a key that takes another one's place, which is good until the overlap ends. Raises NotFound, WrongState."""
        names = {"key_id": named(key, "id")}
        asked: Asked = {"overlap_hours": overlap_hours, "dry_run": dry_run}
        return self.one(ApiKey, writing("rotate_api_key", "POST", f"{KEY}/rotate", names, **asked))

    @Operation
    def revoke(self, key: str | ApiKey, *, if_match: str | None = None, dry_run: bool = False) -> Flow[None]:
        """Let a key open nothing from now on. Raises NotFound, Changed, WrongState for the last that can administer."""
        names = {"key_id": named(key, "id")}
        asked: Asked = {"if_match": state(key, if_match), "dry_run": dry_run}
        return self.nothing(writing("revoke_api_key", "DELETE", KEY, names, **asked))


class Members(Group[M]):
    """The people of a workspace."""

    @Listing
    def list(
        self,
        *,
        email: Sequence[str] = (),
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[Member]:
        """The people."""
        asked: Asked = {"email": email, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(Member, reading("list_members", MEMBERS, **asked, **made))

    @Operation
    def get(self, member_id: str) -> Flow[Member]:
        """A person. Raises NotFound."""
        return self.one(Member, reading("get_member", MEMBER, {"member_id": member_id}))

    @Operation
    def add(self, name: str, email: str, *, roles: Sequence[str] = (), dry_run: bool = False) -> Flow[Member]:
        """Add a person. Raises WrongState where the address is taken, Invalid."""
        said = {"name": name, "email": email, "roles": [*roles]}
        return self.one(Member, writing("add_member", "POST", MEMBERS, {}, said, dry_run=dry_run))

    @Operation
    def patch(
        self, member: str | Member, changes: Mapping[str, Any], *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[Member]:
        """Change name, e-mail address or roles of a person. Raises NotFound, Changed, Invalid, WrongState."""
        names, tag = {"member_id": named(member, "id")}, state(member, if_match)
        return self.one(Member, patching("patch_member", MEMBER, names, changes, tag, dry_run=dry_run))

    @Operation
    def remove(self, member: str | Member, *, if_match: str | None = None, dry_run: bool = False) -> Flow[None]:
        """Remove a person; what they did stays in the audit events. Raises NotFound, Changed."""
        names = {"member_id": named(member, "id")}
        asked: Asked = {"if_match": state(member, if_match), "dry_run": dry_run}
        return self.nothing(writing("remove_member", "DELETE", MEMBER, names, **asked))


class AuditEvents(Group[M]):
    """Who did what, when."""

    @Listing
    def list(
        self,
        *,
        actor: Sequence[str] = (),
        action: Sequence[str] = (),
        target: Sequence[str] = (),
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[AuditEvent]:
        """The events, the latest first."""
        asked: Asked = {"actor": actor, "action": action, "target": target, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(AuditEvent, reading("list_audit_events", EVENTS, **asked, **made))

    @Operation
    def verify(self) -> Flow[ChainVerification]:
        """Have the chain of events computed anew."""
        return self.one(ChainVerification, reading("verify_audit_events", f"{EVENTS}/verify"))
