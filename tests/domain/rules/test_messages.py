"""Messages: placeholders are checked, values are written as people write them."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.messages import check_message, fill
from app.domain.terms import Language

COMPONENT = FACT_KINDS["component"]

FILLED: list[tuple[str, dict[str, Any], Language, str]] = [
    ("{plan} pays “{kpi}”", {"plan": "Agent", "kpi": "AHT"}, "en", "Agent pays “AHT”"),
    ("up to {accelerator_max} times", {"accelerator_max": 2.0}, "en", "up to 2 times"),
    ("bis zum {accelerator_max}-Fachen", {"accelerator_max": 1.25}, "de", "bis zum 1,25-Fachen"),
    ("after {late_lag_days} days", {"late_lag_days": 180}, "en", "after 180 days"),
    ("after {late_lag_days} days", {"late_lag_days": None}, "en", "after – days"),
    ("{kpi} is missing", {}, "en", "– is missing"),
    ("{stake} of pay", {"stake": 0.085}, "en", "8.5 % of pay"),
    ("{stake} der Vergütung", {"stake": 0.085}, "de", "8,5 % der Vergütung"),
    ("{stake} of pay", {"stake": 0.0004}, "en", "0.04 % of pay"),
    ("pays {payout_kind}", {"payout_kind": "threshold"}, "en", "pays all or nothing"),
    ("zahlt {payout_kind}", {"payout_kind": "tiered"}, "de", "zahlt in Stufen"),
    ("{has_gate}", {"has_gate": False}, "de", "die Zahlung hat keine Vorbedingung"),
    ("{kpi}", {"kpi": "{plan}", "plan": "x"}, "en", "{plan}"),
    ("{kpi}", {"kpi": "100 % {} {0} %s \\1"}, "en", "100 % {} {0} %s \\1"),
]


@pytest.mark.parametrize(("template", "values", "language", "said"), FILLED)
def test_placeholders_are_filled(template: str, values: dict[str, Any], language: Language, said: str):
    """Numbers in few digits, shares in percent, words of lists in the language; what a name holds is never filled again."""
    assert fill(template, values, COMPONENT, language) == said


def test_subjects_and_fields_may_be_named():
    """Everything that a row can say of itself."""
    everything = " ".join(f"{{{name}}}" for name in (*COMPONENT.subjects, *COMPONENT.fields))

    assert check_message(everything, COMPONENT) == []


def test_a_wrong_placeholder_is_found_with_its_place_and_the_nearest_right_one():
    """The fault is told as in conditions."""
    (problem,) = check_message("Pay of {plann} is high", COMPONENT)

    assert (problem.code, problem.start, problem.end, problem.nearest) == ("unknown_placeholder", 7, 14, "plan")
