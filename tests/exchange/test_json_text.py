"""JSON, with the place of every value."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import DocumentInvalid
from app.exchange.read import read
from tests.counts import many

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=many(2_000))
@given(value=_values.filter(lambda value: "\\ud" not in json.dumps(value)), indent=st.none() | st.integers(0, 3))
def test_values_are_those_of_every_other_reader(value: Any, indent: int | None):
    """JSON is read as the standard library reads it."""
    written = json.dumps(value, indent=indent)

    assert read(written.encode(), "plan.json").raw == json.loads(written)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{"a": 1,}', (1, 9), "found '}', expected the name of a member in double quotes"),
        ("{a: 1}", (1, 2), "found 'a', expected the name of a member in double quotes"),
        ('{"a" 1}', (1, 6), "found '1', expected ':' after the name"),
        ('{"a": 1 "b": 2}', (1, 9), "found '\"', expected ',' or '}'"),
        ("[1\n 2]", (2, 2), "found '2', expected ',' or ']'"),
        ('{"a": True}', (1, 7), "found 'True', expected a value"),
        ("{'a': 1}", (1, 2), "found ''', expected the name"),
        ('{"a": 01}', (1, 8), "found '1', expected ',' or '}'"),
        ('{"a": .5}', (1, 7), "found '.', expected a value"),
        ('{"a": "x\ny"}', (1, 9), r"found '\n', expected an escape"),
        ('{"a": "\\x"}', (1, 8), r"found '\x', expected an escape"),
        ('{"a": "\\u12"}', (1, 8), r"found '\u', expected an escape"),
        ('{"a": 1} x', (1, 10), "found 'x', expected nothing more"),
        ("// no", (1, 1), "found '/', expected a value"),
        ('{"a": "x', (1, 7), "ends too early: expected the closing"),
        ('{"a": [1,', (1, 10), "ends too early: expected a value"),
    ],
)
def test_malformed_json_says_what_was_found_and_expected(text: str, place: tuple[int, int], message: str):
    """The place of the fault, what stands there, and what could."""
    with pytest.raises(DocumentInvalid) as refused:
        read(text.encode(), "plan.json")
    (told,) = refused.value.problems

    assert refused.value.malformed
    assert (told.line, told.column) == place
    assert message in told.message


def test_values_have_their_places():
    """Scalars are placed where they begin, what has parts at its name, items of lists where they begin."""
    places = read(b'{\n "a": [\n  1,\n  {"b": "x"}\n ]\n}', "plan.json").places

    assert [places.at(pointer)[:2] for pointer in ("", "/a", "/a/0", "/a/1", "/a/1/b")] == [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 3),
        (4, 9),
    ]


def test_flaws_beside_which_the_rest_can_be_read_are_all_told():
    """Numbers without bound, half characters and members given twice do not hide what else is wrong."""
    text = (
        '{"concord": 1, "organization": {"name": "\\ud800", "employees": NaN, "key": "a", "key": "b", "industry": 1}}'
    )

    with pytest.raises(DocumentInvalid) as refused:
        read(text.encode(), "plan.json")

    assert [(p.code, p.pointer) for p in refused.value.problems] == [
        ("lone_surrogate", "/organization/name"),
        ("not_finite", "/organization/employees"),
        ("duplicate_member", "/organization/key"),
        ("wrong_type", "/organization/industry"),
    ]


def test_what_is_no_document_is_not_judged_as_one():
    """Other bodies with flaws are told their flaws alone."""
    with pytest.raises(DocumentInvalid) as refused:
        read(b'{"names": [], "names": []}', "body", "json")

    assert [p.code for p in refused.value.problems] == ["duplicate_member"]
