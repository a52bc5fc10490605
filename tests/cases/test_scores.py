"""The figures on the labelled companies, held to floors; docs/contributing/scores.md has the table and its history."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from app.catalogue.load import catalogue
from app.domain.detection import Detection, detect, resolve_names
from app.domain.document_checks import document_from
from app.domain.findings import Resolution
from app.domain.rulebook import compiled_rules
from tests.cases import score
from tests.cases.audits import AS_OF, FOLDER, companies, labels, scored, scored_names

AT_LEAST = {
    "must_recall": 0.87,
    "recall": 0.73,
    "recall_any_level": 0.86,
    "top_in_3": 0.78,
    "remedy_in_5": 0.85,
    "structural_must_recall": 0.82,
    "severity_concordance": 0.72,
    "controls_without_serious": 0.77,
}
AT_MOST = {"false_alarm_rate": 0.11, "structural_false_alarms": 0.14, "median_findings": 12}
ROUNDING = 0.011


@pytest.mark.slow
def test_companies_with_an_experts_metrics_are_judged_as_an_analyst_would():
    """With names pinned, reasoning alone: what must be found is found, what must not be reported is not."""
    figures, _ = scored(pinned=True)

    assert {k: figures[k] for k in AT_LEAST if figures[k] < AT_LEAST[k]} == {}
    assert {k: figures[k] for k in AT_MOST if figures[k] > AT_MOST[k]} == {}


@pytest.mark.slow
def test_companies_are_judged_from_names_as_people_write_them():
    """Without pins most names are understood, hardly one wrongly, and most conflicts are still found."""
    figures, _ = scored(pinned=False, recommendations=False)

    assert figures["must_recall"] >= 0.6
    assert figures["names_right"] >= 0.7
    assert figures["names_wrong"] <= 0.08


def test_names_that_stand_alone_are_understood():
    """Names without a company around them, with a function, unit and direction where a person would give them."""
    shares = scored_names("kpi_names.json")

    assert shares["right"] >= 0.75
    assert shares["wrong"] <= 0.06


@pytest.mark.parametrize("stem", sorted(companies()))
def test_severities_equal_those_of_the_reference(stem: str):
    """On the same mapping of names the severity of every pair is the reference's, or departs for a reason on record."""
    found = _severities(_as_the_expert_reads(stem))

    expected: dict[str, float] = json.loads((FOLDER / "severities.json").read_text())[stem]["conflicts"]
    departures = yaml.safe_load((FOLDER / "departures.yaml").read_text()).get(stem, {})
    expected |= {pair: departure["ours"] or 0.0 for pair, departure in departures.items()}
    pairs = expected.keys() | found.keys()
    differing = {
        p: (expected.get(p), found.get(p)) for p in pairs if abs(expected.get(p, 0) - found.get(p, 0)) > ROUNDING
    }
    assert differing == {}


def _as_the_expert_reads(stem: str) -> Detection:
    """A detection in which every name means what the expert says, or nothing but its family."""
    raw = score.document(companies()[stem], labels().get(stem))
    document = document_from(raw, catalogue())
    known = resolve_names(document, catalogue())
    unknown = {k: _unresolved(r) for k, r in known.items() if r.method != "pinned"}
    return detect(document, catalogue(), compiled_rules(catalogue()), AS_OF, {**known, **unknown})


def _unresolved(resolution: Resolution) -> Resolution:
    return Resolution(resolution.name, None, False, None, 0.0, "unresolved")


def _severities(detection: Detection) -> dict[str, Any]:
    conflicts = {
        id(m.conflict): m.conflict
        for m in detection.matches
        if m.conflict and m.rule.rule.fact_kind.startswith("goal_")
    }
    return {" ".join(sorted((c.goal.item.key, c.target.item.key))): round(c.severity, 2) for c in conflicts.values()}
