"""Whatever is wrong with a rule is said in German, too."""

from __future__ import annotations

import re

from app.domain.rules.problem_words import SENTENCES, in_german
from tests.domain.rules.test_wrong_rules import KINDS, WRONG, faults

WORDS = re.compile(r"[a-z]+ [a-z]+")
"""What is a sentence or the name of a thing, not a sign or a list of names."""


def test_every_problem_of_the_wrong_rules_is_said_in_german():
    """The sentence, and what was expected; none stays as it is."""
    problems = [problem for kind, text, _ in WRONG for problem in faults(text, KINDS[kind])]
    said = {text for problem in problems for text in (problem.message, problem.expected) if WORDS.search(text)}

    assert {text for text in said if in_german(text) == text} == set()


def test_blanks_are_filled_with_the_same_words():
    """And nouns of the checks in German."""
    assert in_german("component has no field 'cpa'") == "component hat kein Feld 'cpa'"
    assert in_german("a text is compared with a number") == "verglichen werden ein Text und eine Zahl"
    assert in_german("linear, tiered") == "linear, tiered"


def test_no_sentence_is_there_twice():
    """The first that fits is taken."""
    english = [sentence for sentence, _ in SENTENCES]

    assert sorted(english) == sorted(set(english))
