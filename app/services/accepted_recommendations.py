"""Recommendations taken over: into the document as it stands, into a scenario, or into one that is made for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.access import Caller
from app.domain.change_form import change_as_json
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.document.changes import changes_between
from app.domain.errors import WrongState
from app.domain.json_patch import PatchFailed, apply
from app.domain.patch_rebase import rebased
from app.domain.terms import Language
from app.services import accepting
from app.services.accepting import Accepted, diff, document_tag
from app.services.analyses import StoredAnalysis, document_of, existing_analysis
from app.services.kept_recommendations import (
    StoredRecommendation,
    decide,
    existing_recommendation,
    kept,
    target_of,
)
from app.services.kept_scenarios import begun, check_open, existing_scenario, note, put_stack, short_of, whole
from app.services.organizations import existing
from app.services.scenario_patches import Change, carried_over, stacked
from app.storage import audit_events, claims, documents
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.scenarios import ScenarioRow
from app.storage.workspace import Transaction


@dataclass(frozen=True, slots=True)
class AcceptedRecommendation:
    """A recommendation that became part of the document, or of a scenario: the revision that it led to, or that the scenario stands on, and
    what that changed."""

    recommendation: StoredRecommendation
    revision: int
    content_hash: str
    changes: tuple[Any, ...]
    patch: tuple[Any, ...]
    scenario: str | None = None
    scenario_tag: str | None = None

    @property
    def tag(self) -> str:
        """The entity tag of the document, or of the scenario, as it is now, without quotes."""
        return self.scenario_tag or document_tag(self.revision, self.content_hash)


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
        found = existing_recommendation(tx, row, analysis_id, id_, locked=True)
        condition.check(document_tag(row.revision, row.content_hash))
        raw = _patched(tx, row, kept(analysis_id, found), existing_analysis(tx, row, analysis_id), language)
        accepted = accepting.accept(
            tx,
            caller,
            row,
            raw,
            at=now,
            action="recommendation.accepted",
            target=target_of(organization, analysis_id, id_),
        )
        if not accepted.is_new:
            raise _said_already()
        decide(tx, caller, found, "accepted", now, revision=accepted.number)
        made = _accepted(kept(analysis_id, found), accepted)
        claims.keep(tx, caller, once, made)
        return made


def accept_into(
    store: Database,
    caller: Caller,
    organization: str,
    analysis_id: str,
    id_: str,
    scenario_id: str,
    now: datetime,
    condition: Condition,
    language: Language,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> AcceptedRecommendation:
    """Put what is recommended on top of a scenario, with its title as the note. `condition` is about the scenario, and need not be given.

    Raises Missing, Changed, DocumentInvalid, and WrongState for a scenario that is not open, or says other things there.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, AcceptedRecommendation)) is not None:
            return before
        of = existing(tx, caller, organization)
        row = existing_scenario(tx, of, scenario_id, locked=True)
        check_open(of, row, condition)
        made = _put_into(tx, caller, of, (analysis_id, id_), row, now, language)
        claims.keep(tx, caller, once, made)
        return made


def accept_into_new(
    store: Database,
    caller: Caller,
    organization: str,
    analysis_id: str,
    id_: str,
    name: str,
    now: datetime,
    language: Language,
    *,
    once: Claim | None = None,
) -> AcceptedRecommendation:
    """Make a scenario of that name on the newest revision, with what is recommended as its first patch: both, or neither.

    Raises Missing, DocumentInvalid, and WrongState where the document says other things now.
    """
    with store.writing(caller.workspace) as tx:
        if (before := claims.earlier(tx, caller, once, AcceptedRecommendation)) is not None:
            return before
        of = existing(tx, caller, organization)
        row = tx.add(begun(tx, caller, of, name, None, None, now)[0])
        note(tx, caller, whole(tx, of, row), "scenario.created", now)
        made = _put_into(tx, caller, of, (analysis_id, id_), row, now, language)
        claims.keep(tx, caller, once, made)
        return made


def _put_into(
    tx: Transaction,
    caller: Caller,
    of: Organization,
    what: tuple[str, str],
    row: ScenarioRow,
    now: datetime,
    language: Language,
) -> AcceptedRecommendation:
    """Put a recommendation (the ids of its analysis and its own) on top of a scenario that is open."""
    analysis_id, id_ = what
    found = existing_recommendation(tx, of, analysis_id, id_, locked=True)
    analysis = existing_analysis(tx, of, analysis_id)
    said = kept(analysis_id, found).shown(language)
    top = json.loads(row.body)
    source = {"analysis": analysis_id, "recommendation": id_}
    change = carried_over(of, document_of(tx, of, analysis), said["patch"], top, Change(top, said["title"], source))
    if change.after == top:
        raise _said_already()
    more, after = stacked(caller, top, [change], row.patches, now)
    put_stack(row, (*row.patches, *more), after, now)
    decide(tx, caller, found, "accepted", now, scenario=row.id)
    target = target_of(of.key, analysis_id, id_)
    audit_events.record(tx, caller, at=now, action="recommendation.accepted", target=target, after=row.content_hash)
    return AcceptedRecommendation(
        recommendation=kept(analysis_id, found),
        revision=row.revision,
        content_hash=row.content_hash,
        changes=tuple(map(change_as_json, changes_between(top, after))),
        patch=tuple(more[0]["patch"]),
        scenario=row.id,
        scenario_tag=short_of(of, row).tag,
    )


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


def _accepted(stored: StoredRecommendation, accepted: Accepted) -> AcceptedRecommendation:
    changes, patch = diff(accepted)
    return AcceptedRecommendation(stored, accepted.number, accepted.content_hash, changes, patch)
