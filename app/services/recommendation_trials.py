"""A recommendation tried out: the document that an analysis looked at beside the same with the change, as people compare scenarios."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.json_patch import apply
from app.domain.terms import Language
from app.services import rules_in_force
from app.services.analyses import document_of, existing_analysis
from app.services.grants import grant_from
from app.services.kept_recommendations import existing_recommendation
from app.services.organizations import existing
from app.services.scenario_comparisons import Side, Sides
from app.storage.database import Database


class Trial(NamedTuple):
    """Both documents, by the waivers and rules of the analysis, and its day."""

    sides: Sides
    as_of: date


def trial(store: Database, caller: Caller, organization: str, analysis_id: str, id_: str, language: Language) -> Trial:
    """What is to be compared to see what a recommendation does. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        analysis = existing_analysis(tx, of, analysis_id)
        found = existing_recommendation(tx, of, analysis_id, id_)
        raw = document_of(tx, of, analysis)
        rules = rules_in_force.kept(tx, of, analysis_id)
    about: dict[str, Any] = {"revision": analysis.revision, "content_hash": analysis.content_hash}
    said = found.bodies.get(language) or next(iter(found.bodies.values()))
    waivers = tuple(grant_from(said) for said in analysis.waivers)
    sides = Sides(Side(about, raw), Side({"revision": analysis.revision}, apply(raw, said["patch"])), waivers, rules)
    return Trial(sides, date.fromisoformat(analysis.as_of))
