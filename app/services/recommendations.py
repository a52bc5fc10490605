"""Recommendations of stored analyses: listed, shown, taken over into the document, or dismissed with a reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row

from app.domain.access import Caller
from app.domain.change_form import change_as_json
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.document_changes import changes_between
from app.domain.document_patch import patch_between
from app.domain.errors import Missing, WrongState
from app.domain.instants import written
from app.domain.json_patch import PatchFailed, apply
from app.domain.pages import Found, Wanted
from app.domain.patch_rebase import rebased
from app.domain.stored_form import Raw
from app.domain.terms import Language
from app.domain.three_way import Clash, merge
from app.services import accepting
from app.services.accepting import Accepted, diff, document_tag
from app.services.analyses import StoredAnalysis, document_of, existing_analysis
from app.services.organizations import existing
from app.services.scenario_patches import Change, carried_over, stacked
from app.services.scenarios import begun, check_open, existing_scenario, note_made, put_stack, short_of, whole
from app.storage import analyses, audit_events, claims, documents, recommendations
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.recommendations import RecommendationRow
from app.storage.scenarios import ScenarioRow
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


def listed(
    store: Database, caller: Caller, organization: str, analysis_id: str, wanted: Wanted
) -> Found[StoredRecommendation]:
    """A page of an analysis's recommendations, in the order in which one would take them up. Raises Missing, PlaceLost."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        now = _newer(tx, row, existing_analysis(tx, row, analysis_id))
        outdated = None if now is None else now.shown
        return recommendations.listed(tx, row.id, analysis_id, wanted).of(
            lambda one: replace(_stored(analysis_id, one), outdated=outdated)
        )


def get(store: Database, caller: Caller, organization: str, analysis_id: str, id_: str) -> StoredRecommendation:
    """A recommendation; one on a document that is another now says what becomes of its patch there. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        found = _stored(analysis_id, _existing(tx, row, analysis_id, id_))
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
        note_made(tx, caller, whole(tx, of, row), now)
        made = _put_into(tx, caller, of, (analysis_id, id_), row, now, language)
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
        if found.status == "accepted" and found.revision is not None:
            raise WrongState("The recommendation was accepted already.", "Die Empfehlung wurde schon angenommen.")
        _decide(tx, caller, found, "dismissed", now, reason=reason)
        target = _target(organization, analysis_id, id_)
        audit_events.record(tx, caller, at=now, action="recommendation.dismissed", target=target)
        stored = _stored(analysis_id, found)
        claims.keep(tx, caller, once, stored)
        return stored


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
    found = _existing(tx, of, analysis_id, id_, locked=True)
    analysis = existing_analysis(tx, of, analysis_id)
    said = _stored(analysis_id, found).shown(language)
    top = json.loads(row.body)
    source = {"analysis": analysis_id, "recommendation": id_}
    change = carried_over(of, document_of(tx, of, analysis), said["patch"], top, Change(top, said["title"], source))
    if change.after == top:
        raise _said_already()
    more, after = stacked(caller, top, [change], row.patches, now)
    put_stack(row, (*row.patches, *more), after, now)
    _decide(tx, caller, found, "accepted", now, scenario=row.id)
    target = _target(of.key, analysis_id, id_)
    audit_events.record(tx, caller, at=now, action="recommendation.accepted", target=target, after=row.content_hash)
    return AcceptedRecommendation(
        recommendation=_stored(analysis_id, found),
        revision=row.revision,
        content_hash=row.content_hash,
        changes=tuple(map(change_as_json, changes_between(top, after))),
        patch=tuple(more[0]["patch"]),
        scenario=row.id,
        scenario_tag=short_of(of, row).tag,
    )


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
    scenario: str | None = None,
) -> None:
    row.status, row.decided_at, row.decided_by = status, now, caller.actor
    row.reason, row.revision, row.scenario_id = reason, revision, scenario
    tx.save()


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
        scenario=row.scenario_id,
        returned=row.returned,
    )
