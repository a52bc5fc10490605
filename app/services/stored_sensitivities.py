"""Sensitivities of stored analyses: how far each stands in samples of strengths, computed once and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.document.checks import document_from
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.domain.sensitivity import MOST_TRIED, sensitivity
from app.reports.json_robustness import sensitivity_as_json
from app.reports.reread import analysis_from
from app.services import computations
from app.services.analyses import existing_analysis
from app.services.audits import check_size
from app.services.computations import Computation, Kind
from app.services.kept_results import KeptResult, read_result
from app.services.organizations import existing
from app.storage import sensitivities
from app.storage.database import Database

MOST_SEED = 2**31 - 1
"""The largest seed."""

EACH_RUN = 10
"""Work of a run, in goals, on whatever document."""


@dataclass(frozen=True, slots=True)
class SensitivityRequest:
    """How many samples are drawn, and from which seed."""

    samples: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSensitivity(Computation):
    """What came of samples for an analysis."""

    analysis_id: str
    samples: int
    seed: int

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


SENSITIVITIES = Kind(
    StoredSensitivity,
    sensitivities.LISTING,
    "sensitivity",
    "sen",
    "sensitivity.completed",
    "analysis_id",
    existing_analysis,
)


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

    def compute() -> Mapping[str, Any]:
        kept = read_result(store, caller, organization, analysis_id)
        return {
            "samples": request.samples,
            "seed": request.seed,
            "body": _computed(kept, request, most_goals, progress),
        }

    return computations.run(
        store, caller, SENSITIVITIES, organization, analysis_id, compute, now, once=once, dry_run=dry_run
    )


def work_of(store: Database, caller: Caller, organization: str, analysis_id: str, request: SensitivityRequest) -> int:
    """How much work it is: runs, each as much as the document has goals, and `EACH_RUN` more. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        analysis = existing_analysis(tx, existing(tx, caller, organization), analysis_id)
    tried = min(request.samples, MOST_TRIED) * analysis.recommendation_count
    return (request.samples + tried) * (EACH_RUN + len(analysis.goals))


def get(
    store: Database, caller: Caller, organization: str, id_: str, *, analysis: str | None = None
) -> StoredSensitivity:
    """What came of samples for an analysis, or for any of the organization. Raises Missing."""
    return computations.get(store, caller, SENSITIVITIES, organization, id_, about=analysis)


def listed(
    store: Database, caller: Caller, organization: str, wanted: Wanted, *, analysis: str | None = None
) -> Found[StoredSensitivity]:
    """A page of what there is for an analysis, or for all of the organization. Raises Missing."""
    return computations.listed(store, caller, SENSITIVITIES, organization, wanted, about=analysis)


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
