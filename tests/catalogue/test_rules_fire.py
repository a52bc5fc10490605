"""No rule is vacuous: each fires on some company, and where it does not fire the company differs only in what the rule is about."""

from __future__ import annotations

import copy
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.catalogue.load import catalogue
from app.domain.detection import detect
from app.domain.document.checks import document_from
from app.domain.rulebook import compiled_rules

HERE = Path(__file__).parent
WRITTEN = yaml.safe_load((HERE / "rules_fire.yaml").read_text("utf-8"))
COMPANIES = sorted((HERE.parent / "cases" / "companies").glob("*.yaml"))


def fired(document: dict[str, Any]) -> set[str]:
    """The rules that report something of a document."""
    known = catalogue()
    found = detect(document_from(document, known), known, compiled_rules(known), date(2026, 2, 1))
    return {match.rule.rule.id for match in found.matches}


@lru_cache(maxsize=1)
def fired_on_the_company() -> set[str]:
    return fired(WRITTEN["company"])


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    """The company with values set at JSON Pointers; null takes a member away."""
    document = copy.deepcopy(WRITTEN["company"])
    for pointer, value in changes.items():
        *path, last = [int(part) if part.isdigit() else part for part in pointer.split("/")[1:]]
        place: Any = document
        for part in path:
            place = place[part]
        if value is None:
            place.pop(last, None)
        else:
            place[last] = value
    return document


@pytest.mark.parametrize("rule", WRITTEN["changes"])
def test_the_change_breaks_the_rule(rule: str):
    """Silent before, reported after."""
    assert rule not in fired_on_the_company()
    assert rule in fired(changed(WRITTEN["changes"][rule]["set"]))


@pytest.mark.slow
def test_every_rule_fires_somewhere():
    """On a labelled company or on a change above."""
    on_companies = set().union(
        *(fired({"concord": 1, **yaml.safe_load(p.read_text("utf-8"))["document"]}) for p in COMPANIES)
    )

    assert set(catalogue().rules) == on_companies | set(WRITTEN["changes"])
