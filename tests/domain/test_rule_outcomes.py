"""Every rule says how it came out, fired or not (semantics §6)."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.catalogue.load import catalogue
from app.domain.detection import MOST_NOT_ASSESSABLE, detect
from app.domain.document.checks import document_from
from app.domain.findings import NotAssessable, RuleOutcome, Subject
from app.domain.rulebook import compiled_rules


def outcomes(**governance: Any) -> dict[str, RuleOutcome]:
    """How each rule came out on a company of three departments, two of which are paid on bookings."""
    return _outcomes(3, governance)


def _outcomes(departments: int, governance: dict[str, Any]) -> dict[str, RuleOutcome]:
    known = catalogue()
    document = {
        "concord": 1,
        "organization": {"name": "Acme"},
        "departments": [{"key": f"d{n}", "name": f"Department {n}", "function": "sales"} for n in range(departments)],
        "kpis": [
            {"key": f"k{n}", "department": f"d{n}", "name": "Bookings", "direction": "increase"}
            for n in range(departments)
        ],
        "incentive_plans": [
            {
                "key": f"p{n}",
                "department": f"d{n}",
                "period": "month",
                "target_variable_pay_share": 0.2,
                "components": [{"key": f"c{n}", "kpi": f"k{n}", "weight": 1, "payout": {"kind": kind}}],
            }
            for n, kind in ((0, "linear"), (1, "threshold"))
        ],
        "governance": governance,
    }
    found = detect(document_from(document, known), known, compiled_rules(known), date(2026, 1, 1))
    return {outcome.id: outcome for outcome in found.outcomes}


def test_every_rule_has_an_outcome_whose_rows_add_up():
    """No rule is left out, and each of its rows matched, was clear, or could not be assessed."""
    found = outcomes()

    assert set(found) == set(catalogue().rules)
    assert all(o.rows == o.matched + o.clear + o.not_assessable_rows for o in found.values())


def test_a_rule_counts_the_rows_on_which_it_matched_and_was_clear():
    """One component of two is a cliff, and one has no cap."""
    found = outcomes()

    assert found["INC101"] == RuleOutcome("INC101", 1, "component", rows=2, matched=1, clear=1, not_assessable_rows=0)
    assert found["INC102"] == RuleOutcome("INC102", 3, "component", rows=2, matched=1, clear=1, not_assessable_rows=0)


def test_a_rule_without_rows_says_so():
    """Nothing was looked at, nothing was found."""
    assert _outcomes(2, {})["FLU002"].rows == _outcomes(2, {})["FLU002"].matched == 0


def test_what_is_missing_is_named():
    """Nobody said whether an executive stands behind it."""
    silent, said = outcomes()["GOV102"], outcomes(executive_sponsor=True)["GOV102"]

    assert silent.not_assessable == (NotAssessable((Subject("organization", "organization"),), ("executive_sponsor",)),)
    assert (said.clear, said.not_assessable_rows, said.not_assessable) == (1, 0, ())


def test_the_list_of_what_is_missing_has_an_end_and_its_count_has_none():
    """Sixty departments of which nobody says who approves: all are counted, the first fifty are named."""
    found = _outcomes(60, {})["GOV110"]

    assert found.not_assessable_rows == 60
    assert len(found.not_assessable) == MOST_NOT_ASSESSABLE
