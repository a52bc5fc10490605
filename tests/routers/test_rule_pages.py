"""`/rules`: the pages of the built-in rules."""

from __future__ import annotations

import pytest

from app.catalogue.load import catalogue
from tests.contract.problem_shape import check_problem
from tests.http_client import Client

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
RULES = catalogue().rules
SECTIONS = {
    "en": ("Why it matters", "What is checked", "An example that fails", "An example that passes", "How to fix it"),
    "de": (
        "Warum das zählt",
        "Was geprüft wird",
        "Ein Beispiel, das anschlägt",
        "Ein Beispiel, das besteht",
        "Was hilft",
    ),
}


@pytest.mark.parametrize("language", SECTIONS)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_page_in_both_languages(client: Client, rule: str, language: str) -> None:
    """Why, what is checked, what fails, what passes, how to fix it; nothing loaded from elsewhere."""
    response = client.get(f"/rules/{rule}", headers={**BROWSER, "Accept-Language": language})

    page = response.text
    assert response.status_code == 200
    assert f'<html lang="{language}">' in page
    places = [page.find(f"<h2>{section}</h2>") for section in SECTIONS[language]]
    assert -1 not in places
    assert places == sorted(places)
    assert "<script" not in page
    assert "{" not in page.partition("</style>")[2]


def test_a_page_needs_no_key(client: Client) -> None:
    """Whoever gets a report follows its link."""
    response = client.get("/rules/INC107", headers={**BROWSER, "Authorization": ""})

    assert response.status_code == 200


def test_programs_get_the_same_as_data(client: Client) -> None:
    """In the language that they ask for, facts and decisions in words."""
    told = client.get("/rules/INC104", headers={"Accept-Language": "de"}).json()

    assert told["checked"] == "Auszahlung: nach Rang"
    assert told["fails"][0]["decides"] == ["Auszahlung: nach Rang"]
    assert {fix["remedy"] for fix in told["fixes"]} >= set(RULES["INC104"].remedies)


def test_a_page_tells_the_clauses_and_what_no_rule_checks_of_them(client: Client) -> None:
    """As the pack's file has them."""
    page = client.get("/rules/INC210", headers=BROWSER).text

    assert "FSA FG13/1, section 3: Very high variable shares of pay" in page
    assert "Sedgwick review 2017/2021" in page


def test_all_rules_are_listed(client: Client) -> None:
    """As JSON and as a page, by pack."""
    page = client.get("/rules", headers=BROWSER).text

    assert [item["id"] for item in client.get("/rules").json()["items"]] == sorted(RULES)
    assert all(f'href="/rules/{rule}"' in page for rule in RULES)


def test_an_unknown_rule_is_not_found(client: Client) -> None:
    """As elsewhere."""
    check_problem(client.get("/rules/INC999"))
