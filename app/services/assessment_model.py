"""What the model knows of what an instrument asks, at a write: departments, facts, and the recommendations that better an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.detection import detect
from app.domain.document.checks import document_from
from app.domain.instruments import Instrument
from app.domain.pages import Wanted
from app.services.organizations import existing
from app.storage import analyses, documents, recommendations
from app.storage.database import Database

MOST_RECOMMENDATIONS = 200
"""Recommendations of an analysis that are looked through."""


class Model(NamedTuple):
    """What the model knows at a write: the departments, the facts of the organization, and what the newest analysis recommends."""

    revision: int
    departments: tuple[str, ...]
    facts: dict[str, Any]
    analysis: str | None
    recommendations: list[dict[str, Any]]


def model_of(store: Database, caller: Caller, organization: str, instrument: Instrument, as_of: date) -> Model:
    """What the document as it stands, and its newest analysis, know of what the instrument asks. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        stored = documents.standing(tx, of)
        analysis = analyses.latest_id(tx, of)
        remedies = {remedy for question in instrument.questions() for remedy in question.remedies}
        wanted = Wanted(limit=MOST_RECOMMENDATIONS, filters={"remedy": tuple(sorted(remedies))})
        found = recommendations.listed(tx, of.id, analysis, wanted).items if analysis and remedies else ()
    departments = tuple(one["key"] for one in stored.raw.get("departments", ()))
    told = [
        {
            "id": one.id,
            "remedy": one.remedy,
            "titles": {language: body["title"] for language, body in one.bodies.items()},
        }
        for one in found
    ]
    return Model(stored.number, departments, _facts(stored.raw, instrument, as_of), analysis, told)


def _facts(raw: Mapping[str, Any], instrument: Instrument, as_of: date) -> dict[str, Any]:
    rules = [question.fact for question in instrument.questions() if question.fact is not None]
    names = {name for rule in rules for name in (*rule.fields, *filter(None, [rule.per]))}
    if not names:
        return {}
    tables = detect(document_from(raw, catalogue()), catalogue(), (), as_of).tables
    row = next(iter(tables.get("organization", ())))
    return {name: row.values.get(name) for name in sorted(names)}
