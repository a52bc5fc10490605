"""Recommendations of stored analyses: listed, shown, or dismissed with a reason. `accepted_recommendations` takes them over."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.document.patch import patch_between
from app.domain.errors import Missing, WrongState
from app.domain.json_patch import apply
from app.domain.pages import Found, Wanted
from app.domain.stored_form import Raw
from app.domain.three_way import Clash, merge
from app.services.analyses import StoredAnalysis, document_of, existing_analysis
from app.services.kept_recommendations import (
    StoredRecommendation,
    decide,
    existing_recommendation,
    kept,
    target_of,
)
from app.services.kept_scenarios import existing_scenario
from app.services.organizations import existing
from app.storage import analyses, audit_events, claims, documents, recommendations
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.workspace import Transaction


def listed(
    store: Database, caller: Caller, organization: str, analysis_id: str, wanted: Wanted
) -> Found[StoredRecommendation]:
    """A page of an analysis's recommendations, in the order in which one would take them up. Raises Missing, PlaceLost."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        now = _newer(tx, row, existing_analysis(tx, row, analysis_id))
        outdated = None if now is None else now.shown
        return recommendations.listed(tx, row.id, analysis_id, wanted).of(
            lambda one: replace(kept(analysis_id, one), outdated=outdated)
        )


def get(store: Database, caller: Caller, organization: str, analysis_id: str, id_: str) -> StoredRecommendation:
    """A recommendation; one on a document that is another now says what becomes of its patch there. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        found = kept(analysis_id, existing_recommendation(tx, row, analysis_id, id_))
        analysis = existing_analysis(tx, row, analysis_id)
        now = _newer(tx, row, analysis)
        if now is None or found.status == "accepted":
            return found
        old = document_of(tx, row, analysis)
    return replace(found, outdated={**now.shown, **_brought_to(found.patch, old, now.raw)})


def analysis_with(store: Database, caller: Caller, organization: str, id_: str) -> str:
    """The id of the analysis that a recommendation is looked up in: the last one of the document, where it recommends it, else the newest
    that does. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        found, last = recommendations.analyses_with(tx, row.id, id_), analyses.latest_id(tx, row)
    if not found:
        raise Missing("recommendation", id_)
    return last if last in found else found[0]


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
        found = existing_recommendation(tx, row, analysis_id, id_, locked=True)
        if found.status == "accepted" and found.revision is not None:
            raise WrongState("The recommendation was accepted already.", "Die Empfehlung wurde schon angenommen.")
        decide(tx, caller, found, "dismissed", now, reason=reason)
        target = target_of(organization, analysis_id, id_)
        audit_events.record(tx, caller, at=now, action="recommendation.dismissed", target=target)
        stored = kept(analysis_id, found)
        claims.keep(tx, caller, once, stored)
        return stored


class _Newer(NamedTuple):
    """The document as it is now that an analysis looked at in another state."""

    revision: int
    content_hash: str
    raw: Raw

    @property
    def shown(self) -> dict[str, Any]:
        """Which it is."""
        return {"revision": self.revision, "content_hash": self.content_hash}


def _newer(tx: Transaction, organization: Organization, analysis: StoredAnalysis) -> _Newer | None:
    """The document, or the scenario's, as it is now, where the analysis looked at another state of it."""
    if analysis.scenario_id is not None:
        row = existing_scenario(tx, organization, analysis.scenario_id)
        now = _Newer(row.revision, row.content_hash, json.loads(row.body))
    else:
        standing = documents.standing(tx, organization)
        now = _Newer(standing.number, standing.content_hash, standing.raw)
    return None if now.content_hash == analysis.content_hash else now


def _brought_to(patch: Any, old: Raw, new: Raw) -> dict[str, Any]:
    """A patch for the document as it is now; or what stands in its way, with what it would write and what stands there."""
    merged = merge(old, apply(old, patch), new)
    if not merged.clashes:
        return {"patch": patch_between(new, merged.raw)}
    return {"conflicts": [_conflict(clash) for clash in merged.clashes]}


def _conflict(clash: Clash) -> dict[str, Any]:
    sides = {"base": clash.base, "now": clash.theirs, "recommended": clash.ours}
    known = {name: value for name, value in sides.items() if value is not None}
    return {"pointer": clash.pointer, **known, **({"part_gone": True} if clash.part_gone else {})}
