"""The figures on the labelled companies, held to floors; docs/contributing/scores.md has the table and its history."""

from __future__ import annotations

import pytest

from tests.cases.audits import scored, scored_names

AT_LEAST = {
    "must_recall": 0.92,
    "recall": 0.86,
    "recall_any_level": 0.91,
    "top_in_3": 0.89,
    "remedy_in_5": 0.85,
    "structural_must_recall": 0.84,
    "severity_concordance": 0.72,
    "controls_without_serious": 0.77,
}
AT_MOST = {"false_alarm_rate": 0.075, "structural_false_alarms": 0.1, "median_findings": 12}


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

    assert figures["must_recall"] >= 0.76
    assert figures["false_alarm_rate"] <= 0.11
    assert figures["names_right"] >= 0.79
    assert figures["names_wrong"] <= 0.04


@pytest.mark.slow
def test_names_that_stand_alone_are_understood():
    """Names without a company around them, with a function, unit and direction where a person would give them."""
    shares = scored_names("kpi_names.json")

    assert shares["right"] >= 0.94
    assert shares["wrong"] <= 0.03
