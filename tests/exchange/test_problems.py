"""Every problem that a document can have is shown where it is, in words that name what was found and what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.catalogue.load import catalogue
from app.domain.document.checks import document_from
from app.domain.errors import DocumentInvalid, Problem
from app.domain.problem_texts import TEXTS, told
from app.exchange.read import read
from tests.exchange.problem_examples import EXAMPLES, PLAN, Example

APP = Path(__file__).parents[2] / "app"
BESIDE = ("baseline_file", "configuration_file", "waivers_file", "side_files", "toml_text", "edit")
"""Modules about files beside the document and about edits of its text; their own tests show their problems."""


def codes() -> set[str]:
    """Every problem that reading a file and checking its document can note."""
    read = [path for path in (APP / "exchange").glob("*.py") if not path.stem.startswith(BESIDE)]
    text = "".join(path.read_text(encoding="utf-8") for path in (*read, *(APP / "domain" / "document").glob("*.py")))
    return {code for code in TEXTS if f'"{code}"' in text}


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


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_problem_is_told_in_whole_sentences(example: Example, language):
    """Nothing is left unfilled in a message, and nothing that cannot be printed is in it."""
    messages = [told(problem, language).message for problem in problems_of(example)]

    assert all(message.isprintable() and "  " not in message for message in messages)
    assert not [message for message in messages if re.search(r"\{\w+\}|None|''$", message)]


def test_every_problem_has_an_example():
    """No sentence about a file is without one that shows when it is said."""
    assert codes() - {example.code for example in EXAMPLES} == set()
    assert len(codes()) > 80


def test_the_document_that_the_examples_change_is_valid():
    """The examples have the problem because of their change alone."""
    source = read(PLAN.encode(), "plan.yaml")

    assert document_from(source.raw, catalogue()).organization.name == "Acme"
