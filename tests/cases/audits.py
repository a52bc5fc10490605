"""The labelled companies through the engine, in this process; the scorer's own functions judge them."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.domain.names.resolve import Resolver
from app.reports.canonical_json import as_json
from tests.cases import score

FOLDER = Path(__file__).parent
AS_OF = date(2026, 1, 1)

Figures = dict[str, Any]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast as the one in Python, where the library has it."""


@lru_cache(maxsize=1)
def companies() -> dict[str, dict[str, Any]]:
    """Stem → case."""
    return {path.stem: yaml.load(path.read_text(), _Loader) for path in sorted((FOLDER / "companies").glob("*.yaml"))}


@lru_cache(maxsize=1)
def labels() -> dict[str, dict[str, Any]]:
    """Stem → key of a KPI or outcome → an expert's label of its name."""
    found: dict[str, dict[str, Any]] = json.loads((FOLDER / "names.json").read_text())
    return found


@lru_cache(maxsize=4)
def scored(pinned: bool, scope: str = "", recommendations: bool = True) -> tuple[Figures, dict[str, Any]]:
    """The figures over all companies, or those of one scope, and the scores by company; `pinned`: with the expert's metrics."""
    results, named = {}, []
    for stem, case in companies().items():
        if scope and case["case"].get("scope", "core") != scope:
            continue
        raw = score.document(case, labels().get(stem) if pinned else None)
        document = document_from(raw, catalogue())
        analysis = as_json(analyse(document, catalogue(), as_of=AS_OF, raw=raw, with_recommendations=recommendations))
        results[stem] = (case, score.score_case(case, analysis))
        named += score.score_names(analysis, labels().get(stem) or {})
    return score.figures_of(results, named), results


@lru_cache(maxsize=4)
def scored_names(file: str) -> dict[str, float]:
    """Verdict (right, wrong, missed) → its share over the names of a file that stand alone."""
    entries = json.loads((FOLDER / file).read_text())
    resolver = Resolver(catalogue())
    verdicts = []
    for entry in entries:
        answer = resolver.resolve(
            entry["name"], function=entry.get("function"), unit=entry.get("unit"), direction=entry.get("direction")
        )
        given = {"method": answer.method, "metric": answer.metric, "inverted": answer.inverted}
        verdicts.append(score.judge_name(entry, given))
    return {v: round(verdicts.count(v) / len(verdicts), 3) for v in ("right", "wrong", "missed")}
