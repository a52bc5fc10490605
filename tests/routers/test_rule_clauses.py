"""`GET /v1/rule-packs/{id}/implements`."""

from __future__ import annotations

import pytest

from app.catalogue.packs import packs
from tests.contract.problem_shape import check_problem
from tests.http_client import Client


@pytest.mark.parametrize("pack", packs())
def test_every_built_in_pack_tells_what_it_implements(client: Client, pack: str) -> None:
    """The clauses of its file, each with rules, or with the reason why none checks it, or with both."""
    told = client.get(f"/v1/rule-packs/{pack}/implements").json()

    assert [entry["clause"] for entry in told["clauses"]] == [clause.reference for clause in packs()[pack].implements]
    assert all(entry["rules"] or entry["unchecked"] for entry in told["clauses"])


def test_a_clause_is_told_in_both_languages(client: Client) -> None:
    """Source, part, rules, and what no rule checks."""
    told = client.get("/v1/rule-packs/governance/implements").json()

    assert {
        "clause": "eba_gl_2016_06#4.1",
        "source": {"en": "EBA/GL/2016/06, 4.1", "de": "EBA/GL/2016/06, 4.1"},
        "part": {
            "en": "Remuneration is reviewed at least once a year",
            "de": "Vergütung wird mindestens einmal im Jahr überprüft",
        },
        "rules": ["GOV107", "GOV108"],
        "unchecked": {
            "en": "The part of the compliance function in the review; the document does not name who reviews.",
            "de": "Der Anteil der Compliance-Funktion an der Prüfung; das Dokument nennt nicht, wer prüft.",
        },
    } in told["clauses"]


def test_refinements_are_told(client: Client) -> None:
    """Rules that report a part of what others do, on purpose."""
    assert client.get("/v1/rule-packs/incentive-design/implements").json()["refines"] == {
        "INC107": ["INC106"],
        "INC201": ["INC105"],
    }


def test_an_unknown_pack_is_not_found(client: Client) -> None:
    """As elsewhere."""
    check_problem(client.get("/v1/rule-packs/governence/implements"))
