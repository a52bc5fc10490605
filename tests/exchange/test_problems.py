"""Every problem that a document can have is shown where it is, in words that name what was found and what to write instead."""

from __future__ import annotations

import re

import pytest

from app.catalogue.load import catalogue
from app.domain.document_checks import document_from
from app.domain.errors import DocumentInvalid, Problem
from app.domain.problem_texts import TEXTS, told
from app.exchange.read import read
from tests.exchange.problem_examples import EXAMPLES, PLAN, Example

OF_SERVICES = {"too_many_goals", "too_many_networks", "bad_claim_key", "read_only", "other_key", "bad_tags"}
"""Problems that a document has for one way of asking only, and that are shown with it."""

OF_SIDE_FILES = {"unknown_rule", "unknown_selection", "waives_whole_rule", "not_a_baseline", "malformed_toml"}
"""Problems of settings, waivers and baselines: tests/cli/test_audit_settings.py, _waivers.py, _baseline.py show them."""


def problems_of(example: Example) -> tuple[Problem, ...]:
    """The problems of a file, as a caller gets them."""
    with pytest.raises(DocumentInvalid) as refused:
        source = read(example.data, example.name)
        try:
            document_from(source.raw, catalogue())
        except DocumentInvalid as error:
            raise source.located(error) from None
    return refused.value.problems


def is_at(problem: Problem, example: Example) -> bool:
    """Whether the problem is shown where the example says."""
    if problem.cell:
        return f"{problem.sheet}!{problem.cell}" == example.at
    if problem.line is None or problem.column is None:
        return example.at == ""
    if f"{problem.line}:{problem.column}" == example.at:
        return True
    line = example.data.decode().split("\n")[problem.line - 1]
    return line[problem.column - 1 :].startswith(example.at)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_problem_is_shown_where_it_is(example: Example):
    """A faulty file is refused with the problem of the example, at its line and column or its cell."""
    problems = problems_of(example)

    assert [problem for problem in problems if problem.code == example.code and is_at(problem, example)]
    assert all(str(problem.file).startswith(example.name) for problem in problems)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_problem_is_told_in_whole_sentences(example: Example, language):
    """Nothing is left unfilled in a message, and nothing that cannot be printed is in it."""
    messages = [told(problem, language).message for problem in problems_of(example)]

    assert all(message.isprintable() and "  " not in message for message in messages)
    assert not [message for message in messages if re.search(r"\{\w+\}|None|''$", message)]


def test_every_problem_has_an_example():
    """No sentence is without a file that shows when it is said."""
    assert TEXTS.keys() - {example.code for example in EXAMPLES} == OF_SERVICES | OF_SIDE_FILES


def test_the_document_that_the_examples_change_is_valid():
    """The examples have the problem because of their change alone."""
    source = read(PLAN.encode(), "plan.yaml")

    assert document_from(source.raw, catalogue()).organization.name == "Acme"
