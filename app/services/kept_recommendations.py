"""Recommendations as they are kept: what was found, and what was decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.domain.access import Caller
from app.domain.errors import Missing
from app.domain.instants import written
from app.domain.terms import Language
from app.storage import recommendations
from app.storage.organizations import Organization
from app.storage.recommendations import RecommendationRow
from app.storage.workspace import Transaction


@dataclass(frozen=True, slots=True)
class StoredRecommendation:
    """A recommendation, and what was decided about it: open, accepted (into the `revision`, or into a `scenario`) or dismissed.

    `returned`: what was decided about it before it came back on other ground. `outdated`: what the document is that it was worked out on
    another state of, None for one that is up to date.
    """

    analysis: str
    id: str
    bodies: dict[str, Any]
    status: str
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None
    revision: int | None
    scenario: str | None = None
    returned: dict[str, Any] | None = None
    outdated: dict[str, Any] | None = None

    def tag(self, language: Language) -> str:
        """Its entity tag in a language, without quotes."""
        decided = int(self.decided_at.timestamp() * 1000) if self.decided_at else 0
        state = f"-{self.outdated['content_hash'][7:19]}" if self.outdated else ""
        return f"{self.analysis}-{self.id}-{self.status}-{decided}{state}-{language}"

    @property
    def patch(self) -> list[Any]:
        """The change, which is the same in every language but for its texts."""
        said: list[Any] = next(iter(self.bodies.values()))["patch"]
        return said

    def shown(self, language: Language) -> Mapping[str, Any]:
        """It as the API shows it."""
        optional = {
            "decided_at": self.decided_at and written(self.decided_at),
            "decided_by": self.decided_by,
            "reason": self.reason,
            "revision": self.revision,
            "scenario": self.scenario,
            "returned": self.returned,
            "outdated": self.outdated,
        }
        said = self.bodies.get(language) or next(iter(self.bodies.values()))
        decided = {name: value for name, value in optional.items() if value is not None}
        return {**said, "analysis": self.analysis, "status": self.status, **decided}


def existing_recommendation(
    tx: Transaction, organization: Organization, analysis_id: str, id_: str, *, locked: bool = False
) -> RecommendationRow:
    """The recommendation of that id; raises Missing."""
    found = recommendations.one(tx, organization.id, analysis_id, id_, locked=locked)
    if found is None:
        raise Missing("recommendation", id_)
    return found


def decide(
    tx: Transaction,
    caller: Caller,
    row: RecommendationRow,
    status: str,
    now: datetime,
    *,
    reason: str | None = None,
    revision: int | None = None,
    scenario: str | None = None,
) -> None:
    """Note what was decided about a recommendation."""
    row.status, row.decided_at, row.decided_by = status, now, caller.actor
    row.reason, row.revision, row.scenario_id = reason, revision, scenario
    tx.save()


def target_of(organization: str, analysis_id: str, id_: str) -> str:
    """What audit events call a recommendation."""
    return f"organizations/{organization}/analyses/{analysis_id}/recommendations/{id_}"


def kept(analysis_id: str, row: RecommendationRow | Row[Any]) -> StoredRecommendation:
    """A recommendation of an analysis, of its row."""
    return StoredRecommendation(
        analysis=analysis_id,
        id=row.id,
        bodies=row.bodies,
        status=row.status,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reason=row.reason,
        revision=row.revision,
        scenario=row.scenario_id,
        returned=row.returned,
    )
