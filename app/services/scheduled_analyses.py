"""Analyses that nobody asks for: by schedule, and when a document or a waiver begins to count differently."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from app.domain.access import Caller
from app.domain.schedules import Every, next_change, next_turn
from app.services import analysis_jobs, conflicts
from app.services.analyses import AnalysisRequest
from app.storage import analyses, documents, jobs, organizations, schedules
from app.storage import conflicts as stored_conflicts
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.schedules import ScheduleRow
from app.storage.workspace import Transaction

ITSELF = "schedule"
"""The name under which audit events tell of what happens by itself."""


def run_due(store: Database, workspace: str, now: datetime) -> None:
    """Ask for the analyses whose time has come in a workspace."""
    itself = Caller(workspace, ITSELF, ITSELF, frozenset(("write",)))
    with store.writing(workspace) as tx:
        for row in schedules.come(tx, now):
            owner = organizations.with_id(tx, row.organization_id)
            if owner is None:
                continue
            is_turn = row.turn_at is not None and row.turn_at <= now
            _move_on(tx, row, owner, now)
            if owner.deleted_at is None and (is_turn or analyses.latest(tx, owner) is not None):
                _ask(tx, itself, owner, now)


def end_waivers(store: Database, workspace: str, now: datetime) -> None:
    """End the waivers of conflicts whose last day has passed, and ask for an analysis of each organization that had one."""
    itself = Caller(workspace, ITSELF, ITSELF, frozenset(("write",)))
    with store.writing(workspace) as tx:
        for id_ in sorted(stored_conflicts.with_ended_waivers(tx, now.date())):
            owner = organizations.with_id(tx, id_)
            if owner is not None and owner.deleted_at is None:
                _ask(tx, itself, owner, now)
    conflicts.expire_waivers(store, workspace, now)


def _move_on(tx: Transaction, row: ScheduleRow, owner: Organization, now: datetime) -> None:
    """Set the schedule to the next time that is still to come."""
    if row.turn_at is not None and row.turn_at <= now:
        row.turn_at = next_turn(cast(Every, row.every), row.turn_at, now)
    if row.change_at is not None and row.change_at <= now:
        row.change_at = next_change(documents.standing(tx, owner).raw, now.date())
    tx.save()


def _ask(tx: Transaction, itself: Caller, owner: Organization, now: datetime) -> None:
    """Ask for an analysis, unless one waits to be done already."""
    if not jobs.waits(tx, owner.id, analysis_jobs.KIND):
        analysis_jobs.ask_in(tx, itself, owner, AnalysisRequest(), now)
