"""Examples for the OpenAPI document: exchanges that really happen, so that they cannot be wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.domain.analysis import ENGINE_VERSION
from app.exchange.read import read
from app.reports.canonical_json import as_json, resolution_as_json
from app.reports.formats import Format, formats
from app.routers.citations import CITATIONS
from app.routers.fact_kinds import FACT_KINDS
from app.routers.families import FAMILIES
from app.routers.front import LINKS
from app.routers.influences import INFLUENCES
from app.routers.instruments import INSTRUMENTS
from app.routers.levers import LEVERS
from app.routers.metrics import METRICS
from app.routers.remedies import REMEDIES
from app.routers.rule_clauses import implemented
from app.routers.rule_packs import RULE_PACKS
from app.routers.rule_pages import described as rule_described
from app.routers.rules import RULES
from app.services import audits, knowledge, names, rule_sets
from app.services.rule_texts import rule_text
from app.services.schemas import schema
from app.services.verdicts import reported, told
from app.services.written_names import written_names
from app.web.body import JSON, MERGE_PATCH, YAML
from app.web.lists import Collection
from app.web.negotiation import HTML
from app.web.openapi import Example
from app.web.problem_types import VALIDATION

BASE = "http://localhost:8000"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C is ten times as fast, and the same; where libyaml is missing the one in Python stands in."""

DOCUMENT = """\
concord: 1
organization: {name: Acme Telecom}
departments:
  - {key: service, name: Customer Service, function: service, headcount: 300}
outcomes:
  - {key: resolution, name: First contact resolution, direction: increase, weight: 1}
kpis:
  - {key: aht, department: service, name: Average handling time, direction: decrease, weight: 1}
incentive_plans:
  - key: agents
    department: service
    period: month
    target_variable_pay_share: 0.15
    components:
      - {key: agents-aht, kpi: aht, weight: 1, payout: {kind: threshold, threshold: 0.9}}
"""

NAMES = {"names": [{"name": "Avg. handling time (AHT)", "function": "service"}, {"name": "Kundenzufriedenheit"}]}

OWN_RULES = {
    "rules": [
        {
            "id": "ACM101",
            "name": "steep-accelerator",
            "pack": "acme",
            "version": 1,
            "fact_kind": "component",
            "finding": "incentive_flaw",
            "flaw": "accelerator_without_gate",
            "base": 90,
            "condition": "accelerator_max > 2 && !has_gate",
            "title": {"en": "A steep accelerator", "de": "Ein steiler Beschleuniger"},
            "message": {
                "en": "{component} pays up to {accelerator_max} times",
                "de": "{component} zahlt bis zum {accelerator_max}-Fachen",
            },
            "rationale": "Nobody here is paid more than double without a gate.",
            "rationale_de": "Niemand wird hier ohne Vorbedingung mehr als doppelt bezahlt.",
            "examples": {
                "silent": [
                    {"because": "a gate", "facts": {"accelerator_max": 3.0, "has_gate": True}},
                    {"because": "double only", "facts": {"accelerator_max": 2.0, "has_gate": False}},
                ],
                "matches": [
                    {"because": "triple", "facts": {"accelerator_max": 3.0, "has_gate": False}},
                    {"because": "fourfold", "facts": {"accelerator_max": 4.0, "has_gate": False}},
                ],
            },
        }
    ]
}

_COLLECTIONS: tuple[tuple[Collection, str, str, str], ...] = (
    (METRICS, "list_metrics", "get_metric", "metric_id"),
    (LEVERS, "list_levers", "get_lever", "lever_id"),
    (FAMILIES, "list_families", "get_family", "family_id"),
    (INFLUENCES, "list_influences", "get_influence", "influence_id"),
    (CITATIONS, "list_citations", "get_citation", "citation_id"),
    (RULES, "list_rules", "get_rule", "rule_id"),
    (RULE_PACKS, "list_rule_packs", "get_rule_pack", "pack_id"),
    (REMEDIES, "list_remedies", "get_remedy", "remedy_id"),
    (FACT_KINDS, "list_fact_kinds", "get_fact_kind", "fact_kind_id"),
    (INSTRUMENTS, "list_instruments", "get_instrument", "instrument_id"),
)


def examples() -> Mapping[str, Example]:
    """Operation id → an example."""
    audited = _audited()
    stored = {
        id_: replace(one, forms=audited.forms) if id_ in _REPORTS else one for id_, one in stored_examples().items()
    }
    return {"audit_document": audited, **_computed(), **_of_collections(), **_of_the_service(), **stored}


@cache
def stored_examples() -> Mapping[str, Example]:
    """Operation id → an example, for what is stored: written down, since ids and instants never come twice; tests replay them."""
    found = {}
    for file in sorted(Path(__file__).with_name("stored_examples").glob("*.yaml")):
        for operation, noted in yaml.load(file.read_text(encoding="utf-8"), _Loader).items():
            answer = noted.get("answer")
            forms = {} if answer is None else {YAML: yaml.safe_dump(answer, sort_keys=False, allow_unicode=True)}
            found[operation] = Example(answer, body=_bodies(noted), path=noted.get("path"), forms=forms)
    return found


def _bodies(noted: Mapping[str, Any]) -> Mapping[str, Any]:
    """Media type → body; `bodies` names those that say it in another way."""
    body = noted.get("body")
    written = yaml.safe_dump(body, sort_keys=False, allow_unicode=True)
    same = {} if body is None else {JSON: body, MERGE_PATCH: body, YAML: written}
    return {**same, **noted.get("bodies", {})}


_REPORTS = ("get_analysis", "get_analysis_report")
"""Operations that answer with a report in any form."""

_FIRST_LINES = 8
_BYTES = "…"
"""What stands for bytes."""


def _audited() -> Example:
    """An audit, in every form."""
    source = read(DOCUMENT.encode(), "company.yaml", "yaml")
    analysis = audits.audit(source, as_of=date(2026, 11, 22))
    report = reported("company.yaml", source, analysis)
    forms = {
        form.media_type: _in_short(form, told(form, [report]).decode()) if form.is_text else _BYTES
        for form in formats().values()
    }
    return Example(
        answer=_shortened(as_json(analysis), 1),
        body={JSON: source.raw, YAML: DOCUMENT},
        summary="shortened: one entry of each list, the first lines",
        forms={media_type: said for media_type, said in forms.items() if media_type not in (JSON, HTML)},
    )


def _in_short(form: Format, text: str) -> Any:
    if form.media_type.endswith("+json"):
        return _shortened(json.loads(text), 1)
    lines = text.splitlines()
    return "\n".join([*lines[:_FIRST_LINES], *(["…"] if len(lines) > _FIRST_LINES else [])])


def _computed() -> Mapping[str, Example]:
    resolutions = names.resolve(written_names(NAMES))
    return {
        "resolve_names": Example(
            answer={"items": [_shortened(resolution_as_json(resolution), 1) for resolution in resolutions]},
            body={JSON: NAMES, YAML: yaml.safe_dump(NAMES, sort_keys=False, allow_unicode=True)},
        ),
        "analyse_rules": Example(
            answer=rule_sets.analyse(rule_sets.written(OWN_RULES), date(2026, 11, 22)).as_json("en"),
            body={JSON: OWN_RULES, YAML: yaml.safe_dump(OWN_RULES, sort_keys=False, allow_unicode=True)},
        ),
    }


def _of_collections() -> Mapping[str, Example]:
    found = {}
    for collection, list_id, get_id, name in _COLLECTIONS:
        if not collection.items:
            continue
        first = _shortened(collection.items[0], 2)
        address = BASE + collection.path
        page = {"items": [collection.shown(first)], "self": f"{address}?limit=1", "first": f"{address}?limit=1"}
        found[list_id] = Example(page)
        found[get_id] = Example(first, path={name: first["id"]})
    return found


def _of_the_service() -> Mapping[str, Example]:
    described = {
        "type": f"{BASE}/problems/{VALIDATION.slug}",
        "slug": VALIDATION.slug,
        "status": VALIDATION.status,
        **{member: getattr(VALIDATION, member).en for member in ("title", "meaning", "cause", "remedy")},
    }
    rule = knowledge.rule("GOV107")
    links = {name: BASE + path for name, path in LINKS.items()}
    return {
        "get_schema": Example(dict(schema("rule")), path={"file": "rule.json"}),
        "list_problem_types": Example({"items": [described]}),
        "get_problem_type": Example(described, path={"slug": VALIDATION.slug}),
        "list_rule_pages": Example(
            {
                "items": [
                    {"id": rule.id, "pack": rule.pack, "title": rule.title["en"], "address": f"{BASE}/rules/{rule.id}"}
                ]
            }
        ),
        "get_rule_page": Example(_shortened(rule_described(rule_text(rule, "en")), 1), path={"rule_id": rule.id}),
        "get_rule_pack_implements": Example(
            _shortened(implemented("incentive-design"), 1), path={"built_in_id": "incentive-design"}
        ),
        "get_health": Example({"status": "ok"}),
        "get_readiness": Example({"status": "ready", "catalogue": knowledge.version()}),
        "get_front": Example({"name": "Concord", "version": ENGINE_VERSION, "links": links}),
        "get_openapi": Example(
            {"openapi": "3.1.0", "info": {"title": "Concord", "version": ENGINE_VERSION}, "paths": {}}
        ),
        "get_docs": Example(),
    }


def _shortened(value: Any, most: int) -> Any:
    """The same with so many entries of each list: one where it is computed, so that an example changes only when what it shows does."""
    if isinstance(value, Mapping):
        return {name: _shortened(member, most) for name, member in value.items()}
    return [_shortened(one, most) for one in value[:most]] if isinstance(value, list) else value
