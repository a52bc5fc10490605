"""Findings of stored analyses: a page of them, or one in full."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal

from sqlalchemy import Row

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.citations import reference
from app.domain.errors import Missing
from app.domain.pages import Found, Wanted
from app.domain.terms import Language
from app.services.analyses import StoredAnalysis, existing_analysis
from app.services.kept_results import read_lines
from app.services.organizations import existing
from app.storage import findings
from app.storage.database import Database

Json = dict[str, Any]
Part = Literal["explanation", "chain", "conditions", "remedies", "citations"]
"""What lists show of findings where it is asked for."""

_MEMBERS: Mapping[Part, tuple[str, ...]] = {
    "explanation": ("explanation",),
    "chain": ("chain", "help"),
    "conditions": ("conditions", "facts"),
    "remedies": ("remedies",),
    "citations": ("references",),
}


def listed(
    store: Database,
    caller: Caller,
    organization: str,
    analysis_id: str,
    wanted: Wanted,
    language: Language,
    include: Collection[Part] = (),
) -> Found[Mapping[str, Any]]:
    """A page of the findings of an analysis, the worst first unless another order is asked for. Raises Missing, PlaceLost."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        analysis = existing_analysis(tx, row, analysis_id)
        found = findings.listed(tx, row.id, analysis_id, wanted)
        if not include:
            return found.of(lambda one: _shown(one, {}, (), language))
        entries = read_lines(tx, row.id, analysis, [one.line for one in found.items], language)
    return found.of(lambda one: _shown(one, entries, include, language))


def get(
    store: Database, caller: Caller, organization: str, analysis_id: str, fingerprint: str, language: Language
) -> tuple[StoredAnalysis, Json]:
    """A finding of an analysis in full, with those that it folds. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        analysis = existing_analysis(tx, row, analysis_id)
        found = findings.one(tx, row.id, analysis_id, fingerprint)
        if found is None:
            raise Missing("finding", fingerprint)
        entries = read_lines(tx, row.id, analysis, [found.line], language)
    said = _itself(found, entries)
    folded = {} if found.folded_under is None else {"folded_under": found.folded_under}
    return analysis, {**said, **folded, "citations": cited(said, language)}


def cited(finding: Mapping[str, Any], language: Language) -> list[Json]:
    """The sources that a finding's chain and rule rest on, each with its full reference; what the catalogue no longer knows by id alone."""
    known = catalogue().citations
    named = [one for link in finding["chain"] for one in link["citations"]] + finding.get("references", [])
    ids = dict.fromkeys(one.partition("#")[0] for one in named)
    return [
        {"id": id_, "status": known[id_].status, "reference": reference(known[id_], language)}
        if id_ in known
        else {"id": id_}
        for id_ in ids
    ]


def title(titles: Mapping[str, str], language: Language) -> str:
    """The title in a language, or in the first that it was told in."""
    return titles.get(language) or next(iter(titles.values()))


def _shown(
    row: Row[Any], entries: Mapping[int, Json], include: Collection[Part], language: Language
) -> Mapping[str, Any]:
    short = _short(row, language)
    return {**short, **_parts(_itself(row, entries), include, language)} if include else short


def _short(row: Row[Any], language: Language) -> Json:
    said = {
        "fingerprint": row.fingerprint,
        "kind": row.kind,
        "rule": row.rule,
        "flaw": row.flaw,
        "level": row.level,
        "severity": row.severity,
        "confidence": row.confidence,
        "subjects": row.subjects,
        "departments": row.departments,
        "outcome": row.outcome,
        "title": title(row.titles, language),
        "status": row.status,
        "folded_under": row.folded_under,
    }
    return {name: value for name, value in said.items() if value is not None}


def _itself(row: Row[Any], entries: Mapping[int, Json]) -> Json:
    """The finding in full: the entry that it stands in, or one of those folded there."""
    entry = entries[row.line]
    return next(one for one in (entry, *entry["also"]) if one["fingerprint"] == row.fingerprint)


def _parts(said: Json, include: Iterable[Part], language: Language) -> Json:
    found = {name: said[name] for part in include for name in _MEMBERS[part] if name in said}
    return {**found, "citations": cited(said, language)} if "citations" in include else found
