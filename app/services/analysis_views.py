"""Views of a stored analysis, as drawings need them: its matrix, its network, its alignment; and its reports."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.defaults import default_outcomes
from app.domain.influence_map import Carried, InfluenceMap, Touched, influence_map
from app.domain.terms import CUSTOMER, Language
from app.domain.verdicts import AuditReport, Beside, each, verdicts_of
from app.reports.canonical_json import NAME as JSON_NAME
from app.reports.canonical_json import chain_as_json, written
from app.reports.formats import Format
from app.reports.reread import analysis_from
from app.services import beside
from app.services.analyses import StoredAnalysis, document_of, existing_analysis
from app.services.beside import Found
from app.services.findings import title
from app.services.kept_results import KeptResult, read_result
from app.services.organizations import existing
from app.services.verdicts import told
from app.storage import findings
from app.storage.database import Database

Json = dict[str, Any]

_CUSTOMERS = {"en": "customers", "de": "Kunden"}


class View(NamedTuple):
    """What is shown, and the analysis that it is of."""

    analysis: StoredAnalysis
    shown: Json


def matrix(store: Database, caller: Caller, organization: str, id_: str, language: Language) -> View:
    """Who works against whom: a row for each department, a column for each and for the customers. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        analysis = existing_analysis(tx, row, id_)
        raw = document_of(tx, row, analysis)
        worst = findings.named(tx, row.id, id_, [cell["worst"] for cell in analysis.matrix])
    departments = _named(raw, "departments")
    cells = [
        {**cell, "level": worst[cell["worst"]].level, "title": title(worst[cell["worst"]].titles, language)}
        for cell in analysis.matrix
    ]
    columns = [*departments, {"key": CUSTOMER, "name": _CUSTOMERS[language]}]
    return View(analysis, {"analysis": id_, "rows": departments, "columns": columns, "cells": cells})


def alignment(store: Database, caller: Caller, organization: str, id_: str, language: Language) -> View:
    """How each department stands to what customers are owed, and how much of that the index looks at. Raises Missing."""
    kept = read_result(store, caller, organization, id_, language)
    names = {one["key"]: one["name"] for one in _named(kept.raw, "departments")}
    departments = [{**one, "name": names.get(one["key"], one["key"])} for one in kept.result["departments"]]
    shown = {
        "analysis": id_,
        "alignment_index": kept.analysis.alignment_index,
        "coverage": kept.analysis.coverage,
        "removed_goals": kept.analysis.removed_goals,
        "outcomes": _outcomes(kept.raw),
        "departments": departments,
    }
    return View(kept.analysis, shown)


def network(store: Database, caller: Caller, organization: str, id_: str, language: Language) -> View:
    """The goals, the movements that they set off, and the influences that carry harm between them. Raises Missing."""
    kept = read_result(store, caller, organization, id_, language)
    analysis = analysis_from(kept.result)
    drawn = influence_map(analysis.goals, each(analysis.findings))
    return View(kept.analysis, {"analysis": id_, **_drawn(drawn, kept.result["goals"])})


def report(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    form: Format,
    language: Language,
    *,
    file: str,
    there: Found | None,
) -> tuple[StoredAnalysis, bytes]:
    """The analysis in a format. `file`: the name of the document's file, for formats that point into it; `there`: what is told beside it.

    Raises Missing.
    """
    kept = read_result(store, caller, organization, id_, language)
    if form.name == JSON_NAME:
        return kept.analysis, written(kept.result)
    said = None if there is None else beside.told(there, kept, language)
    return kept.analysis, told(form, [report_of(kept, file, language, said)], rulebook=kept.rules.book())


def report_of(kept: KeptResult, file: str, language: Language, said: Beside | None = None) -> AuditReport:
    """The analysis as every format takes it; a stored document has no lines."""
    analysis = analysis_from(kept.result)
    return AuditReport(
        file=file,
        analysis=analysis,
        verdicts=verdicts_of(analysis),
        place=lambda _: None,
        notices=analysis.notices,
        as_of=date.fromisoformat(analysis.as_of),
        language=language,
        settings=analysis.settings,
        raw=kept.raw,
        id=kept.analysis.id,
        beside=said,
    )


def _named(raw: Mapping[str, Any], list_: str) -> list[Json]:
    return [{"key": one["key"], "name": one["name"]} for one in raw.get(list_, ())]


def _outcomes(raw: Mapping[str, Any]) -> list[Json]:
    """What customers are owed, with weights that sum to one."""
    said = raw.get("outcomes") or [one.model_dump(mode="json") for one in default_outcomes()]
    whole = math.fsum(one["weight"] for one in said) or 1.0
    ordered = sorted(said, key=lambda one: str(one["key"]))
    return [{"key": one["key"], "name": one["name"], "weight": round(one["weight"] / whole, 4)} for one in ordered]


def _drawn(drawn: InfluenceMap, goals: list[Json]) -> Json:
    return {
        "goals": goals,
        "movements": [_movement(one) for one in drawn.movements],
        "influences": [_influence(one) for one in drawn.influences],
    }


def _movement(touched: Touched) -> Json:
    metric, direction = touched.movement
    return {
        "metric": metric,
        "direction": direction,
        "outcomes": list(touched.outcomes),
        "findings": touched.findings,
    }


def _influence(carried: Carried) -> Json:
    (link,) = chain_as_json([carried.link])
    return {**link, "findings": carried.findings, "severity": carried.severity, "worst": carried.worst}
