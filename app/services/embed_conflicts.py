"""Conflicts as embeds show them: a list of those that matter, or one with its chain, what it rests on and what would clear it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.conflict_states import STATUSES
from app.domain.findings import Finding
from app.domain.pages import Wanted
from app.domain.parameters import parameters
from app.domain.rulebook import compiled_rules
from app.domain.severity_steps import severity_steps, tell_steps
from app.domain.terms import CUSTOMER, Language
from app.reports.reread import finding_from
from app.reports.text_names import FAMILY, Names
from app.reports.text_words import Words
from app.services import conflicts as stored
from app.services import findings
from app.services.analyses import StoredAnalysis
from app.services.embed_recommendations import addressing
from app.services.embed_titles import title_of
from app.services.embed_wish import Wish
from app.services.kept_results import read_result
from app.storage.database import Database

Json = dict[str, Any]

MOST = 20
"""Conflicts that a list shows, the worst."""

STANDING = tuple(status for status in STATUSES if status not in ("resolved", "waived"))
"""How conflicts stand that somebody has to look at."""

_LISTED = (
    "fingerprint", "title", "kind", "level", "severity", "confidence", "status", "departments", "outcome",
    "first_seen_at", "last_seen_at",
)  # fmt: skip


def conflicts(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis, most: int = MOST) -> Json:
    """The conflicts that meet the filters, the worst first; those that stand unless others are asked for."""
    filters: dict[str, tuple[Any, ...]] = {
        name: tuple(values) for name, values in wish.filters.items() if name != "analysis"
    }
    filters.setdefault("status", STANDING)
    found = stored.listed(store, caller, wish.organization, Wanted(limit=most, filters=filters, counted=True))
    called = _departments(_raw(store, caller, wish, analysis))
    items = [_listed(one.told(wish.language), called, wish) for one in found.items]
    return {"items": items, "total": found.total, "filters": {name: list(values) for name, values in filters.items()}}


def conflict(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis) -> Json:
    """One conflict as the last analysis told it that saw it. Raises Missing."""
    fingerprint = str(wish.filters["fingerprint"])
    standing = stored.get(store, caller, wish.organization, fingerprint)
    of, said = findings.get(store, caller, wish.organization, standing.last_analysis, fingerprint, wish.language)
    finding, raw = finding_from(said), _raw(store, caller, wish, of)
    names = Names(Words(wish.language), raw, catalogue())
    pay = {"explanation": said.get("explanation", ""), "arithmetic": _arithmetic(finding, of, wish.language)}
    return {
        "conflict": _listed(standing.told(wish.language), _departments(raw), wish),
        "source": _source(finding, names),
        "target": _target(finding, names),
        "parties": names.parties(finding),
        "contested": finding.contested,
        "stops": _stops(finding, names),
        "steps": [_step(link) for link in said["chain"]],
        "citations": said["citations"],
        "recommendations": addressing(store, caller, wish, of, fingerprint),
        **(pay if wish.with_pay else {}),
    }


def _arithmetic(finding: Finding, analysis: StoredAnalysis, language: Language) -> list[str]:
    """How the severity came about, step by step; nothing where its rule is no longer there."""
    rule = {one.rule.id: one.rule for one in compiled_rules(catalogue())}.get(finding.rule)
    if rule is None:
        return []
    return list(tell_steps(severity_steps(finding, rule, parameters(analysis.parameters)), language))


def _listed(said: Mapping[str, Any], called: Mapping[str, str], wish: Wish) -> Json:
    """What a list shows, with the names of departments."""
    kept = {name: said[name] for name in _LISTED if name in said}
    customers = Words(wish.language)("customers")
    departments = [
        {"key": key, "name": customers if key == CUSTOMER else called.get(key, key)} for key in said["departments"]
    ]
    return {**kept, "title": title_of(said, wish), "departments": departments}


def _source(finding: Finding, names: Names) -> Json:
    """Whose goal pushes."""
    subject = next((one for one in finding.subjects if one.role == "source" and one.kind == "kpi"), None)
    named = subject or next((one for one in finding.subjects if one.role == "source"), None)
    department = names.department(finding.departments[0]) if finding.departments else ""
    return {"department": department, "name": names.subject(named) if named else ""}


def _target(finding: Finding, names: Names) -> Json:
    """What suffers, and whose it is."""
    named = next((one for one in finding.subjects if one.role == "target"), None)
    if finding.kind == "outcome_conflict":
        department = names.department(CUSTOMER)
    else:
        department = names.department(finding.departments[-1]) if finding.departments else ""
    return {"department": department, "name": names.subject(named) if named else ""}


def _stops(finding: Finding, names: Names) -> list[Json]:
    """What the chain passes, by name; levers and families only are there."""
    if not finding.chain:
        return []
    movements = [finding.chain[0].source, *(link.target for link in finding.chain)]
    return [
        {
            "name": names.metric(one.metric),
            **({} if one.metric.startswith(("lever.", FAMILY)) else {"direction": one.direction}),
        }
        for one in movements
    ]


def _step(link: Mapping[str, Any]) -> Json:
    optional = {name: link[name] for name in ("contested", "when") if link.get(name)}
    kept = {name: link[name] for name in ("strength", "lag_days", "evidence", "citations", "mechanism")}
    return {**kept, **optional}


def _departments(raw: Mapping[str, Any]) -> dict[str, str]:
    return {one["key"]: one["name"] for one in raw.get("departments", ())}


def _raw(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis) -> Mapping[str, Any]:
    """The document that the analysis looked at."""
    return read_result(store, caller, wish.organization, analysis.id, wish.language).raw
