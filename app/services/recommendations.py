"""Recommendations of stored analyses: listed, shown, taken over into the document, or dismissed with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import Missing, WrongState
from app.domain.instants import written
from app.domain.json_patch import PatchFailed, apply
from app.domain.pages import Found, Wanted
from app.domain.patch_rebase import rebased
from app.domain.terms import Language
from app.services import accepting
from app.services.accepting import Accepted, diff, document_tag
from app.services.analyses import StoredAnalysis, document_of, existing_analysis
from app.services.organizations import existing
from app.storage import audit_events, claims, documents, recommendations
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.recommendations import RecommendationRow
from app.storage.workspace import Transaction


@dataclass(frozen=True, slots=True)
class StoredRecommendation:
    """A recommendation, and what was decided about it: open, accepted (into the `revision`) or dismissed."""

    analysis: str
    id: str
    bodies: dict[str, Any]
    status: str
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None
    revision: int | None

    def tag(self, language: Language) -> str:
        """Its entity tag in a language, without quotes."""
        decided = int(self.decided_at.timestamp() * 1000) if self.decided_at else 0
        return f"{self.analysis}-{self.id}-{self.status}-{decided}-{language}"

    def shown(self, language: Language) -> Mapping[str, Any]:
        """It as the API shows it."""
        optional = {
            "decided_at": self.decided_at and written(self.decided_at),
            "decided_by": self.decided_by,
            "reason": self.reason,
            "revision": self.revision,
        }
        said = self.bodies.get(language) or next(iter(self.bodies.values()))
        decided = {name: value for name, value in optional.items() if value is not None}
        return {**said, "analysis": self.analysis, "status": self.status, **decided}


@dataclass(frozen=True, slots=True)
class AcceptedRecommendation:
    """A recommendation that became part of the document: the revision that it led to, and what that changed."""

    recommendation: StoredRecommendation
    revision: int
    content_hash: str
    changes: tuple[Any, ...]
    patch: tuple[Any, ...]

    @property
    def tag(self) -> str:
        """The entity tag of the document as it is now, without quotes."""
        return document_tag(self.revision, self.content_hash)


def listed(
    store: Database, caller: Caller, organization: str, analysis_id: str, wanted: Wanted
) -> Found[StoredRecommendation]:
    """A page of an analysis's recommendations, in the order in which one would take them up. Raises Missing, PlaceLost."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        existing_analysis(tx, row, analysis_id)
        return recommendations.listed(tx, row.id, analysis_id, wanted).of(lambda one: _stored(analysis_id, one))


def get(store: Database, caller: Caller, organization: str, analysis_id: str, id_: str) -> StoredRecommendation:
    """A recommendation; raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return _stored(analysis_id, _existing(tx, row, analysis_id, id_))


def accept(
    store: Database,
    caller: Caller,
    organization: str,
    analysis_id: str,
    id_: str,
    now: datetime,
    condition: Condition,
    language: Language,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> AcceptedRecommendation:
    """Make what is recommended part of the document as it stands; `condition` is about the document.

    What was changed since the analysis is left as it is. Raises Missing, Changed, ConditionNeeded, DocumentInvalid, and WrongState where
    the document no longer has what the recommendation is about, or says so already.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, AcceptedRecommendation)) is not None:
            return before
        row = existing(tx, caller, organization, locked=True)
        found = _existing(tx, row, analysis_id, id_, locked=True)
        condition.check(document_tag(row.revision, row.content_hash))
        raw = _patched(tx, row, _stored(analysis_id, found), existing_analysis(tx, row, analysis_id), language)
        accepted = accepting.accept(
            tx,
            caller,
            row,
            raw,
            at=now,
            action="recommendation.accepted",
            target=_target(organization, analysis_id, id_),
        )
        if not accepted.is_new:
            raise _said_already()
        _decide(tx, caller, found, "accepted", now, revision=accepted.number)
        made = _accepted(_stored(analysis_id, found), accepted)
        claims.keep(tx, caller, once, made)
        return made


def dismiss(
    store: Database,
    caller: Caller,
    organization: str,
    analysis_id: str,
    id_: str,
    reason: str,
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredRecommendation:
    """Put a recommendation aside: later analyses leave it aside, too, while what it answers rests on the same ground.

    Raises Missing, WrongState for one that was accepted.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredRecommendation)) is not None:
            return before
        row = existing(tx, caller, organization)
        found = _existing(tx, row, analysis_id, id_, locked=True)
        if found.status == "accepted":
            raise WrongState("The recommendation was accepted already.", "Die Empfehlung wurde schon angenommen.")
        _decide(tx, caller, found, "dismissed", now, reason=reason)
        target = _target(organization, analysis_id, id_)
        audit_events.record(tx, caller, at=now, action="recommendation.dismissed", target=target)
        stored = _stored(analysis_id, found)
        claims.keep(tx, caller, once, stored)
        return stored


def _existing(
    tx: Transaction, organization: Organization, analysis_id: str, id_: str, *, locked: bool = False
) -> RecommendationRow:
    found = recommendations.one(tx, organization.id, analysis_id, id_, locked=locked)
    if found is None:
        raise Missing("recommendation", id_)
    return found


def _patched(
    tx: Transaction,
    organization: Organization,
    stored: StoredRecommendation,
    analysis: StoredAnalysis,
    language: Language,
) -> Any:
    """The document as it stands with the change, which was worked out on the document of the analysis."""
    patch = stored.shown(language)["patch"]
    new, old = documents.standing(tx, organization).raw, document_of(tx, organization, analysis)
    try:
        return apply(new, rebased(patch, old, new))
    except PatchFailed:
        raise WrongState(
            "The document no longer says what the recommendation would change; run a new analysis.",
            "Das Dokument sagt nicht mehr, was die Empfehlung ändern würde; starten Sie eine neue Analyse.",
        ) from None


def _said_already() -> WrongState:
    return WrongState(
        "The document says already what the recommendation would make it say.",
        "Das Dokument sagt schon, was die Empfehlung bewirken würde.",
    )


def _decide(
    tx: Transaction,
    caller: Caller,
    row: RecommendationRow,
    status: str,
    now: datetime,
    *,
    reason: str | None = None,
    revision: int | None = None,
) -> None:
    row.status, row.decided_at, row.decided_by = status, now, caller.actor
    row.reason, row.revision = reason, revision
    tx.save()


def _target(organization: str, analysis_id: str, id_: str) -> str:
    return f"organizations/{organization}/analyses/{analysis_id}/recommendations/{id_}"


def _accepted(stored: StoredRecommendation, accepted: Accepted) -> AcceptedRecommendation:
    changes, patch = diff(accepted)
    return AcceptedRecommendation(stored, accepted.number, accepted.content_hash, changes, patch)


def _stored(analysis_id: str, row: RecommendationRow | Row[Any]) -> StoredRecommendation:
    return StoredRecommendation(
        analysis=analysis_id,
        id=row.id,
        bodies=row.bodies,
        status=row.status,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reason=row.reason,
        revision=row.revision,
    )
