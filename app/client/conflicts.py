"""Conflicts: findings that are followed from analysis to analysis, with what people say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.client.exchange import Flow
from app.client.findings import Subject
from app.client.operations import (
    Asked,
    Group,
    Listing,
    M,
    Operation,
    Query,
    flag,
    named,
    patching,
    reading,
    state,
    writing,
)
from app.client.things import Thing

LIST = "/v1/organizations/{org}/conflicts"
ONE = f"{LIST}/{{fingerprint}}"
COMMENTS = f"{ONE}/comments"


class Waiver(Thing):
    """Who accepts a conflict, why, and until which day."""

    SCHEMA = "Waiver"

    owner: str | None
    reason: str | None
    expires: date | None
    place: str


class Event(Thing):
    """Something that happened to a conflict."""

    SCHEMA = "ConflictEvent"

    at: datetime
    by: str
    what: str
    status: str
    because: str | None
    analysis: str | None
    text: str | None


class ListedConflict(Thing):
    """A finding over time, as the last analysis saw it that saw it."""

    SCHEMA = "ListedConflict"

    fingerprint: str
    organization: str
    status: str
    kind: str
    rule: str
    level: str
    severity: float
    confidence: float
    subjects: list[Subject]
    departments: list[str]
    outcome: str | None
    title: str
    assignee: str | None
    waiver: Waiver | None
    goal_removed: bool | None
    comment_count: int
    first_seen_at: datetime
    last_analysis: str
    last_seen_at: datetime
    changed_at: datetime
    finding: str


class Conflict(ListedConflict):
    """A finding over time, with what happened to it."""

    SCHEMA = "StoredConflict"

    history: list[Event]


class Comment(Thing):
    """What somebody said about a conflict."""

    SCHEMA = "Comment"

    id: str
    created_at: datetime
    created_by: str
    text: str


class Conflicts(Group[M]):
    """Conflicts of an organization over time."""

    @Listing
    def list(
        self,
        org: str,
        *,
        q: str | None = None,
        status: Sequence[str] = (),
        level: Sequence[str] = (),
        kind: Sequence[str] = (),
        rule: Sequence[str] = (),
        department: Sequence[str] = (),
        outcome: Sequence[str] = (),
        assignee: Sequence[str] = (),
        goal_removed: bool | None = None,
        severity_min: float | None = None,
        severity_max: float | None = None,
        changed_after: datetime | None = None,
        changed_before: datetime | None = None,
        sort: str | None = None,
        lang: str | None = None,
        limit: int | None = None,
    ) -> Query[ListedConflict]:
        """The conflicts. `changed_after` with `sort="changed_at"` is a feed of changes that misses none. Raises NotFound."""
        filters: Asked = {"status": status, "level": level, "kind": kind, "rule": rule, "department": department}
        more: Asked = {"outcome": outcome, "assignee": assignee, "goal_removed": flag(goal_removed), "q": q}
        graded: Asked = {"severity_min": severity_min, "severity_max": severity_max}
        since: Asked = {"changed_after": changed_after, "changed_before": changed_before}
        shown: Asked = {"sort": sort, "lang": lang, "limit": limit}
        return Query(
            ListedConflict, reading("list_conflicts", LIST, {"org": org}, **filters, **more, **graded, **since, **shown)
        )

    @Operation
    def get(self, org: str, fingerprint: str, *, lang: str | None = None) -> Flow[Conflict]:
        """A conflict with what happened to it. Raises NotFound."""
        names = {"org": org, "fingerprint": fingerprint}
        return self.one(Conflict, reading("get_conflict", ONE, names, lang=lang))

    @Operation
    def patch(
        self,
        org: str,
        conflict: str | ListedConflict,
        changes: Mapping[str, Any],
        *,
        if_match: str | None = None,
        lang: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Conflict]:
        """Acknowledge, dispute, waive or reopen a conflict (`status`, with `waiver` where it is waived), or give it to somebody
        (`assignee`). Raises NotFound, Changed, WrongState, Invalid."""
        names = {"org": org, "fingerprint": named(conflict, "fingerprint")}
        asked: Asked = {"if_match": state(conflict, if_match), "lang": lang, "dry_run": dry_run}
        return self.one(Conflict, patching("patch_conflict", ONE, names, changes, **asked))

    @Listing
    def comments(
        self,
        org: str,
        fingerprint: str,
        *,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[Comment]:
        """What was said about a conflict. Raises NotFound."""
        names = {"org": org, "fingerprint": fingerprint}
        asked: Asked = {"created_after": created_after, "created_before": created_before, "sort": sort, "limit": limit}
        return Query(Comment, reading("list_comments", COMMENTS, names, **asked))

    @Operation
    def comment(self, org: str, fingerprint: str, text: str, *, dry_run: bool = False) -> Flow[Comment]:
        """Say something about a conflict. Raises NotFound, Invalid."""
        names = {"org": org, "fingerprint": fingerprint}
        return self.one(Comment, writing("add_comment", "POST", COMMENTS, names, {"text": text}, dry_run=dry_run))

    @Operation
    def get_comment(self, org: str, fingerprint: str, comment_id: str) -> Flow[Comment]:
        """Something that was said about a conflict. Raises NotFound."""
        names = {"org": org, "fingerprint": fingerprint, "comment_id": comment_id}
        return self.one(Comment, reading("get_comment", f"{COMMENTS}/{{comment_id}}", names))
