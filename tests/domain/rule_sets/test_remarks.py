"""Remarks on small sets of rules, how they were found, and what rules look at."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from app.domain.facts.rows import FactRow
from app.domain.parameters import parameters
from app.domain.rule_sets.company import company_of
from app.domain.rule_sets.coverage import Covered, covered
from app.domain.rule_sets.remarks import MOST_OF_A_RULE, Company, Remark, remarks
from app.domain.rule_sets.telling import found_by, told
from app.domain.rules.rule import CompiledRule, Rule
from app.domain.terms import Language
from tests.domain.rules.random_rules import KIND

ROW = dict.fromkeys(KIND.fields) | {"open": True, "count": 3, "share": 0.2, "colour": "red"}


def rules(*conditions: str, base: float = 40) -> list[CompiledRule]:
    """Rules on the thing of the random rules, with ids R1, R2 … and one base."""
    return [
        CompiledRule(
            Rule(
                id=f"R{place}", name=f"r{place}", pack="own", version=1, fact_kind="thing", finding="governance_gap",
                condition=condition, title={"en": "T", "de": "T"}, message={"en": "M", "de": "M"}, rationale="So.",
                base=base + 20 * place,
            ),
            KIND,
        )
        for place, condition in enumerate(conditions, start=1)
    ]  # fmt: skip


def said(found: list[Remark]) -> list[tuple[str, str, str | None, str]]:
    return [(remark.kind, remark.rule, remark.other, remark.how) for remark in found]


def remarked(*conditions: str, **options: Any) -> list[tuple[str, str, str | None, str]]:
    return said(remarks(rules(*conditions), parameters({}), np.random.default_rng(3), **options))


REMARKED: dict[str, tuple[tuple[str, ...], list[tuple[str, str, str | None, str]]]] = {
    "sound rules": (("share > 1 && open", "count > 3 && !open"), []),
    "ranges prove that one never fires": (("share > 1 && share < 0.5",), [("never_fires", "R1", None, "reasoning")]),
    "free text is only sampled": (('title == "bonus" && title == "plan"',), [("never_fires", "R1", None, "sampling")]),
    "as is what always fires of it": (('title == "a" || title != "a"',), [("always_fires", "R1", None, "sampling")]),
    "a product that reasoning follows": (("count * count < 0 && count > -9",), [("never_fires", "R1", None, "reasoning")]),
    "one covers another": (("count > 3", "count > 5 && open"), [("covered", "R2", "R1", "reasoning")]),
    "the wider one may come later": (("count > 5 && open", "count > 3"), [("covered", "R1", "R2", "reasoning")]),
    "levels that differ on common rows": (("count > 3", "count < 9"), [("overlap", "R2", "R1", "reasoning")]),
    "no common row": (("count > 9", "count < 3"), []),
    "what never fires is compared with nothing": (
        ("count > 3 && count < 2", "count > 3"), [("never_fires", "R1", None, "reasoning")],
    ),
    "nor is what always fires": (
        ("count > 3 || count < 5", "count > 3"), [("always_fires", "R1", None, "reasoning")],
    ),
    "what is missing is below nothing": (("days <= 3 || days == null", "!(days > 3) && open"), [("covered", "R2", "R1", "reasoning")]),
    "nor does it make a rule fire": (("days <= 3", "days == null || days <= 3 && open"), []),
}  # fmt: skip


@pytest.mark.parametrize(("conditions", "expected"), REMARKED.values(), ids=REMARKED)
def test_what_is_remarked(conditions: tuple[str, ...], expected: list[tuple[str, str, str | None, str]]):
    """Kind, rule, the other rule, and how it was found."""
    assert remarked(*conditions) == expected


@pytest.mark.slow
def test_rules_that_are_made_to_be_hard_are_sampled_when_the_boxes_are_spent():
    """Thirty rules with products of fields: the searches share so many boxes, and what is left is said to be sampled."""
    hard = [f"share * rate > 0.{n:03} && money / rate > 1.{n:03}" for n in range(101, 131)]

    found = remarks(rules(*hard), parameters({}), np.random.default_rng(3))

    assert {remark.how for remark in found} == {"sampling"}
    assert max(Counter(remark.rule for remark in found).values()) == MOST_OF_A_RULE


def test_a_refinement_draws_no_remark():
    """Whoever wrote the pack meant it."""
    assert remarked("count > 3", "count > 5 && open", refinements={"R2": frozenset({"R1"})}) == []


def test_the_rows_of_a_company_tell_what_a_rule_waits_for():
    """Nothing in a column on any row, and a row that waits for it."""
    company = Company({"thing": [ROW, ROW | {"open": False}]}, {})

    assert remarked("open && days > 3", company=company) == [("never_assessable", "R1", None, "reasoning")]


def test_a_rule_that_no_row_waits_for_is_not_remarked():
    """Where something else decides on every row, the missing column does not matter."""
    company = Company({"thing": [ROW | {"open": False}]}, {})

    assert remarked("open && days > 3", company=company) == []


def test_a_column_that_is_filled_on_one_row_is_filled():
    """Somebody fills it in."""
    company = Company({"thing": [ROW, ROW | {"days": 1}]}, {})

    assert remarked("open && days > 3", company=company) == []


def test_words_that_a_company_does_not_have_are_told():
    """Only of columns whose words are its own."""
    company = Company({"thing": [ROW]}, {"thing": {"colour": ("red", "green")}})

    assert remarked('colour == "blue"', company=company) == [("not_here", "R1", None, "reasoning")]
    assert remarked('colour != "red"', company=company) == []


def test_departments_give_a_company_its_words():
    """Functions that occur; how payouts are built is no word of its own."""
    row = {"function": "sales", "metric_function": None, "reap": "none"}

    company = company_of({"goal": [FactRow("goal", row, ()), FactRow("goal", row | {"function": "hr"}, ())]})

    assert company.words == {"goal": {"function": ("hr", "sales")}}


def test_coverage_counts_the_rows_of_the_department_that_acts():
    """How often a rule fires, stays silent and cannot tell; rows without a department are the organization's."""
    rows = [
        FactRow("thing", ROW, (), departments=("sales", "service")),
        FactRow("thing", ROW | {"count": 9}, (), departments=("sales",)),
        FactRow("thing", ROW | {"count": 9, "days": 1}, ()),
    ]

    assert covered(rules("count > 5 && days > 3"), {"thing": rows}) == [
        Covered("R1", None, 0, 1, 0),
        Covered("R1", "sales", 0, 1, 1),
    ]


SENTENCES: dict[Language, list[str]] = {
    "en": [
        "R1 can never fire: no facts meet its condition",
        "R3 and R2 report the same at different levels: medium and medium, for example with count 4",
    ],
    "de": [
        "R1 kann nie anschlagen: Keine Fakten erfüllen die Bedingung",
        "R3 und R2 melden dasselbe mit verschiedener Stufe: mittel und mittel, zum Beispiel mit Anzahl 4",
    ],
}


@pytest.mark.parametrize(("language", "sentences"), SENTENCES.items())
def test_remarks_are_sentences(language: Language, sentences: list[str]):
    """In both languages, with the facts that show an overlap."""
    never = Remark("never_fires", "R1", "reasoning")
    overlap = Remark("overlap", "R3", "sampling", "R2", levels=("medium", "medium"), row={"count": 4})

    assert [told(never, KIND, language), told(overlap, KIND, language)] == sentences
    assert found_by("sampling", language) in ("by sampling", "durch Stichproben")
