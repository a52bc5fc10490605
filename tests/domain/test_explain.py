"""Conflicts as sentences that can be read aloud, whole, in English and German."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.told import CHURN, SALES, SERVICE, TRUST, a_company, a_kpi, a_plan, told

BRANCHES = {**SALES, "name": "Branches"}
FINANCE = {"key": "finance", "name": "Finance", "function": "finance"}
SOLVED = {
    "key": "solved",
    "name": "Solved at first contact",
    "metric": "service.first_contact_resolution",
    "direction": "increase",
    "weight": 1,
}


def products_against_trust(**component: Any) -> dict[str, Any]:
    """Branches paid for products per customer, and customers owed trust."""
    return a_company(
        BRANCHES,
        kpis=[
            a_kpi("products", "sales", "Products per customer", metric="sales.cross_sell_ratio", target=4),
            a_kpi("csat", "sales", "CSAT", metric="customer.satisfaction", weight=0),
        ],
        outcomes=[TRUST],
        incentive_plans=[a_plan("products", "sales", 0.3, **component)],
    )


def short_calls_against_resolution() -> dict[str, Any]:
    """Agents paid at one value for short calls, with penalties, and customers owed resolution."""
    return a_company(
        SERVICE,
        kpis=[
            a_kpi(
                "aht", "service", "Call length", "decrease", metric="service.average_handle_time", weight=60, target=300
            ),
            a_kpi("csat", "service", "CSAT", metric="customer.satisfaction", weight=40),
        ],
        outcomes=[SOLVED],
        incentive_plans=[
            a_plan(
                "aht",
                "service",
                0.1,
                role="Agent",
                payout={"kind": "threshold", "threshold": 1.0},
                penalties="hours cut after two misses",
            )
        ],
    )


def customers_against_margin() -> dict[str, Any]:
    """Sales paid by commission for new customers, and Finance measured on the margin."""
    return a_company(
        SALES,
        FINANCE,
        kpis=[
            a_kpi("customers", "sales", "New customers", metric="sales.new_customers"),
            a_kpi("margin", "finance", "Gross margin", metric="finance.gross_margin"),
        ],
        outcomes=[CHURN],
        incentive_plans=[a_plan("customers", "sales", 0.4, payout={"kind": "commission"})],
    )


def test_a_department_paid_against_what_customers_are_owed():
    """Who is paid for what, against what customers are owed; how hard, by which step, after how long, and who says so."""
    found = told(products_against_trust(), "products", "trust")

    assert (
        found.title
        == "Paying Branches to raise “Products per customer” works against what customers are owed: “Customer trust”"
    )
    assert found.explanation == (
        "“Products per customer” carries 30% of total pay in the plan “Adviser” and all of the department's KPI weight, with a target. "
        "That pressure pulls “Customer trust” down after about a year: customers learn that products were opened for the seller's "
        "benefit (case report: Wells Fargo Independent Directors 2017)."
    )


def test_a_department_paid_against_what_customers_are_owed_in_german():
    """The same in German, verb and case in their places."""
    found = told(products_against_trust(), "products", "trust", "de")

    assert found.title == (
        "Wer die Abteilung Branches dafür bezahlt, „Products per customer“ zu steigern, arbeitet gegen das, was Kunden zusteht: "
        "„Customer trust“"
    )
    assert found.explanation == (
        "An „Products per customer“ hängen 30 % der Gesamtvergütung im Plan „Adviser“ und das ganze KPI-Gewicht der Abteilung, "
        "mit Zielwert. Dieser Druck zieht „Customer trust“ nach etwa einem Jahr nach unten: Kunden erfahren, dass Produkte zum Nutzen "
        "des Verkäufers eröffnet wurden (Fallbericht: Wells Fargo Independent Directors 2017)."
    )


def test_a_disputed_step_is_said_with_what_speaks_against_it():
    """What rests on an analogy and is disputed only may work against its target; penalties are told in the document's words."""
    found = told(short_calls_against_resolution(), "aht", "solved")

    assert found.title == (
        "Paying Customer Service to lower “Call length” may work against what customers are owed: “Solved at first contact”"
    )
    assert found.explanation == (
        "“Call length” carries 10% of total pay in the plan “Agent” and 60% of the department's KPI weight, with a target. It pays all or "
        "nothing at one value; missing it has consequences: “hours cut after two misses”. That pressure pulls “Solved at first contact” "
        "down after about a month: chasing short contacts makes agents stop before the problem is solved (observational study, by analogy: "
        "Oliva & Sterman 2001). The step to first-contact resolution is disputed: a cross-industry sample found no "
        "support for longer calls "
        "resolving more (practitioners' report: McIntosh & Associates about 2012). A condition of the step to first-contact resolution: "
        "complex contacts, low skill, individual ranking."
    )


def test_a_disputed_step_in_german():
    """The same in German, with the German mechanism and condition."""
    found = told(short_calls_against_resolution(), "aht", "solved", "de")

    assert found.explanation == (
        "An „Call length“ hängen 10 % der Gesamtvergütung im Plan „Agent“ und 60 % des KPI-Gewichts der Abteilung, mit Zielwert. Gezahlt "
        "wird alles oder nichts an einem einzigen Wert; wer es verfehlt, hat Folgen zu tragen: „hours cut after two misses“. Dieser Druck "
        "zieht „Solved at first contact“ nach etwa einem Monat nach unten: Wer kurze Kontakte jagt, hört auf, bevor das Problem gelöst ist "
        "(Beobachtungsstudie, übertragen: Oliva & Sterman 2001). Der Schritt zu „Erstlösungsquote“ ist umstritten: Eine Stichprobe über "
        "Branchen fand nicht, dass längere Gespräche mehr lösen (Praxisbericht: McIntosh & Associates um 2012). Bedingung für den Schritt "
        "zu „Erstlösungsquote“: komplexe Kontakte, wenig Können, Rangliste einzelner."
    )


def test_two_departments_against_each_other():
    """Whose goal suffers, by which two steps, and how hard the other side is pushed."""
    found = told(customers_against_margin(), "customers", "margin")

    assert (
        found.title == "Paying Sales to raise “New customers” works against the goal of Finance to raise “Gross margin”"
    )
    assert found.explanation == (
        "“New customers” carries 40% of total pay in the plan “Adviser” and all of the department's KPI weight. It pays "
        "by commission. Under "
        "that pressure, the discount rate rises: newcomers are bought with price (observational study, by analogy: Larkin 2014). "
        "That pulls “Gross margin” down after about a month: each point off list price leaves unit cost unchanged (by definition). On the "
        "other side, “Gross margin” carries all of the KPI weight of Finance."
    )


def test_two_departments_against_each_other_in_german():
    """The same in German: the verb leads where a clause needs it."""
    found = told(customers_against_margin(), "customers", "margin", "de")

    assert found.title == (
        "Wer die Abteilung Sales dafür bezahlt, „New customers“ zu steigern, arbeitet gegen das Ziel der Abteilung Finance, "
        "„Gross margin“ zu steigern"
    )
    assert found.explanation == (
        "An „New customers“ hängen 40 % der Gesamtvergütung im Plan „Adviser“ und das ganze KPI-Gewicht der Abteilung. Gezahlt wird als "
        "Provision. Unter diesem Druck steigt die Rabattquote: Neulinge werden über den Preis gekauft (Beobachtungsstudie, übertragen: "
        "Larkin 2014). Das zieht „Gross margin“ nach etwa einem Monat nach unten: Jeder Punkt Nachlass lässt die Stückkosten unverändert "
        "(per Definition). Auf der anderen Seite hängt an „Gross margin“ das ganze KPI-Gewicht der Abteilung Finance."
    )


def test_two_departments_that_want_the_opposite():
    """No chain is needed where one thing is to go both ways."""
    document = a_company(
        SALES,
        FINANCE,
        kpis=[
            a_kpi("goods", "sales", "Goods on the shelf", metric="operations.inventory_level"),
            a_kpi("stock", "finance", "Stock", "decrease", metric="operations.inventory_level"),
        ],
        outcomes=[CHURN],
    )

    english, german = (told(document, "goods", "stock", language) for language in ("en", "de"))

    assert (
        english.title
        == "Sales must raise “Goods on the shelf” while Finance must lower “Stock”: the same thing, pulled both ways"
    )
    assert english.explanation == (
        "“Goods on the shelf” is all that Sales is measured on. Both names mean the same thing, the inventory level, and want it to go "
        "opposite ways, so no effort can satisfy both. On the other side, “Stock” carries all of the KPI weight of Finance."
    )
    assert german.title == (
        "Die Abteilung Sales soll „Goods on the shelf“ steigern, die Abteilung Finance „Stock“ senken: dasselbe, in "
        "beide Richtungen gezogen"
    )
    assert german.explanation == (
        "„Goods on the shelf“ ist alles, woran die Abteilung Sales gemessen wird. Beide Namen meinen dasselbe (Lagerbestand) und wollen es "
        "in entgegengesetzte Richtungen bewegen; kein Einsatz kann beidem genügen. Auf der anderen Seite hängt an „Stock“ das ganze "
        "KPI-Gewicht der Abteilung Finance."
    )


def test_two_departments_paid_apart_for_one_result():
    """Rivals are told as such: one result, two payments, nobody carries it together."""
    gate, baggage = (
        {"key": key, "name": name, "function": "operations"} for key, name in (("gate", "Gate"), ("bags", "Baggage"))
    )
    document = a_company(
        gate,
        baggage,
        kpis=[
            a_kpi(f"{key}-delay", key, "Delays charged", "decrease", metric="operations.attributed_delay")
            for key in ("gate", "bags")
        ],
        outcomes=[CHURN],
        incentive_plans=[a_plan("gate-delay", "gate"), a_plan("bags-delay", "bags")],
    )

    english, german = (told(document, "gate-delay", "bags-delay", language) for language in ("en", "de"))

    assert (
        english.title
        == "Baggage and Gate are each paid alone for one result, “Delays charged”, and nobody carries it together"
    )
    assert "where each is paid alone for a joint result, blame and credit are fought over" in english.explanation
    assert german.title == (
        "Die Abteilung Baggage und die Abteilung Gate werden getrennt für ein und dasselbe Ergebnis bezahlt, „Delays charged“, "
        "und niemand trägt es gemeinsam"
    )


def test_a_department_that_pulls_both_ways():
    """A tension within one department names both of its goals, and which one is paid."""
    document = a_company(
        SERVICE,
        kpis=[
            a_kpi("upsell", "service", "Upsell per call", metric="service.upsell_per_contact"),
            a_kpi("aht", "service", "Call length", "decrease", metric="service.average_handle_time"),
        ],
        outcomes=[TRUST],
        incentive_plans=[a_plan("upsell", "service", 0.15)],
    )

    english, german = (told(document, "upsell", "aht", language) for language in ("en", "de"))

    assert (
        english.title
        == "Within Customer Service, pay for raising “Upsell per call” works against lowering “Call length”"
    )
    assert english.explanation == (
        "“Upsell per call” carries 15% of total pay in the plan “Adviser” and 50% of the department's KPI weight. That "
        "pressure pushes “Call "
        "length” up: combined selling and serving lowers efficiency (observational study: Jasmand et al. 2012). On the other side, “Call "
        "length” carries 50% of the KPI weight of Customer Service."
    )
    assert german.title == (
        "In der Abteilung Customer Service steht das bezahlte Ziel, „Upsell per call“ zu steigern, dem Ziel im Weg, „Call length“ zu senken"
    )


def test_what_rests_on_archetypes_says_so():
    """A name that fits no metric is judged by its kind, and the sentence is hedged and says what it rests on."""
    document = a_company(
        {**SALES, "name": "Vertriebsteam"},
        kpis=[a_kpi("quintals", "sales", "Canvass tally", family="sales_volume")],
        outcomes=[
            {
                "key": "swings",
                "name": "Swings",
                "metric": "operations.demand_variability",
                "direction": "decrease",
                "weight": 1,
            }
        ],
        incentive_plans=[a_plan("quintals", "sales", 0.2)],
    )

    english, german = (told(document, "quintals", "swings", language) for language in ("en", "de"))

    assert english.title == (
        "Paying Vertriebsteam to raise “Canvass tally” may work against what customers are owed: lower “Swings”"
    )
    assert english.explanation.endswith(
        "“Canvass tally” fits no metric of the catalogue, so this rests on what measures of its kind "
        "(sales volume and growth) usually do, not on this one."
    )
    assert german.title == (
        "Wer das Vertriebsteam dafür bezahlt, „Canvass tally“ zu steigern, arbeitet womöglich gegen das, was "
        "Kunden zusteht: weniger „Swings“"
    )


@pytest.mark.parametrize(
    ("safeguard", "english", "german"),
    [
        (
            {"gate": {"kpi": "csat", "condition": ">= 4"}},
            "The gate on “CSAT” already weakens this and is counted in.",
            "Die Vorbedingung auf „CSAT“ schwächt das bereits und ist eingerechnet.",
        ),
        (
            {"modifier": {"kpi": "csat", "low": 0.8, "high": 1.2}},
            "The scaling of pay by “CSAT” already weakens this and is counted in.",
            "Die Skalierung der Zahlung nach „CSAT“ schwächt das bereits und ist eingerechnet.",
        ),
        (
            {"clawback": {"months": 2}},
            "Pay is held or can be taken back for two months, but the harm takes about a year to show.",
            "Die Zahlung ist nur bis zu zwei Monaten einbehalten oder rückholbar; der Schaden zeigt sich erst nach etwa einem Jahr.",
        ),
        (
            {"deferral": {"months": 18}},
            "All of the pay behind it is still held or can be taken back when the harm shows, and that is counted in.",
            "Die ganze Zahlung dahinter ist noch einbehalten oder rückholbar, wenn der Schaden sichtbar wird; das ist eingerechnet.",
        ),
    ],
)
def test_safeguards_that_hold_already_are_told(safeguard: dict[str, Any], english: str, german: str):
    """Whoever has a gate, a modifier or held pay hears that it is counted, and whether it holds long enough."""
    document = products_against_trust(**safeguard)

    assert told(document, "products", "trust").explanation.endswith(english)
    assert told(document, "products", "trust", "de").explanation.endswith(german)


def test_a_goal_that_the_department_answers_for_itself_is_told():
    """What the department is also pushed to do pulls the other way, and the reader hears so."""
    document = products_against_trust()
    document["kpis"][0] |= {"weight": 50}
    document["kpis"][1] = a_kpi("trusted", "sales", "Trust survey", metric="customer.trust", weight=50)

    found = told(document, "products", "trust")

    assert found.explanation.endswith(
        "Branches must also raise “Trust survey”, which pulls the other way and is counted in."
    )


def test_nobody_is_paid_but_the_goal_is_watched():
    """A goal without pay is pushed, not paid; what it weighs is said."""
    document = products_against_trust()
    document["incentive_plans"] = []

    found = told(document, "products", "trust")

    assert found.title.startswith("Pushing Branches to raise “Products per customer” works against")
    assert found.explanation.startswith("“Products per customer” is all that Branches is measured on, with a target.")


@pytest.mark.parametrize(
    "name",
    [
        "{department} {0} {{x}} %s",
        "“Quoted” „doppelt“ \"plain\" 'single'",
        "x" * 300,
        "word " * 59,
        "שביעות רצון \u202e of \u2066customers\u2069",
        "two\nlines\tand a tab",
        "🙂 rate",
        "—",
    ],
)
def test_odd_names_stay_in_one_line_and_are_never_filled(name: str):
    """Braces, quotation marks, 300 characters, other scripts, line breaks: a text is made all the same."""
    document = products_against_trust(penalties=name, gate={"kpi": "csat"})
    document["departments"] = [{"key": "sales", "name": name.strip(), "function": "sales"}]
    for part in (*document["kpis"], *document["outcomes"]):
        part["name"] = name.strip()
    document["incentive_plans"][0]["role"] = name.strip()

    for language in ("en", "de"):
        found = told(document, "products", "trust", language)  # type: ignore[arg-type]
        assert len(found.title) <= 300
        assert len(found.explanation) <= 1_200
        assert not {"\n", "\t", "\u202e", "\u2066", "\u2069"} & set(found.title + found.explanation)
        assert "  " not in found.title + found.explanation


def test_a_name_that_says_its_direction_is_met_not_lowered():
    """`Reduce churn` is met; nobody lowers a reduction."""
    document = products_against_trust()
    document["outcomes"] = [CHURN | {"name": "Reduce churn to 2 %"}]

    found = told(document, "products", "churn")

    assert found.title.endswith("against what customers are owed: “Reduce churn to 2 %”")
    assert "against “Reduce churn to 2 %”" in found.explanation


def test_what_an_organization_knows_itself_is_told_as_its_own():
    """An own influence is told in the organization's words, in either language, and no study is claimed for it."""
    document = a_company(
        SERVICE,
        kpis=[a_kpi("chat", "service", "Chat share", metric="own.chat")],
        outcomes=[TRUST],
        metrics=[{"id": "own.chat", "name": "Chat share", "family": "reported_score", "good_direction": "increase"}],
        influences=[
            {
                "source": "own.chat", "target": "customer.trust", "sign": "-", "strength": "strong", "lag_days": 60,
                "source_note": "In the panel of 2025 regulars said that bots brush them off.",
            }
        ],
    )  # fmt: skip

    english, german = (told(document, "chat", "trust", language) for language in ("en", "de"))

    assert english.explanation.endswith(
        "That pressure pulls “Customer trust” down after about two months: In the panel of 2025 regulars said that bots brush them off "
        "(the organization's own knowledge)."
    )
    assert german.explanation.endswith(
        "Dieser Druck zieht „Customer trust“ nach etwa zwei Monaten nach unten: In the panel of 2025 regulars said that bots brush "
        "them off (eigenes Wissen des Unternehmens)."
    )


def test_a_level_that_is_to_be_held_is_told_from_one_side():
    """Whoever holds a level pushes both ways; the text says which way harms, and only that it may."""
    document = a_company(
        SERVICE,
        {"key": "ops", "name": "Bereich Logistik", "function": "operations"},
        kpis=[
            a_kpi("occupancy", "service", "Agent occupancy", "maintain", metric="service.occupancy", target=85),
            a_kpi("level", "ops", "Service level", metric="service.service_level"),
        ],
        outcomes=[TRUST],
    )

    english, german = (told(document, "occupancy", "level", language) for language in ("en", "de"))

    assert english.title == (
        "Pushing Customer Service to hold “Agent occupancy” steady may work against the goal of Bereich Logistik to raise “Service level”"
    )
    assert "Where that means pushing it up, the average wait for an answer gets longer." in english.explanation
    assert "Wo das Druck nach oben heißt, wird die durchschnittliche Wartezeit am Telefon länger." in german.explanation
    assert german.title.endswith("arbeitet womöglich gegen das Ziel des Bereichs Logistik, „Service level“ zu steigern")
