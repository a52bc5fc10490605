"""Nothing is half done: what must hold of a workspace at any moment, read around the HTTP interface."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.domain.access import Caller
from app.domain.document.parts import GOVERNANCE
from app.domain.stored_form import KEYED, key_of
from app.services import audit_events
from app.storage import directory
from app.storage.analyses import AnalysisRow
from app.storage.audit_events import AuditEventRow
from app.storage.claims import ClaimRow
from app.storage.database import Database
from app.storage.documents import PartRow, RevisionRow
from app.storage.findings import FindingRow
from app.storage.jobs import JobRow
from app.storage.organizations import OrganizationRow
from app.storage.outbox import OutboxRow
from app.storage.workspace import Transaction


def reader(store: Database, workspace: str = "tests") -> Caller:
    """Somebody who may see all of a workspace."""
    id_ = directory.find_workspace(store, workspace)
    assert id_ is not None
    return Caller(id_, "tests", "tests", frozenset(("admin",)))


def check_whole(store: Database, workspace: str = "tests") -> None:
    """Check everything in a workspace, and the chain of its audit events."""
    caller = reader(store, workspace)
    assert audit_events.verified(store, caller)[1] is None
    with store.reading(caller.workspace) as tx:
        organizations = _rows(tx, OrganizationRow)
        keys = {row.id: row.key for row in organizations}
        for organization in organizations:
            _check_document(tx, organization)
        _check_told(tx, keys)
        _check_analyses(tx, keys)
        assert [row.key for row in _rows(tx, ClaimRow) if row.result is None] == []


def _check_document(tx: Transaction, organization: OrganizationRow) -> None:
    """A document is its parts is its last revision, and revisions have no gaps."""
    revisions = _rows(tx, RevisionRow, RevisionRow.organization_id == organization.id, order="number")
    assert [row.number for row in revisions] == list(range(1, organization.revision + 1))
    raw = json.loads(revisions[-1].body)
    assert organization.content_hash == revisions[-1].content_hash
    assert organization.body == raw["organization"]
    assert _parts(tx, organization) == _parts_of(raw)


def _check_told(tx: Transaction, keys: Mapping[str, str]) -> None:
    """Every revision has one audit event and one message."""
    revisions = _rows(tx, RevisionRow)
    events = Counter((row.action, row.at, row.after, _key(row)) for row in _rows(tx, AuditEventRow) if _changes(row))
    made = [(row.action, row.created_at, row.content_hash, keys[row.organization_id]) for row in revisions]
    assert events == Counter(made)
    told = [(row.data["organization"], row.data["revision"]) for row in _messages(tx, "document.changed")]
    assert Counter(told) == Counter((keys[row.organization_id], row.number) for row in revisions)


def _check_analyses(tx: Transaction, keys: Mapping[str, str]) -> None:
    """Every analysis has all its findings, one audit event and one message; what a job says it came to is there."""
    analyses = {row.id: row for row in _rows(tx, AnalysisRow)}
    findings = Counter(row.analysis_id for row in _rows(tx, FindingRow))
    assert {id_: row.finding_count + row.waived_count for id_, row in analyses.items()} == {
        id_: findings[id_] for id_ in analyses
    }
    paths = Counter(f"organizations/{keys[row.organization_id]}/analyses/{id_}" for id_, row in analyses.items())
    completed = [row.target for row in _rows(tx, AuditEventRow) if row.action == "analysis.completed"]
    assert Counter(completed) == paths
    assert Counter(row.data["analysis"] for row in _messages(tx, "analysis.completed")) == Counter(list(analyses))
    results = {row.result for row in _rows(tx, JobRow) if row.status == "succeeded"}
    assert results <= {f"/v1/{path}" for path in paths}


def _parts(tx: Transaction, organization: OrganizationRow) -> dict[tuple[str, str], Any]:
    rows = _rows(tx, PartRow, PartRow.organization_id == organization.id)
    return {(row.list, row.key): row.body for row in rows if row.deleted_at is None}


def _parts_of(raw: dict[str, Any]) -> dict[tuple[str, str], Any]:
    listed = {(list_, key_of(list_, item)): item for list_ in KEYED for item in raw.get(list_, ())}
    return {**listed, (GOVERNANCE, GOVERNANCE): raw.get(GOVERNANCE, {})}


def _key(row: AuditEventRow) -> str:
    """The key of the organization that an event is about."""
    return row.target.split("/")[1]


def _changes(row: AuditEventRow) -> bool:
    """Whether the event tells of a revision."""
    return row.after is not None and row.action not in ("analysis.completed", "organization.restored")


def _messages(tx: Transaction, type_: str) -> list[Any]:
    return [row for row in _rows(tx, OutboxRow) if row.type == type_]


def _rows(tx: Transaction, table: Any, *conditions: Any, order: str | None = None) -> list[Any]:
    statement = tx.mine(table).where(*conditions)
    return [row for (row,) in tx.all(statement.order_by(getattr(table, order)) if order else statement)]
