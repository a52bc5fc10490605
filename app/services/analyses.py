"""Analyses of an organization's document: run and kept, shown, listed. None is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.coverage import GoalKey, goals_gone
from app.domain.errors import Missing
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.domain.terms import Language
from app.services import sightings
from app.services.analysing import (
    Asked,
    Computed,
    block_rows,
    compute,
    finding_rows,
    recommendation_rows,
    row_of,
    sightings_of,
)
from app.services.grants import grant_as_json
from app.services.organizations import existing
from app.services.sightings import Sighted
from app.storage import analyses, audit_events, claims, documents, outbox, recommendations
from app.storage.analyses import AnalysisRow
from app.storage.database import Database
from app.storage.findings import FindingBlockRow, FindingRow
from app.storage.ids import new_id
from app.storage.organizations import Organization
from app.storage.recommendations import RecommendationRow
from app.storage.workspace import Transaction

_MOMENT = timedelta(milliseconds=1)
"""An analysis comes after the one before, whatever the clock says: in this order they tell how things went."""

MANY_GOALS_GONE = 100
"""Goals that are gone which an analysis names; the hardest pushed of them."""


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    """What is to be analysed: a revision, by default the newest, as of a day, by default today, with or without recommendations."""

    as_of: date | None = None
    revision: int | None = None
    with_recommendations: bool = True


@dataclass(frozen=True, slots=True)
class StoredAnalysis:
    """An analysis in short, as `app.storage.analyses` keeps it."""

    organization: str
    id: str
    created_at: datetime
    actor: str
    revision: int
    content_hash: str
    as_of: str
    is_current: bool
    engine_version: str
    catalogue_version: str
    rule_packs: dict[str, str]
    hashes: dict[str, str]
    parameters: dict[str, Any]
    waivers: list[dict[str, Any]]
    with_recommendations: bool
    languages: list[str]
    headlines: dict[str, str]
    alignment_index: float | None
    levels: dict[str, int]
    kinds: dict[str, int]
    coverage: dict[str, Any]
    goals: list[Any]
    previous_id: str | None
    removed_goals: list[dict[str, Any]]
    entries: int
    finding_count: int
    waived_count: int
    recommendation_count: int
    matrix: list[dict[str, Any]]
    result_hash: str

    def tag(self, language: Language) -> str:
        """Its entity tag in a language, without quotes."""
        return f"{self.id}-{language}"

    def listed(self, language: Language) -> Mapping[str, Any]:
        """It as lists show it."""
        return {
            "id": self.id,
            "organization": self.organization,
            "revision": self.revision,
            "content_hash": self.content_hash,
            "as_of": self.as_of,
            "current": self.is_current,
            "created_at": written(self.created_at),
            "created_by": self.actor,
            "summary": {
                "alignment_index": self.alignment_index,
                "levels": self.levels,
                "kinds": self.kinds,
                "headline": self.headlines[language],
            },
            "coverage": self.coverage,
            "finding_count": self.finding_count,
            "waived_count": self.waived_count,
            "recommendation_count": self.recommendation_count,
            "removed_goals": self.removed_goals,
            **({} if self.previous_id is None else {"previous": self.previous_id}),
        }

    def shown(self, language: Language) -> Mapping[str, Any]:
        """It as the API shows it: with the matrix, and all that it depends on."""
        engine = {
            "version": self.engine_version,
            "catalogue": self.catalogue_version,
            "rule_packs": self.rule_packs,
            "hashes": self.hashes,
            "parameters": self.parameters,
        }
        own = {"engine": engine, "matrix": self.matrix, "waivers": self.waivers, "result_hash": self.result_hash}
        return {**self.listed(language), **own, "with_recommendations": self.with_recommendations}


def run(
    store: Database,
    caller: Caller,
    organization: str,
    request: AnalysisRequest,
    now: datetime,
    *,
    most_goals: int | None = None,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredAnalysis:
    """Analyse a revision of the organization's document, and keep what comes of it. No transaction is open while the engine computes.

    Raises Missing, and DocumentInvalid, as too large, for a document with more than `most_goals` KPIs and components.
    """
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        if (before := claims.known(tx, caller, once, StoredAnalysis)) is not None:
            return before
        document = _revision(tx, row, request.revision)
        asked = Asked(
            document.raw,
            request.as_of or now.date(),
            sightings.waivers_in_force(tx, row),
            request.with_recommendations,
        )
    computed = compute(asked, most_goals=most_goals)
    rows = _Rows(computed)
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredAnalysis)) is not None:
            return before
        row = existing(tx, caller, organization, locked=True)
        stored = _add(tx, caller, row, document, asked, rows, now)
        found = sightings_of(rows.findings, computed)
        seen = Sighted(stored.id, document.number, asked.as_of, stored.is_current, found)
        _tell(tx, caller, row, stored, sightings.record_sightings(tx, caller, row, seen, now), now)
        claims.keep(tx, caller, once, stored)
        return stored


def get(store: Database, caller: Caller, organization: str, id_: str) -> StoredAnalysis:
    """An analysis in short; raises Missing."""
    with store.reading(caller.workspace) as tx:
        return existing_analysis(tx, existing(tx, caller, organization), id_)


def listed(store: Database, caller: Caller, organization: str, wanted: Wanted) -> Found[StoredAnalysis]:
    """A page of the organization's analyses; raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return analyses.listed(tx, row, wanted).of(lambda found: _stored(row, found))


def existing_analysis(tx: Transaction, organization: Organization, id_: str) -> StoredAnalysis:
    """An analysis of the organization; raises Missing."""
    found = analyses.short(tx, organization, id_)
    if found is None:
        raise Missing("analysis", id_)
    return _stored(organization, found)


class _Rows:
    """All rows of an analysis, made before the transaction begins that writes them."""

    def __init__(self, computed: Computed) -> None:
        self.own = row_of(computed)
        self.blocks = block_rows(computed)
        self.findings = finding_rows(computed)
        self.recommendations = recommendation_rows(computed)


def _revision(tx: Transaction, organization: Organization, number: int | None) -> documents.Stored:
    found = documents.at_revision(tx, organization, organization.revision if number is None else number)
    if found is None:
        raise Missing("revision", str(number))
    return found


def _add(
    tx: Transaction,
    caller: Caller,
    organization: Organization,
    document: documents.Stored,
    asked: Asked,
    rows: _Rows,
    now: datetime,
) -> StoredAnalysis:
    """Write every row of the analysis."""
    is_current = organization.revision == document.number and asked.as_of == now.date()
    previous = analyses.before(tx, organization, is_current=is_current)
    last = analyses.latest(tx, organization)
    id_, at = new_id("ana", now), now if last is None else max(now, last.created_at + _MOMENT)
    own = {
        **rows.own,
        "id": id_,
        "organization_id": organization.id,
        "created_at": at,
        "actor": caller.actor,
        "revision": document.number,
        "is_current": is_current,
        "waivers": [grant_as_json(grant) for grant in asked.waivers],
        "with_recommendations": asked.with_recommendations,
        "previous_id": previous.id if previous else None,
        "removed_goals": _removed(previous.goals, rows.own["goals"]) if previous else [],
    }
    tx.add_all(AnalysisRow, [own])
    of = {"organization_id": organization.id, "analysis_id": id_}
    tx.add_all(FindingRow, [{**row, **of} for row in rows.findings])
    tx.add_all(FindingBlockRow, [{**row, **of} for row in rows.blocks])
    tx.add_all(RecommendationRow, [{**row, **of} for row in _with_dismissals(tx, organization, rows.recommendations)])
    return existing_analysis(tx, organization, id_)


def _tell(
    tx: Transaction,
    caller: Caller,
    organization: Organization,
    stored: StoredAnalysis,
    counts: Mapping[str, Any],
    now: datetime,
) -> None:
    """Tell the audit events and the outbox."""
    target = f"organizations/{organization.key}/analyses/{stored.id}"
    audit_events.record(tx, caller, at=now, action="analysis.completed", target=target, after=stored.result_hash)
    said = {"organization": organization.key, "analysis": stored.id, "revision": stored.revision, "as_of": stored.as_of}
    found = {"alignment_index": stored.alignment_index, "levels": stored.levels}
    outbox.add(tx, "analysis.completed", {**said, **found, **counts}, now)


def _removed(before: list[Any], after: list[Any]) -> list[dict[str, Any]]:
    """The goals of the analysis before that are gone, as they are kept."""
    gone = goals_gone({GoalKey(*key): pressure for *key, pressure in before}, (GoalKey(*key) for *key, _ in after))
    return [{**one.goal._asdict(), "pressure": one.pressure} for one in gone[:MANY_GOALS_GONE]]


def _with_dismissals(tx: Transaction, organization: Organization, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The recommendations; those that were dismissed on the same ground before stay so."""
    earlier = recommendations.dismissed(tx, organization.id, [row["id"] for row in rows])
    known = {(one.id, one.ground): one for one in earlier}
    made = []
    for row in rows:
        said = known.get((row["id"], row["ground"]))
        decided = {"decided_at": said and said.decided_at, "decided_by": said and said.decided_by}
        made.append({**row, **decided, "status": "dismissed" if said else "open", "reason": said and said.reason})
    return made


def _stored(organization: Organization, row: Row[Any]) -> StoredAnalysis:
    said = {name: value for name, value in row._mapping.items() if name in StoredAnalysis.__dataclass_fields__}
    return StoredAnalysis(organization=organization.key, **said)
