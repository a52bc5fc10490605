"""Nothing is half done: what must hold of a workspace at any moment, read around the HTTP interface."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from app.domain.access import Caller
from app.domain.document_parts import GOVERNANCE
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
        events, messages = _rows(tx, AuditEventRow, order="number"), _rows(tx, OutboxRow)
        for organization in _rows(tx, OrganizationRow):
            _check_document(tx, organization, events, messages)
            _check_analyses(tx, organization, events, messages)
        assert [row.key for row in _rows(tx, ClaimRow) if row.result is None] == []


def _check_document(tx: Transaction, organization: OrganizationRow, events: list[Any], messages: list[Any]) -> None:
    """A document is its parts is its last revision; revisions have no gaps; each has one audit event and one message."""
    revisions = _rows(tx, RevisionRow, _of(RevisionRow, organization), order="number")
    assert [row.number for row in revisions] == list(range(1, organization.revision + 1))
    last = revisions[-1]
    raw = json.loads(last.body)
    assert organization.content_hash == last.content_hash
    assert organization.body == raw["organization"]
    assert _parts(tx, organization) == _parts_of(raw)

    of_it = [row for row in events if row.target.split("/")[:2] == ["organizations", organization.key]]
    changes = [(row.action, row.at, row.after) for row in of_it if _changes(row)]
    assert changes == [(row.action, row.created_at, row.content_hash) for row in revisions]
    told = Counter(row.data["revision"] for row in _told(messages, "document.changed", organization))
    assert told == Counter(range(1, organization.revision + 1))


def _check_analyses(tx: Transaction, organization: OrganizationRow, events: list[Any], messages: list[Any]) -> None:
    """An analysis has all its findings, one audit event and one message; a job has ended with what it says it came to."""
    analyses = _rows(tx, AnalysisRow, _of(AnalysisRow, organization))
    findings = Counter(row.analysis_id for row in _rows(tx, FindingRow, _of(FindingRow, organization)))
    assert {row.id: row.finding_count + row.waived_count for row in analyses} == {
        row.id: findings[row.id] for row in analyses
    }
    ids = Counter(row.id for row in analyses)
    assert Counter(row.data["analysis"] for row in _told(messages, "analysis.completed", organization)) == ids
    prefix = f"organizations/{organization.key}/analyses/"
    completed = [row.target for row in events if row.action == "analysis.completed"]
    assert Counter(target.removeprefix(prefix) for target in completed if target.startswith(prefix)) == ids
    done = [row.result for row in _rows(tx, JobRow, _of(JobRow, organization)) if row.status == "succeeded"]
    assert {str(result).rpartition("/")[2] for result in done} <= ids.keys()


def _parts(tx: Transaction, organization: OrganizationRow) -> dict[tuple[str, str], Any]:
    rows = _rows(tx, PartRow, _of(PartRow, organization))
    return {(row.list, row.key): row.body for row in rows if row.deleted_at is None}


def _parts_of(raw: dict[str, Any]) -> dict[tuple[str, str], Any]:
    listed = {(list_, key_of(list_, item)): item for list_ in KEYED for item in raw.get(list_, ())}
    return {**listed, (GOVERNANCE, GOVERNANCE): raw.get(GOVERNANCE, {})}


def _changes(row: AuditEventRow) -> bool:
    """Whether the event tells of a revision."""
    return row.after is not None and row.action not in ("analysis.completed", "organization.restored")


def _told(messages: list[Any], type_: str, organization: OrganizationRow) -> list[Any]:
    return [row for row in messages if row.type == type_ and row.data["organization"] == organization.key]


def _rows(tx: Transaction, table: Any, *conditions: Any, order: str | None = None) -> list[Any]:
    statement = tx.mine(table).where(*conditions)
    return [row for (row,) in tx.all(statement.order_by(getattr(table, order)) if order else statement)]


def _of(table: Any, organization: OrganizationRow) -> Any:
    return table.organization_id == organization.id
