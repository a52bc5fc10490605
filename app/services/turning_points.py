"""Days on which a document begins to count differently: noted when it is accepted, so that it is analysed again when one comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.schedules import next_change
from app.storage import schedules
from app.storage.organizations import Organization
from app.storage.workspace import Transaction


def follow(tx: Transaction, organization: Organization, raw: Mapping[str, Any], now: datetime) -> None:
    """Note when the document that was accepted counts differently next, in the transaction that accepts it."""
    at = next_change(raw, now.date())
    noted = schedules.noted_change(tx, organization)
    if (noted or (None,)) == (at,):
        return
    row = schedules.of_organization(tx, organization, locked=True) or schedules.add(tx, organization)
    row.change_at = at
    tx.save()
    schedules.note_due(tx, row)
