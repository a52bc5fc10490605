"""The headline of an analysis, and what was assumed, in words."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.assumptions import assumption
from app.domain.document import Document
from app.domain.terms import Language
from tests.domain.told import CHURN, SALES, SERVICE, TRUST, a_company, a_kpi, a_plan, analysed


def headline(document: dict[str, Any], language: Language = "en") -> str:
    """The headline of a document's analysis."""
    return analysed(document, language).summary.headline


def selling(share: float) -> dict[str, Any]:
    """Branches paid for products per customer with a share of their pay, and customers owed trust."""
    return a_company(
        {**SALES, "name": "Branches"},
        kpis=[a_kpi("products", "sales", "Products per customer", metric="sales.cross_sell_ratio")],
        outcomes=[TRUST],
        incentive_plans=[a_plan("products", "sales", share)],
    )


def test_the_gravest_conflict_is_the_headline():
    """The worst sentence stands first, as it can be read aloud."""
    assert headline(selling(0.3)).startswith(
        "Paying Branches to raise “Products per customer” works against what customers are owed: “Customer trust”."
    )
    assert headline(selling(0.3), "de").startswith(
        "Wer die Abteilung Branches dafür bezahlt, „Products per customer“ zu steigern,"
    )


def test_where_the_serious_conflicts_begin_is_said():
    """One more sentence: how many are as serious, and from which department."""
    document = selling(0.3)
    document["outcomes"] = [
        TRUST,
        CHURN,
        {**TRUST, "key": "fit", "name": "Suitable sales", "metric": "sales.suitability"},
    ]

    assert "serious conflicts, and all of them begin with Branches." in headline(document)


def test_good_news_is_told_as_such():
    """Nothing that works against anything is good news, not an empty line."""
    document = a_company(
        SERVICE,
        kpis=[a_kpi("solved", "service", "Solved", metric="service.first_contact_resolution")],
        outcomes=[CHURN],
    )

    assert headline(document) == "Good news: no goal works hard against another or against what customers are owed."
    assert headline(document, "de").startswith("Gute Nachricht: Kein Ziel arbeitet ernsthaft gegen ein anderes")


def test_what_was_not_understood_is_part_of_the_headline():
    """A reader hears how many names took no part."""
    document = selling(0.3)
    document["kpis"].append(a_kpi("lantern", "sales", "Zorblax", weight=1))

    assert headline(document).endswith("One name was not understood and takes no part.")
    assert headline(document, "de").endswith("Ein Name wurde nicht verstanden und bleibt außen vor.")


def test_a_document_without_goals_or_without_known_names_could_not_be_judged():
    """Silence is not a clean bill."""
    nothing = a_company(SALES, outcomes=[TRUST])
    riddles = a_company(
        SALES, kpis=[a_kpi("x", "sales", "Xyzzy"), a_kpi("y", "sales", "Plugh")], outcomes=[{**TRUST, "name": "Qux"}]
    )
    riddles["outcomes"][0].pop("metric")

    assert headline(nothing) == "There is nothing to judge: the document names no KPI and pays for nothing."
    assert headline(riddles) == "Nothing could be judged: none of the names in the document was understood."


DOCUMENT = Document.model_validate(
    a_company(
        SALES, kpis=[a_kpi("new", "sales", "New customers")], incentive_plans=[a_plan("new", "sales", role="Field rep")]
    )
)


@pytest.mark.parametrize(
    ("kind", "details", "english", "german"),
    [
        (
            "weights_shared",
            {"department": "sales", "kpis": 2},
            "No weight is given for two KPIs of Sales: what is left is shared equally.",
            "Für zwei KPIs von Sales ist kein Gewicht angegeben; was übrig ist, teilen sie sich gleich.",
        ),
        (
            "weights_shared",
            {"department": "sales", "kpis": 1},
            "No weight is given for one KPI of Sales: what is left goes to it.",
            "Für einen KPI von Sales ist kein Gewicht angegeben; was übrig ist, bekommt er.",
        ),
        (
            "plans_added",
            {"department": "sales", "plans": 3},
            "Head counts are missing for three incentive plans of Sales: their shares of pay are added up, as if "
            "everybody had all of them.",
            "Drei Anreizpläne von Sales nennen nicht alle ihre Kopfzahl; ihre Anteile an der Vergütung sind addiert, als bekäme jede "
            "Person alle.",
        ),
        (
            "kpis_not_in_force",
            {"kpis": ["new"], "as_of": "2026-11-22"},
            "Left out because not in force on 2026-11-22: “New customers”.",
            "Am 2026-11-22 nicht in Kraft und daher ausgelassen: „New customers“.",
        ),
        (
            "plans_not_in_force",
            {"incentive_plans": ["plan-new"], "as_of": "2026-11-22"},
            "Incentive plans that are not in force on 2026-11-22 are left out: “Field rep”.",
            "Anreizpläne, die am 2026-11-22 nicht in Kraft sind, bleiben außer Betracht: „Field rep“.",
        ),
        (
            "findings_left_out",
            {"told": 5000, "left_out": 12},
            "The 5000 gravest findings are told in full; 12 more are counted and not told.",
            "Ausgeführt sind die 5000 schwersten Befunde; 12 weitere sind gezählt, aber nicht ausgeführt.",
        ),
        (
            "default_outcomes",
            {},
            "The document states no customer outcomes. Five usual ones of equal weight are assumed: satisfaction, "
            "effort, retention, trust, "
            "and that customers achieve what they came for.",
            "Das Dokument nennt keine Kundenergebnisse. Angenommen sind fünf übliche mit gleichem Gewicht: "
            "Zufriedenheit, Aufwand, Bindung, "
            "Vertrauen und das Erreichen des eigenen Ziels.",
        ),
    ],
)
def test_what_was_assumed_is_said(kind: str, details: dict[str, object], english: str, german: str):
    """Every assumption names the department, the KPIs and plans by their names."""
    assert assumption(kind, details, DOCUMENT, "en") == english
    assert assumption(kind, details, DOCUMENT, "de") == german
