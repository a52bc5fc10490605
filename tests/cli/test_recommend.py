"""`concord recommend`: single changes, what is said of each, and how many."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Written
from tests.cli.documents import BROKEN, HARMFUL
from tests.cli.runner import AS_OF, Ran, concord


def recommend(*arguments: object) -> Ran:
    return concord("recommend", *arguments, "--as-of", AS_OF)


def recommended(*arguments: object) -> list[dict[str, Any]]:
    """The answer for programs."""
    ran = recommend(*arguments, "--format", "json")
    assert ran.status == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["recommendations"]
    return found


@pytest.fixture
def harmful(written: Written) -> Path:
    return written("acme.yaml", HARMFUL)


def test_recommendations_are_those_of_an_audit(harmful: Path):
    """The same changes, in the same order, with the same proof."""
    audited = json.loads(concord("audit", harmful, "--format", "json", "--exit-zero", "--as-of", AS_OF).out)

    assert recommended(harmful, "--limit", 12) == audited["recommendations"]


def test_each_says_what_to_write_what_it_does_and_how_to_apply_it(harmful: Path):
    """Title, proof, text, price, reason, risk and the id by which it is applied."""
    first = recommended(harmful)[0]

    ran = recommend(harmful)

    assert ran.status == 0
    for said in (first["id"], "total severity", "Write", "Costs", "Why", "Risk", "incentive_plans[agents]"):
        assert said in ran.out


def test_no_more_are_told_than_asked_for(harmful: Path):
    """Two, the best first; how many more there are is said."""
    all_ = recommended(harmful, "--limit", 12)

    assert recommended(harmful, "--limit", 2) == all_[:2]
    assert f"{len(all_) - 2} more with --limit {len(all_)}" in recommend(harmful, "--limit", 2).out


def test_they_are_told_in_german(harmful: Path):
    """Labels are German, too."""
    ran = recommend(harmful, "--lang", "de")

    assert "Schreibe" in ran.out and "Anwenden" in ran.out and "Write" not in ran.out


def test_a_document_that_is_not_valid_is_refused(written: Written):
    """Every problem is listed, the status is 2."""
    ran = recommend(written("broken.yaml", BROKEN))

    assert ran.status == 2 and ran.out == "" and "error" in ran.err
