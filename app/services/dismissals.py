"""Recommendations that were dismissed, in later analyses: aside again on the same ground, and told of when they come back on another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from app.domain.instants import written
from app.storage import recommendations
from app.storage.organizations import Organization
from app.storage.workspace import Transaction


def with_dismissals(tx: Transaction, organization: Organization, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The recommendations; those that were dismissed on the same ground before stay so, and those that come back on another one say so."""
    earlier = recommendations.dismissed(
        tx, organization.id, [row["id"] for row in rows], [row["about"] for row in rows]
    )
    known = {(one.id, one.ground): one for one in earlier}
    made = []
    for row in rows:
        said = known.get((row["id"], row["ground"]))
        decided = {"decided_at": said and said.decided_at, "decided_by": said and said.decided_by}
        status = {"status": "dismissed" if said else "open", "reason": said and said.reason}
        made.append({**row, **decided, **status, "returned": None if said else _returned(row, earlier)})
    return made


def _returned(row: Mapping[str, Any], earlier: Sequence[Row[Any]]) -> dict[str, Any] | None:
    """What was decided about a recommendation that was dismissed and is there again: on another patch, for other findings, or on findings
    that rest on other chains or sources."""
    same = [one for one in earlier if one.id == row["id"]] or [one for one in earlier if one.about == row["about"]]
    if not same:
        return None
    last = same[-1]
    because = "patch" if last.id != row["id"] else "findings" if last.about != row["about"] else "grounds"
    return {
        "because": because,
        "analysis": last.analysis_id,
        "recommendation": last.id,
        "dismissed_at": written(last.decided_at),
        "dismissed_by": last.decided_by,
        "reason": last.reason,
    }
