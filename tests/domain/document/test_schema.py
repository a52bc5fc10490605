"""The JSON Schema of the model document agrees with what is read."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from app.domain import document
from app.domain.document.checks import checked, document_from
from app.domain.document.schema import DOCUMENT_SCHEMA_ID, document_schema
from app.domain.document.sentences import SENTENCES
from app.domain.document.shape import shaped
from tests.counts import many
from tests.exchange.documents import documents, whole

CASES = sorted(Path("tests/cases/companies").glob("*.yaml"))
VALIDATOR = Draft202012Validator(document_schema(), format_checker=FormatChecker())


def test_it_is_a_schema_of_draft_2020_12():
    """It is valid itself and says which draft it is of and where it is served."""
    Draft202012Validator.check_schema(document_schema())

    assert document_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document_schema()["$id"] == DOCUMENT_SCHEMA_ID == "/v1/schemas/document.json"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_labelled_companies_are_valid(path: Path):
    """The schema accepts every document that the project knows."""
    company = {"concord": 1, **yaml.safe_load(path.read_text())["document"]}

    assert [error.message for error in VALIDATOR.iter_errors(company)] == []


def test_its_examples_are_documents():
    """What it shows as an example is read without a problem, and its examples of members are what members may be."""
    for example in document_schema()["examples"]:
        document_from(example)
        VALIDATOR.validate(example)
    for part in document_schema()["$defs"].values():
        for member in part["properties"].values():
            for example in member.get("examples", ()):
                Draft202012Validator({**member, "$defs": document_schema()["$defs"]}).validate(example)


def test_every_part_and_member_says_what_it_is():
    """Each has a title and a sentence, and nothing else is allowed."""
    parts = [document_schema(), *document_schema()["$defs"].values()]

    assert all(part["additionalProperties"] is False and part["title"] and part["description"] for part in parts)
    assert all(member["title"] and member["description"] for part in parts for member in part["properties"].values())


def test_sentences_are_those_of_the_members_there_are():
    """No member is without its sentence, and no sentence without its member."""
    parts = {
        part.__name__: part
        for part in vars(document).values()
        if isinstance(part, type) and issubclass(part, document.Part)
    }
    members = {
        name: {field.alias or key for key, field in part.model_fields.items()}
        for name, part in parts.items()
        if name != "Part"
    }

    assert {name: set(sentences) for name, sentences in SENTENCES.items()} == members


@settings(max_examples=many(2_000))
@given(valid=documents())
def test_what_is_read_is_valid(valid: dict[str, Any]):
    """The schema refuses no document that is read."""
    document_from(valid)

    assert [error.message for error in VALIDATOR.iter_errors(valid)] == []


_WRONG = st.sampled_from(
    [None, True, "", " ", "x", "X y", "\x01", "2026-02-30", -1, 0.5, 10**18, [], ["a", 1], {}, {"x": 1}, "y" * 3_000]
)


@st.composite
def changed(draw: st.DrawFn) -> dict[str, Any]:
    """A document in which one value is something else, or one object has a member more."""
    made = copy.deepcopy(whole())
    holder = draw(st.sampled_from(_objects(made)))
    name = draw(st.sampled_from([*holder, "further"]))
    holder[name] = draw(_WRONG)
    return made


def _objects(value: Any) -> list[dict[str, Any]]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return ([value] if isinstance(value, dict) else []) + [found for one in inner for found in _objects(one)]


@settings(max_examples=many(5_000))
@given(made=changed())
def test_what_is_refused_for_its_shape_is_invalid_and_nothing_else(made: dict[str, Any]):
    """The schema and the checks draw the same line wherever one value alone decides."""
    _, of_shape = shaped(made)
    _, faults = checked(made)
    of_shape += [fault for fault in faults if fault.path[:1] == ("parameters",) and fault.code != "levels_out_of_order"]

    assert bool(of_shape) == (not VALIDATOR.is_valid(made))
