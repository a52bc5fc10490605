"""The search for a row says nothing that rows contradict."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from app.domain.rule_sets.answers import FALSE, OPEN, TRUE
from app.domain.rule_sets.linear import linear
from app.domain.rule_sets.possible import possible
from app.domain.rule_sets.samples import sample
from app.domain.rule_sets.search import Verdict, Wanted, find
from app.domain.rules.syntax import parse
from app.domain.rules.tree import Node
from app.domain.rules.type_check import check
from app.domain.rules.walk import compile_walk
from tests.counts import many
from tests.domain.rules.random_rules import KIND, conditions, rows

ANSWER = {True: TRUE, False: FALSE, None: OPEN}


def wanted(node: Node, answers: int) -> Wanted:
    return Wanted(possible(node, KIND), compile_walk(node, KIND), answers)


VERDICTS: dict[str, tuple[str, Verdict]] = {
    "two ranges that do not meet": ("share > 1 && share < 0.5", "none"),
    "two ranges that meet in one number": ("share >= 0.5 && share <= 0.5", "found"),
    "nothing lies between two units": ("share > 0.5 && share < 0.51", "none"),
    "something lies between two coarser ones": ("rate > 0.5 && rate < 0.51", "found"),
    "no whole number is a half": ("count * 2 == 5", "none"),
    "a sum within two bounds": ("count + days > 10 && count + days < 12", "found"),
    "a sum beyond both": ("count + days > 12 && count + days < 10", "none"),
    "a sum and its double": ("count + days > 12 && 2 * days + 2 * count < 20", "none"),
    "a sum with its parts bounded": ("count < 3 && days < 3 && count + days > 4", "none"),
    "equal parts cancel out": ("count - days > 3 && days - count > -3", "none"),
    "a product of two fields": ("count * days == 91 && count > 1 && days > 1 && count < 20 && days < 20", "found"),
    "a product that is out of reach": ("count * count < 0 && count < 50 && count > -50", "none"),
    "a quotient": ("share / count > 0.9 && count > 10 && share < 1", "none"),
    "divided by zero it is unknown": ("share / count > 0 && count == 0", "none"),
    "missing is no value": ("days == null && days > 3", "none"),
    "missing is told apart": ("days == null || days > 3", "found"),
    "a word that is two": ('colour == "red" && colour in ["green", "blue"]', "none"),
    "two fields without a common word": ('colour == shade && colour == "red"', "none"),
    "two fields with one": ('colour == shade && colour != "grey"', "found"),
    "a list without and with a word": ('tags.contains("old") && !tags.contains("old")', "none"),
    "a list with two words": ('tags.contains("old") && tags.contains("new")', "found"),
    "conditions that are compared": ("open == (count > 3) && count > 5 && !open", "none"),
    "a text with two parts": ('title.startsWith("Bo") && title.endsWith("plan")', "found"),
    "a text that is two: a few texts prove nothing": ('title == "bonus" && title == "plan"', "unsure"),
}


@pytest.mark.parametrize(("text", "verdict"), VERDICTS.values(), ids=VERDICTS)
def test_a_row_is_found_or_ruled_out(text: str, verdict: Verdict):
    """By ranges where numbers are compared, one by one where words are."""
    node = parse(text)

    assert find([wanted(node, TRUE)], KIND, {}).verdict == verdict


def test_what_is_ruled_out_happens_on_no_row():
    """Random conditions on random rows: an answer that a row gives is never ruled out."""
    for node in conditions(many(400), seed=51):
        walk = compile_walk(node, KIND)
        seen = {ANSWER[walk(row)] for row in rows(60, seed=52)}
        for answer in (TRUE, FALSE, OPEN):
            verdict = find([wanted(node, answer)], KIND, {}).verdict
            assert not (verdict == "none" and answer in seen)


def test_a_row_that_is_found_gives_the_answers_that_were_wanted():
    """Of two conditions at once, as a walk over the row says."""
    nodes = conditions(many(400), seed=53)
    for one, other in pairwise(nodes):
        found = find([wanted(one, TRUE), wanted(other, FALSE | OPEN)], KIND, {})
        if found.row is not None:
            assert compile_walk(one, KIND)(found.row) is True
            assert compile_walk(other, KIND)(found.row) is not True


def test_most_searches_end_by_themselves():
    """Nine in ten random conditions are decided without a sample."""
    verdicts = Counter(find([wanted(node, TRUE)], KIND, {}).verdict for node in conditions(200, seed=54))

    assert verdicts["unsure"] <= 20


def test_the_rows_of_a_sample_answer_as_their_columns_do():
    """What is read back from the columns of a sample is the row on which the kernel answered."""
    nodes = conditions(many(200), seed=55)
    drawn = sample(KIND, [possible(node, KIND) for node in nodes], {}, np.random.default_rng(5), size=50)
    answers = drawn.answers(nodes)

    for node, (true, false) in zip(nodes, answers, strict=True):
        walk = compile_walk(node, KIND)
        assert [walk(drawn.row(place)) for place in range(50)] == [
            True if held else False if failed else None for held, failed in zip(true, false, strict=True)
        ]


LINEAR = {
    "a field and a number": ("share > 0.25", ((("share", 1),), ">", 25)),
    "the other way round": ("0.25 > share", ((("share", 1),), "<", 25)),
    "different scales": ("share + rate <= 1", ((("rate", 1), ("share", 100)), "<=", 10_000)),
    "brought to whole numbers": ("0.5 * count + 0.5 * days >= 3", ((("count", 1), ("days", 1)), ">=", 6)),
    "a denial of a number": ("-count < 3", ((("count", 1),), ">", -3)),
    "equal parts cancel": ("count + days == count + 3", ((("days", 1),), "==", 3)),
}


@pytest.mark.parametrize(("text", "expected"), LINEAR.values(), ids=LINEAR)
def test_comparisons_of_sums_look_alike(text: str, expected: tuple[object, str, int]):
    """One whole number against a bound, whichever way it was written."""
    node = parse(text)
    assert not check(node, KIND)

    found = linear(node.op, *node.parts, KIND)

    assert found is not None
    assert (found.terms, found.op, found.bound) == expected


@pytest.mark.parametrize("text", ["share * count > 1", "share / 2 > 1", "share / count > 1"])
def test_products_and_quotients_are_no_sums(text: str):
    """They are read as ranges."""
    node = parse(text)

    assert linear(node.op, *node.parts, KIND) is None
