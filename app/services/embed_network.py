"""The influences behind the findings of an analysis, by name: what the network is drawn from."""

from __future__ import annotations

from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.influence_map import influence_map
from app.domain.parameters import parameters
from app.domain.terms import Language, Movement
from app.domain.verdicts import each
from app.reports.reread import analysis_from
from app.reports.text_names import Names
from app.reports.text_words import Words
from app.services.kept_results import read_result
from app.storage.database import Database

Json = dict[str, Any]


def network(store: Database, caller: Caller, organization: str, id_: str, language: Language) -> Json:
    """Every influence that carries harm, with its ends by id, the worst severity over it and that one's level. Raises Missing."""
    kept = read_result(store, caller, organization, id_, language)
    analysis = analysis_from(kept.result)
    bounds, names = parameters(kept.analysis.parameters), Names(Words(language), kept.raw, catalogue())
    carried = influence_map(analysis.goals, each(analysis.findings)).influences
    ends = {end for one in carried for end in (one.link.source, one.link.target)}
    return {
        "names": {_id(end): names.movement(end) for end in sorted(ends)},
        "influences": [
            {
                "from": _id(one.link.source),
                "to": _id(one.link.target),
                "severity": one.severity,
                "level": bounds.level(one.severity),
            }
            for one in carried
        ],
    }


def _id(movement: Movement) -> str:
    return f"{movement.metric}:{movement.direction}"
