"""How far a stored analysis can be relied on: which influences decide a finding, where to cut, what may be at stake.

Computed from the document, day, waivers and rules that the analysis pins, with what Concord knows today; nothing is stored.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.cuts import find_cut
from app.domain.deciding import deciders_of_finding
from app.domain.detection import Detection, detect
from app.domain.document import Document
from app.domain.document.checks import document_from
from app.domain.errors import Missing, Unknown
from app.domain.map_runs import MapRuns
from app.domain.terms import Language
from app.domain.value_at_stake import value_at_stake
from app.domain.value_words import tell_assumptions, tell_lacking
from app.reports.json_robustness import cut_as_json, deciders_as_json, value_as_json
from app.services.kept_results import KeptResult, read_result
from app.storage.database import Database

Json = dict[str, Any]


class Seen(NamedTuple):
    """A stored analysis with its document, detected again."""

    kept: KeptResult
    document: Document
    as_of: date
    detection: Detection


def deciders(
    store: Database, caller: Caller, organization: str, id_: str, fingerprint: str, language: Language
) -> Json:
    """The influences behind a finding of an analysis, and what changes without each. Raises Missing."""
    seen = detected(store, caller, organization, id_, language)
    runs = MapRuns(seen.detection, seen.kept.rules.book().compiled, seen.as_of)
    try:
        found = deciders_of_finding(seen.detection, runs, fingerprint, language)
    except Unknown:
        raise Missing("finding", fingerprint) from None
    return {"analysis": id_, **deciders_as_json([fingerprint], found)}


def cut(store: Database, caller: Caller, organization: str, id_: str, source: str, target: str) -> Json:
    """The smallest cut between two departments, or one and the customers. Raises Missing, and Unknown for a department."""
    seen = detected(store, caller, organization, id_)
    return {"analysis": id_, **cut_as_json(find_cut(seen.detection, source, target))}


def value(store: Database, caller: Caller, organization: str, id_: str, language: Language) -> Json:
    """What the open conflicts of an analysis with outcomes may cost. Raises Missing."""
    seen = detected(store, caller, organization, id_, language)
    waived = {one["fingerprint"] for one in seen.kept.result["waived"]}
    found = value_at_stake(seen.detection, waived)
    assumptions = tell_assumptions(found, seen.document, language)
    return {
        "analysis": id_,
        **value_as_json(found, assumptions, tell_lacking(found.lacking, seen.document, language)),
    }


def detected(store: Database, caller: Caller, organization: str, id_: str, language: Language | None = None) -> Seen:
    """An analysis, and what is found again in its document. Raises Missing, and DocumentInvalid where the catalogue of today refuses it."""
    kept = read_result(store, caller, organization, id_, language)
    document, as_of = document_from(kept.raw, catalogue()), date.fromisoformat(kept.analysis.as_of)
    return Seen(kept, document, as_of, detect(document, catalogue(), kept.rules.book().compiled, as_of))
