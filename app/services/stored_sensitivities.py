"""Sensitivities of stored analyses: how far each stands in samples of strengths, computed once and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.document_checks import document_from
from app.domain.errors import Missing
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.domain.sensitivity import MOST_TRIED, sensitivity
from app.reports.json_robustness import sensitivity_as_json
from app.reports.reread import analysis_from
from app.services.analyses import existing_analysis
from app.services.audits import check_size
from app.services.kept_results import KeptResult, read_result
from app.services.organizations import existing
from app.storage import audit_events, claims, sensitivities
from app.storage.columns import written as json_text
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.sensitivities import SensitivityRow

MOST_SEED = 2**31 - 1
"""The largest seed."""

EACH_RUN = 10
"""Work of a run, in goals, on whatever document."""


@dataclass(frozen=True, slots=True)
class SensitivityRequest:
    """How many samples are drawn, and from which seed."""

    samples: int
    seed: int


@dataclass(frozen=True, slots=True)
class StoredSensitivity:
    """What came of samples for an analysis. `body`: all that was computed, as JSON values, None in lists."""

    organization: str
    id: str
    analysis_id: str
    created_at: datetime
    created_by: str
    samples: int
    seed: int
    body: dict[str, Any] | None = None

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return self.id

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/organizations/{self.organization}/analyses/{self.analysis_id}/sensitivities/{self.id}"

    @property
    def shown(self) -> Mapping[str, Any]:
        """It as the API shows it."""
        return {
            "id": self.id,
            "analysis": self.analysis_id,
            "created_at": written(self.created_at),
            "created_by": self.created_by,
            "samples": self.samples,
            "seed": self.seed,
            **(self.body or {}),
        }


def run(
    store: Database,
    caller: Caller,
    organization: str,
    analysis_id: str,
    request: SensitivityRequest,
    now: datetime,
    *,
    most_goals: int | None = None,
    progress: Callable[[int, int], None] = lambda done, most: None,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredSensitivity:
    """Draw samples for an analysis, and keep what comes of them. No transaction is open while the engine runs.

    Raises Missing, and DocumentInvalid, as too large, for a document with more than `most_goals` KPIs and components.
    """
    with store.reading(caller.workspace) as tx:
        if (before := claims.known(tx, caller, once, StoredSensitivity)) is not None:
            return before
    computed = _computed(read_result(store, caller, organization, analysis_id), request, most_goals, progress)
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredSensitivity)) is not None:
            return before
        of = existing(tx, caller, organization)
        existing_analysis(tx, of, analysis_id)
        row = tx.add(
            SensitivityRow(
                workspace_id=tx.workspace,
                organization_id=of.id,
                id=new_id("sen", now),
                analysis_id=analysis_id,
                created_at=now,
                created_by=caller.actor,
                samples=request.samples,
                seed=request.seed,
                body=json_text(computed).encode(),
            )
        )
        made = _stored(organization, row, computed)
        audit_events.record(tx, caller, at=now, action="sensitivity.completed", target=made.path.removeprefix("/v1/"))
        claims.keep(tx, caller, once, made)
        return made


def work_of(store: Database, caller: Caller, organization: str, analysis_id: str, request: SensitivityRequest) -> int:
    """How much work it is: runs, each as much as the document has goals, and `EACH_RUN` more. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        analysis = existing_analysis(tx, existing(tx, caller, organization), analysis_id)
    tried = min(request.samples, MOST_TRIED) * analysis.recommendation_count
    return (request.samples + tried) * (EACH_RUN + len(analysis.goals))


def get(store: Database, caller: Caller, organization: str, analysis_id: str, id_: str) -> StoredSensitivity:
    """What came of samples for an analysis. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        existing_analysis(tx, of, analysis_id)
        row = sensitivities.sensitivity(tx, of.id, id_)
        if row is None or row.analysis_id != analysis_id:
            raise Missing("sensitivity", id_)
        return _stored(organization, row, json.loads(row.body))


def listed(
    store: Database, caller: Caller, organization: str, analysis_id: str, wanted: Wanted
) -> Found[StoredSensitivity]:
    """A page of what there is for an analysis. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        existing_analysis(tx, of, analysis_id)
        found = sensitivities.listed(tx, of.id, wanted, analysis_id=analysis_id)
        return found.of(lambda row: _stored(organization, row))


def of_organization(store: Database, caller: Caller, organization: str, wanted: Wanted) -> Found[StoredSensitivity]:
    """A page of what there is for all analyses of the organization. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        return sensitivities.listed(tx, of.id, wanted).of(lambda row: _stored(organization, row))


def found(store: Database, caller: Caller, organization: str, id_: str) -> StoredSensitivity:
    """What came of samples for any analysis of the organization. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        row = sensitivities.sensitivity(tx, of.id, id_)
        if row is None:
            raise Missing("sensitivity", id_)
        return _stored(organization, row, json.loads(row.body))


def _computed(
    kept: KeptResult, request: SensitivityRequest, most_goals: int | None, progress: Callable[[int, int], None]
) -> dict[str, Any]:
    from numpy.random import default_rng

    document = document_from(kept.raw, catalogue())
    if most_goals is not None:
        check_size(document, most_goals)
    found = sensitivity(
        document,
        kept.raw,
        analysis_from(kept.result),
        catalogue(),
        kept.rules.book().compiled,
        default_rng(request.seed),
        samples=request.samples,
        progress=progress,
    )
    said = sensitivity_as_json(found, request.seed)
    return {name: value for name, value in said.items() if name not in ("samples", "seed")}


def _stored(organization: str, row: Any, body: dict[str, Any] | None = None) -> StoredSensitivity:
    members = (name for name in StoredSensitivity.__dataclass_fields__ if name not in ("organization", "body"))
    return StoredSensitivity(organization=organization, **{name: getattr(row, name) for name in members}, body=body)
