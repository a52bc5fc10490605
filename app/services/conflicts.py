"""Conflicts of an organization over time: listed, shown, and what people make of them. Analyses tell them what they saw in `sightings`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.conflict_states import day_came, decided
from app.domain.errors import Missing
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.domain.terms import Language
from app.services.conflict_log import ConflictLog, state_of
from app.services.conflict_wishes import wish_of
from app.services.findings import title
from app.services.organizations import existing
from app.services.sightings import tell_waiver_ended
from app.storage import audit_events, claims, conflict_events, conflicts, members, organizations
from app.storage.conflicts import ConflictRow
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.rows import value_of
from app.storage.workspace import Transaction

Json = dict[str, Any]

SERVICE = "conflicts"
"""The name under which audit events tell of what happens by itself."""

HISTORY = 200
"""Things that happened to a conflict which it is shown with, the last ones."""


@dataclass(frozen=True, slots=True)
class StoredConflict:
    """A conflict as it stands. `history`: what happened to it, the last thing last; empty in lists."""

    organization: str
    fingerprint: str
    kind: str
    rule: str
    level: str
    severity: float
    confidence: float
    subjects: list[Json]
    departments: list[str]
    outcome: str | None
    titles: dict[str, str]
    grounds: str
    status: str
    goal_removed: bool
    waiver: Json | None
    assignee: str | None
    first_analysis: str
    first_seen_at: datetime
    last_analysis: str
    last_seen_at: datetime
    changed_at: datetime
    comments: int
    version: int
    history: list[Json]

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes and language."""
        return f"v{self.version}-{self.fingerprint}"

    @property
    def finding(self) -> str:
        """The path of the finding, in the last analysis that saw it."""
        return f"/v1/organizations/{self.organization}/analyses/{self.last_analysis}/findings/{self.fingerprint}"

    def told(self, language: Language) -> Json:
        """It as lists show it, in a language."""
        waiver = self.waiver and {name: self.waiver[name] for name in _WAIVER if name in self.waiver}
        said = {
            "fingerprint": self.fingerprint,
            "organization": self.organization,
            "status": self.status,
            "kind": self.kind,
            "rule": self.rule,
            "level": self.level,
            "severity": self.severity,
            "confidence": self.confidence,
            "subjects": self.subjects,
            "departments": self.departments,
            "outcome": self.outcome,
            "title": title(self.titles, language),
            "assignee": self.assignee,
            "waiver": waiver,
            "goal_removed": self.goal_removed or None,
            "grounds": self.grounds,
            "comment_count": self.comments,
            "first_analysis": self.first_analysis,
            "first_seen_at": written(self.first_seen_at),
            "last_analysis": self.last_analysis,
            "last_seen_at": written(self.last_seen_at),
            "changed_at": written(self.changed_at),
        }
        return {name: value for name, value in said.items() if value is not None}


_WAIVER = ("owner", "reason", "expires", "grounds", "place")


def listed(store: Database, caller: Caller, organization: str, wanted: Wanted) -> Found[StoredConflict]:
    """A page of the organization's conflicts, the worst first unless another order is wanted. Raises Missing, PlaceLost."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return conflicts.listed(tx, row.id, wanted).of(lambda found: _stored(row, found))


def get(store: Database, caller: Caller, organization: str, fingerprint: str) -> StoredConflict:
    """A conflict with what happened to it; raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return _whole(tx, row, existing_conflict(tx, row, fingerprint))


def change(
    store: Database,
    caller: Caller,
    organization: str,
    fingerprint: str,
    said: Mapping[str, Any],
    now: datetime,
    condition: Condition,
    *,
    unchanged: Callable[[StoredConflict], object],
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredConflict:
    """Make something of a conflict. `said`: `status`, `waiver`, `assignee`, each if it is to change; `unchanged` refuses what cannot.

    Raises Missing, DocumentInvalid, Changed, ConditionNeeded, and WrongState where its state does not allow the status.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredConflict)) is not None:
            return before
        if (member := said.get("assignee")) is not None:
            # Nobody removes the member meanwhile; who does locks them before organizations, too.
            members.member(tx, member, locked=True)
        company = existing(tx, caller, organization, locked=True)
        row = existing_conflict(tx, company, fingerprint)
        current = _whole(tx, company, row)
        unchanged(current)
        wish = wish_of(tx, caller, row, said, now)
        condition.check(current.tag)
        step = decided(state_of(row), wish.status, wish.waiver)
        log = ConflictLog(tx, company, caller.actor, now)
        done: list[str] = []
        if step.happened is not None:
            done.append(step.happened)
            log.take(row, step, **wish.details)
        if wish.assignee != row.assignee:
            done.append(assign(log, row, wish.assignee))
        log.close()
        if done:
            target = f"organizations/{organization}/conflicts/{fingerprint}"
            audit_events.record(tx, caller, at=now, action=f"conflict.{done[0]}", target=target)
        changed = _whole(tx, company, row)
        claims.keep(tx, caller, once, changed)
        return changed


def assign(log: ConflictLog, row: ConflictRow, member: str | None) -> str:
    """Let a member look after the conflict, or nobody; tells what happened."""
    what, whom = ("assigned", member) if member else ("unassigned", row.assignee)
    row.assignee = member
    log.note(row, what, assignee=whom)
    return what


def unassign_everywhere(tx: Transaction, member: str, actor: str, now: datetime) -> None:
    """Let nobody look after what a member looked after, who is about to go."""
    for id_, fingerprints in conflicts.assigned(tx, member).items():
        company = organizations.with_id(tx, id_, locked=True)
        if company is None:
            continue
        log = ConflictLog(tx, company, actor, now)
        for fingerprint in fingerprints:
            row = conflicts.conflict(tx, id_, fingerprint)
            if row is not None and row.assignee == member:
                assign(log, row, None)
        log.close()


def expire_waivers(store: Database, workspace: str, now: datetime) -> int:
    """End the waivers of the workspace whose last day (UTC) has passed, and tell how many those were."""
    with store.reading(workspace) as tx:
        due = conflicts.with_ended_waivers(tx, now.astimezone(UTC).date())
    return sum(_expire(store, workspace, id_, fingerprints, now) for id_, fingerprints in due.items())


def existing_conflict(tx: Transaction, organization: Organization, fingerprint: str) -> ConflictRow:
    """A conflict of the organization; raises Missing."""
    row = conflicts.conflict(tx, organization.id, fingerprint)
    if row is None:
        raise Missing("conflict", fingerprint)
    return row


def _expire(store: Database, workspace: str, id_: str, fingerprints: list[str], now: datetime) -> int:
    """End those of an organization, each unless somebody was faster."""
    itself, today = Caller(workspace, SERVICE, SERVICE, frozenset()), now.astimezone(UTC).date()
    ended = 0
    with store.writing(workspace) as tx:
        company = organizations.with_id(tx, id_, locked=True)
        if company is None:
            return 0
        log = ConflictLog(tx, company, SERVICE, now)
        for row in filter(None, (conflicts.conflict(tx, id_, fingerprint) for fingerprint in fingerprints)):
            step = day_came(state_of(row), today)
            if step.happened is not None:
                log.take(row, step)
                tell_waiver_ended(tx, company, row.fingerprint, step, now)
                target = f"organizations/{company.key}/conflicts/{row.fingerprint}"
                audit_events.record(tx, itself, at=now, action=f"conflict.{step.happened}", target=target)
                ended += 1
        log.close()
    return ended


def _whole(tx: Transaction, organization: Organization, row: ConflictRow) -> StoredConflict:
    happened = conflict_events.latest(tx, organization.id, row.fingerprint, HISTORY)
    return _stored(organization, row, [_event(one) for one in happened])


def _stored(
    organization: Organization, row: ConflictRow | Row[Any], history: list[Json] | None = None
) -> StoredConflict:
    return value_of(StoredConflict, row, organization=organization.key, history=history or [])


def _event(row: Row[Any]) -> Json:
    said = {
        "at": written(row.at),
        "by": row.actor,
        "what": row.what,
        "status": row.status,
        "because": row.because,
        "analysis": row.analysis,
        "comment": row.id,
        "text": row.text,
        **(row.details or {}),
    }
    return {name: value for name, value in said.items() if value is not None}
