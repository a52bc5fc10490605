"""How a rule judges a row: match, near miss, not assessable, clear, each with what decided."""

from __future__ import annotations

from typing import Any

import pytest

from app.catalogue.load import catalogue
from app.domain.rulebook import compiled_rules
from app.domain.rules.rule import CompiledRule
from app.domain.rules.verdict import VerdictKind, compile_verdict
from app.domain.rules.words import told

RULES = {compiled.rule.id: compiled for compiled in compiled_rules(catalogue())}
ACCELERATED: dict[str, Any] = {"accelerator_max": 2.0, "has_gate": False, "has_modifier": False}

VERDICTS: dict[str, tuple[str, dict[str, Any], VerdictKind, list[str]]] = {
    "a match: all that makes it one": (
        "INC103", ACCELERATED, "match", ["largest accelerator: above 1 (2)", "pay has no gate", "pay is not scaled by another KPI"],
    ),
    "a near miss: all that stands in the way": ("INC103", ACCELERATED | {"has_gate": True}, "near_miss", ["pay has a gate"]),
    "a near miss by a number": (
        "INC103", ACCELERATED | {"accelerator_max": 1.0}, "near_miss", ["largest accelerator: at most 1 (1)"],
    ),
    "two things in the way are clear": (
        "INC103", ACCELERATED | {"has_gate": True, "has_modifier": True}, "clear",
        ["pay has a gate", "pay is scaled by another KPI"],
    ),
    "a rule of one part has no near miss": ("INC104", {"payout_kind": "linear"}, "clear", ["payout: not by rank (linear)"]),
    "not assessable: what is missing": (
        "GOV108", {"plans": 2, "review_days": None}, "not_assessable",
        ["it cannot be said whether this holds: more than 366 days between incentive reviews (missing: days between incentive reviews)"],
    ),
    "missing where something else decides is clear": (
        "GOV108", {"plans": 0, "review_days": None}, "clear", ["no incentive plans (0)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "row", "kind", "because"), VERDICTS.values(), ids=VERDICTS)
def test_a_row_is_judged_with_what_decided(rule: str, row: dict[str, Any], kind: VerdictKind, because: list[str]):
    """In plain words, with values, negation kept."""
    compiled = RULES[rule]

    verdict = compile_verdict(compiled)(row)

    assert verdict.kind == kind
    assert [told(condition, compiled.kind, "en") for condition in verdict.decided] == because


@pytest.mark.parametrize("compiled", RULES.values(), ids=RULES)
def test_every_example_has_a_verdict_with_words_in_both_languages(compiled: CompiledRule):
    """Matches match; silent ones are near misses, not assessable or clear."""
    verdict = compile_verdict(compiled)

    for examples, kinds in (
        (compiled.rule.matches, {"match"}),
        (compiled.rule.silent, {"near_miss", "not_assessable", "clear"}),
    ):
        for example in examples:
            judged = verdict(example.facts)
            assert judged.kind in kinds
            assert judged.decided
            for condition in judged.decided:
                assert told(condition, compiled.kind, "en") != told(condition, compiled.kind, "de")
