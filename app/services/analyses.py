"""Analyses of an organization's document: run and kept, shown, listed. None is ever changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.coverage import GoalKey, goals_gone
from app.domain.errors import Missing
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.domain.stored_form import Raw
from app.domain.terms import Language
from app.services import rules_in_force, sightings
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
from app.services.dismissals import with_dismissals
from app.services.grants import grant_as_json
from app.services.organizations import existing
from app.services.sightings import Sighted
from app.storage import analyses, audit_events, claims, documents, outbox, scenarios
from app.storage.analyses import AnalysisRow
from app.storage.columns import written as json_text
from app.storage.database import Database
from app.storage.findings import FindingBlockRow, FindingRow
from app.storage.ids import new_id
from app.storage.organizations import Organization
from app.storage.recommendations import RecommendationRow
from app.storage.rows import value_of
from app.storage.scenarios import ScenarioRow
from app.storage.workspace import Transaction

_MOMENT = timedelta(milliseconds=1)
"""An analysis comes after the one before, whatever the clock says: in this order they tell how things went."""

MANY_GOALS_GONE = 100
"""Goals that are gone which an analysis names; the hardest pushed of them."""


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    """What is to be analysed: a revision, by default the newest, or the document of a scenario; as of a day, by default today; with or
    without recommendations."""

    as_of: date | None = None
    revision: int | None = None
    with_recommendations: bool = True
    scenario: str | None = None


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
    scenario_id: str | None = None

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
            **({} if self.scenario_id is None else {"scenario": self.scenario_id}),
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
    """Analyse a revision of the organization's document, or what a scenario makes of one, and keep what comes of it. No transaction is open
    while the engine computes.

    Raises Missing, and DocumentInvalid, as too large, for a document with more than `most_goals` KPIs and components.
    """
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        if (before := claims.known(tx, caller, once, StoredAnalysis)) is not None:
            return before
        subject = subject_of(tx, row, request)
        asked = Asked(
            subject.raw,
            request.as_of or now.date(),
            sightings.waivers_in_force(tx, row),
            request.with_recommendations,
            rules_in_force.in_force(tx, row),
        )
    computed = compute(asked, most_goals=most_goals)
    rows = _Rows(computed)
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredAnalysis)) is not None:
            return before
        row = existing(tx, caller, organization, locked=True)
        stored = _add(tx, caller, row, subject, asked, rows, now)
        found = sightings_of(rows.findings, computed)
        seen = Sighted(stored.id, subject.revision, asked.as_of, stored.is_current, found)
        _tell(tx, caller, row, stored, sightings.record_sightings(tx, caller, row, seen, now), now)
        claims.keep(tx, caller, once, stored)
        return stored


def get(store: Database, caller: Caller, organization: str, id_: str) -> StoredAnalysis:
    """An analysis in short; raises Missing."""
    with store.reading(caller.workspace) as tx:
        return existing_analysis(tx, existing(tx, caller, organization), id_)


def listed(
    store: Database, caller: Caller, organization: str, wanted: Wanted, *, scenario: str | None = None
) -> Found[StoredAnalysis]:
    """A page of the analyses of the organization's document, or of one of its scenarios; raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        if scenario is not None:
            _scenario(tx, row, scenario)
        return analyses.listed(tx, row, wanted, scenario=scenario).of(lambda found: _stored(row, found))


def existing_analysis(tx: Transaction, organization: Organization, id_: str) -> StoredAnalysis:
    """An analysis of the organization; raises Missing."""
    found = analyses.short(tx, organization, id_)
    if found is None:
        raise Missing("analysis", id_)
    return _stored(organization, found)


class Subject(NamedTuple):
    """What an analysis looks at: a document, and the revision that it is, or that a scenario made it of."""

    revision: int
    raw: Raw
    scenario: str | None = None


def subject_of(tx: Transaction, organization: Organization, request: AnalysisRequest) -> Subject:
    """What is to be analysed. Raises Missing."""
    if request.scenario is not None:
        scenario = _scenario(tx, organization, request.scenario)
        return Subject(scenario.revision, json.loads(scenario.body), scenario.id)
    number = organization.revision if request.revision is None else request.revision
    found = documents.at_revision(tx, organization, number)
    if found is None:
        raise Missing("revision", str(number))
    return Subject(found.number, found.raw)


def document_of(tx: Transaction, organization: Organization, analysis: StoredAnalysis) -> Raw:
    """The document that an analysis looked at."""
    if analysis.scenario_id is not None:
        body = analyses.document(tx, organization, analysis.id)
        assert body is not None
        said: Raw = json.loads(body)
        return said
    found = documents.at_revision(tx, organization, analysis.revision)
    assert found is not None
    return found.raw


class _Rows:
    """All rows of an analysis, made before the transaction begins that writes them."""

    def __init__(self, computed: Computed) -> None:
        self.own = row_of(computed)
        self.blocks = block_rows(computed)
        self.findings = finding_rows(computed)
        self.recommendations = recommendation_rows(computed)


def _scenario(tx: Transaction, organization: Organization, id_: str) -> ScenarioRow:
    found = scenarios.scenario(tx, organization.id, id_)
    if found is None:
        raise Missing("scenario", id_)
    return found


def _add(
    tx: Transaction,
    caller: Caller,
    organization: Organization,
    subject: Subject,
    asked: Asked,
    rows: _Rows,
    now: datetime,
) -> StoredAnalysis:
    """Write every row of the analysis."""
    is_model = subject.scenario is None
    is_current = is_model and organization.revision == subject.revision and asked.as_of == now.date()
    previous = analyses.before(tx, organization, is_current=is_current) if is_model else None
    last = analyses.latest(tx, organization)
    id_, at = new_id("ana", now), now if last is None else max(now, last.created_at + _MOMENT)
    own = {
        **rows.own,
        "id": id_,
        "organization_id": organization.id,
        "created_at": at,
        "actor": caller.actor,
        "revision": subject.revision,
        "scenario_id": subject.scenario,
        "document": None if is_model else json_text(subject.raw).encode(),
        "is_current": is_current,
        "waivers": [grant_as_json(grant) for grant in asked.waivers],
        "with_recommendations": asked.with_recommendations,
        "previous_id": previous.id if previous else None,
        "removed_goals": _removed(previous.goals, rows.own["goals"]) if previous else [],
    }
    tx.add_all(AnalysisRow, [own])
    rules_in_force.keep(tx, organization, id_, asked.rules)
    of = {"organization_id": organization.id, "analysis_id": id_}
    tx.add_all(FindingRow, [{**row, **of} for row in rows.findings])
    tx.add_all(FindingBlockRow, [{**row, **of} for row in rows.blocks])
    tx.add_all(RecommendationRow, [{**row, **of} for row in with_dismissals(tx, organization, rows.recommendations)])
    return existing_analysis(tx, organization, id_)


def _tell(
    tx: Transaction,
    caller: Caller,
    organization: Organization,
    stored: StoredAnalysis,
    counts: Mapping[str, Any],
    now: datetime,
) -> None:
    """Tell the audit events, and the outbox of an analysis of the document itself: who is told of those follows the model."""
    target = f"organizations/{organization.key}/analyses/{stored.id}"
    audit_events.record(tx, caller, at=now, action="analysis.completed", target=target, after=stored.result_hash)
    if stored.scenario_id is not None:
        return
    said = {"organization": organization.key, "analysis": stored.id, "revision": stored.revision, "as_of": stored.as_of}
    found = {"alignment_index": stored.alignment_index, "levels": stored.levels}
    outbox.add(tx, "analysis.completed", {**said, **found, **counts}, now)


def _removed(before: list[Any], after: list[Any]) -> list[dict[str, Any]]:
    """The goals of the analysis before that are gone, as they are kept."""
    gone = goals_gone({GoalKey(*key): pressure for *key, pressure in before}, (GoalKey(*key) for *key, _ in after))
    return [{**one.goal._asdict(), "pressure": one.pressure} for one in gone[:MANY_GOALS_GONE]]


def _stored(organization: Organization, row: Row[Any]) -> StoredAnalysis:
    return value_of(StoredAnalysis, row, organization=organization.key)
