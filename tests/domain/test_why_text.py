"""The answer to why, or why not, as lines that can be read aloud."""

from __future__ import annotations

from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.catalogue.load import catalogue
from app.domain.parameters import parameters
from app.domain.severity_steps import severity_steps, tell_steps
from app.domain.terms import Language
from app.domain.why import why
from app.domain.why_text import tell_why
from tests.domain.told import CHURN, SALES, SERVICE, TRUST, a_company, a_kpi, a_plan, detected, of_rule, told

COMPANIES = sorted((Path(__file__).parents[1] / "cases/companies").glob("*.yaml"))


def selling(**component: Any) -> dict[str, Any]:
    """Branches paid for products per customer; customers owed trust."""
    return a_company(
        {**SALES, "name": "Branches"},
        kpis=[
            a_kpi("products", "sales", "Products per customer", metric="sales.cross_sell_ratio", weight=100),
            a_kpi("csat", "sales", "CSAT", metric="customer.satisfaction", weight=0),
        ],
        outcomes=[TRUST],
        incentive_plans=[a_plan("products", "sales", 0.3, **component)],
    )


def lines(document: dict[str, Any], source: str, target: str, language: Language = "en") -> tuple[str, ...]:
    """The told answer for a pair."""
    seen = detected(document)
    return tell_why(why(seen, source, target), seen, language)


def test_a_conflict_is_told_line_by_line():
    """Verdict, question, push, result, chain, and each weakening with its figures."""
    assert lines(selling(gate={"kpi": "csat"}), "products", "trust") == (
        "“Products per customer” and “Customer trust” are in conflict.",
        "Branches must raise “Products per customer”. What does that do to “Customer trust”?",
        "“Products per customer” carries 30% of total pay in the plan “Adviser” and all of the department's KPI weight.",
        "It harms it: severity 49, medium.",
        "That pressure pulls “Customer trust” down after about a year: customers learn that products were opened for the seller's benefit "
        "(case report: Wells Fargo Independent Directors 2017).",
        "Whoever answers for “CSAT” is careful with the rest, which takes the harm from 0.65 to 0.32.",
    )


def test_a_conflict_is_told_line_by_line_in_german():
    """The same in German, with decimal commas."""
    assert lines(selling(gate={"kpi": "csat"}), "products", "trust", "de") == (
        "„Products per customer“ und „Customer trust“ stehen im Konflikt.",
        "Die Abteilung Branches soll „Products per customer“ steigern. Was macht das mit „Customer trust“?",
        "An „Products per customer“ hängen 30 % der Gesamtvergütung im Plan „Adviser“ und das ganze KPI-Gewicht der Abteilung.",
        "Es schadet ihm: Schwere 49, mittel.",
        "Dieser Druck zieht „Customer trust“ nach etwa einem Jahr nach unten: Kunden erfahren, dass Produkte zum Nutzen des Verkäufers "
        "eröffnet wurden (Fallbericht: Wells Fargo Independent Directors 2017).",
        "Wer für „CSAT“ einsteht, geht auch sonst sorgsam vor; das senkt den Schaden von 0,65 auf 0,32.",
    )


def test_absence_is_explained():
    """What only helps is said to help, and by what."""
    document = a_company(
        SERVICE,
        kpis=[a_kpi("solved", "service", "Solved", metric="service.first_contact_resolution")],
        outcomes=[CHURN],
    )

    found = lines(document, "solved", "churn")

    assert found[0] == "No conflict is reported between “Solved” and “Customers lost”."
    assert "As far as is known it only helps." in found


def test_the_nearest_chain_is_told_against_the_cut_off():
    """A chain too weak to count is told with its strength and the bound that it misses."""
    document = selling()
    document["parameters"] = {"cutoff": 0.5, "max_hops": 1}
    document["kpis"].append(a_kpi("growth", "sales", "New customers", metric="sales.new_customers", weight=1))
    document["outcomes"] = [{**TRUST, "metric": "service.service_level", "name": "Answered in time"}]

    text = " ".join(lines(document, "growth", "trust"))

    assert "The nearest chain has" in text
    assert "“Answered in time” down" in text


def test_a_question_that_has_no_side_is_answered():
    """Outcomes push nobody."""
    document = selling()
    document["outcomes"] = [TRUST, CHURN]

    assert lines(document, "trust", "churn") == (
        "No conflict is reported between “Customers lost” and “Customer trust”.",
        "Neither is pushed by a department: what customers are owed does nothing to other goals by itself.",
    )


@pytest.mark.parametrize("path", COMPANIES[::4], ids=lambda p: p.stem)
def test_every_pair_of_every_company_has_an_answer(path: Path):
    """Present or absent, each pair is told in both languages without a gap."""
    document = {"concord": 1, **yaml.safe_load(path.read_text(encoding="utf-8"))["document"]}
    seen = detected(document)
    kpis = [k["key"] for k in document["kpis"]]

    for source, target in islice(product(kpis, [*kpis, *(o["key"] for o in document["outcomes"])]), 40):
        for language in ("en", "de"):
            for line in tell_why(why(seen, source, target), seen, language):  # type: ignore[arg-type]
                assert line
                assert "None" not in line
                assert "{" not in line
                assert "  " not in line


def test_the_arithmetic_of_a_conflict_step_by_step():
    """From pressure to severity, each step with the figures it takes."""
    finding = told(selling(), "products", "trust")

    steps = severity_steps(finding, catalogue().rules[finding.rule], parameters())

    assert tell_steps(steps, "en") == (
        "pressure on the goal: 0.9392",
        "importance of what is harmed: 1",
        "harm that arrives: 0.65",
        "help that arrives: 0",
        "net harm: 0.65 − 0.5 × 0 = 0.65",
        "severity before what restrains it: 100 × √(0.9392) × 1^0.25 × 0.65^0.6 = 74.8",
        "severity: 74.8",
    )
    assert tell_steps(steps, "de")[-1] == "Schwere: 74,8"


def test_the_arithmetic_of_a_flaw_step_by_step():
    """A flaw's severity is its base times the root of what hangs on it."""
    finding = of_rule(selling(), "INC105")

    steps = severity_steps(finding, catalogue().rules["INC105"], parameters())

    assert [step.name for step in steps] == ["base", "stake", "pull", "severity"]
    assert steps[-1].value == finding.severity
