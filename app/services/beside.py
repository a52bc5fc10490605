"""What an organization has beside an analysis, for the report of it: assessments, what customers are worth, a business case, the roadmap.

Assessments, case and roadmap are told as they are kept. What customers are worth is computed with the document, day, rules and waivers of
the analysis, so that the report holds together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple, TypeVar

from app.domain.access import Caller
from app.domain.errors import DocumentInvalid, Missing
from app.domain.terms import Language
from app.domain.verdicts import Assessed, Beside
from app.services import assessments, business_cases, customer_assets, knowledge, roadmaps
from app.services.analyses import StoredAnalysis
from app.services.business_cases import StoredBusinessCase
from app.services.customer_assets import CustomerAsset
from app.services.detecting import Standing
from app.services.grants import grant_from
from app.services.kept_assessments import WholeAssessment
from app.services.kept_results import KeptResult
from app.services.roadmaps import Roadmap
from app.storage.database import Database

FORMS = frozenset({"board", "html", "pdf", "xlsx"})
"""Forms of reports that tell it."""

T = TypeVar("T")


class Found(NamedTuple):
    """What there is, as it is kept."""

    assessments: tuple[WholeAssessment, ...]
    customers: CustomerAsset | None
    case: StoredBusinessCase | None
    roadmap: Roadmap | None

    @property
    def tag(self) -> str:
        """What tells the state of all of it from others."""
        states = [
            *(one.short.tag for one in self.assessments),
            *(one.tag for one in (self.customers, self.case, self.roadmap) if one is not None),
        ]
        return hashlib.sha256(" ".join(states).encode()).hexdigest()[:8]


def found(store: Database, caller: Caller, analysis: StoredAnalysis) -> Found:
    """What there is beside an analysis. Raises Missing."""
    org = analysis.organization
    return Found(
        assessments.newest(store, caller, org),
        _if_any(lambda: customer_assets.get(store, caller, org)),
        business_cases.to_tell(store, caller, org, analysis.scenario_id),
        _if_any(lambda: roadmaps.get(store, caller, org)),
    )


def told(there: Found, kept: KeptResult, language: Language) -> Beside:
    """It in a language. Takes as long as an analysis where customers are valued."""
    customers = None if there.customers is None else _customers(there.customers, kept, language)
    return Beside(
        tuple(Assessed(knowledge.instrument(one.short.instrument), one.shown) for one in there.assessments),
        customers,
        there.customers is not None and customers is None,
        None if there.case is None else there.case.shown(language),
        None if there.roadmap is None else there.roadmap.told(language, str),
    )


def _customers(asset: CustomerAsset, kept: KeptResult, language: Language) -> dict[str, object] | None:
    analysis = kept.analysis
    waivers = tuple(grant_from(said) for said in analysis.waivers)
    standing = Standing(kept.raw, analysis.revision, analysis.content_hash, waivers, kept.rules)
    try:
        return customer_assets.valued(replace(asset, standing=standing), language, date.fromisoformat(analysis.as_of))
    except DocumentInvalid:
        return None


def _if_any(get: Callable[[], T]) -> T | None:
    try:
        return get()
    except Missing:
        return None
