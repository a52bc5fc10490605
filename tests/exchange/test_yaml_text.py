"""YAML as documents use it."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.errors import DocumentInvalid, Problem
from app.exchange.read import read


def values(text: str) -> Any:
    """What a YAML text holds."""
    return read(text.encode(), "plan.yaml").raw


def problems(text: str) -> list[tuple[str, str, int | None, int | None]]:
    """Code, pointer and place of every problem that a YAML text has as such."""
    with pytest.raises(DocumentInvalid) as refused:
        read(text.encode(), "plan.yaml")
    return [(p.code, p.pointer, p.line, p.column) for p in refused.value.problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("True", "True"), ("true", True), ("false", False), ("null", None), ("~", None),
        ("", None), ("420", 420), ("-0.5", -0.5), ("1e3", 1000.0), ("007", "007"), ("+5", "+5"), (".5", ".5"), ("0x1F", "0x1F"),
        ("1_000", "1_000"), ("12:30", "12:30"), (".inf", ".inf"), (".nan", ".nan"), ("2026-01-31", "2026-01-31"), ("'420'", "420"),
        ('"true"', "true"), ("4.20", 4.2), ("1.", "1."), ("-", "-"),
    ],
)  # fmt: skip
def test_scalars_are_what_json_would_take_them_for(written: str, value: Any):
    """`no` is text and not false, days stay text, and numbers are numbers as JSON writes them."""
    if written == "-":
        written = "'-'"

    assert values(f"a: {written}") == {"a": value}
    assert type(values(f"a: {written}")["a"]) is type(value)


def test_texts_over_several_lines_are_read():
    """Block texts keep or fold their lines."""
    assert values("a: |\n  x\n  y\nb: >\n  x\n  y\n") == {"a": "x\ny\n", "b": "x y\n"}


def test_aliases_are_copies():
    """What two places share in the file is not shared in the document, so that a change of one leaves the other."""
    read_twice = values("a: &x {from: 1}\nb: *x\n")
    read_twice["a"]["from"] = 2

    assert read_twice["b"] == {"from": 1}


def test_a_problem_in_what_an_alias_stands_for_is_shown_where_that_stands():
    """An alias is a second place of the same text."""
    source = read(b"a: &x\n  - {from: 1}\nb: *x\n", "plan.yaml")

    assert (source.places.at("/b/0/from").line, source.places.at("/b").line) == (2, 3)


def test_all_flaws_of_the_text_are_told_with_those_of_the_document():
    """A file with flaws that leave the rest readable is judged as a whole."""
    text = "concord: 1\nconcord: 2\norganization: {name: !!str A, nam: B}\nkpis: []\nparameters: {decay: 1e999}\n"

    assert problems(text) == [
        ("duplicate_member", "/concord", 2, 1),
        ("tagged", "/organization/name", 3, 22),
        ("unknown_member", "/organization/nam", 3, 31),
        ("not_finite", "/parameters/decay", 5, 21),
    ]


def test_what_follows_from_a_flaw_is_not_told_again():
    """A list that is given twice is one problem, not one for every reference into it."""
    text = "concord: 1\norganization: {name: A}\ndepartments: []\ndepartments: [{key: a}]\nkpis: [{key: k, department: a}]\n"

    assert problems(text) == [("duplicate_member", "/departments", 4, 1)]


def test_places_count_characters_and_every_kind_of_line_break():
    """Columns count characters, whatever their bytes; lines end with LF, CR LF or CR; a byte order mark does not count."""
    source = read("\ufeffkpis:\r\n  - {a: 'Ü😀', b: 1}\r  - {b: 2}\n".encode(), "plan.yaml")
    first, second = source.places.at("/kpis/0/b"), source.places.at("/kpis/1/b")

    assert (first.line, first.column, second.line, second.column) == (2, 18, 3, 9)


def test_what_is_missing_is_placed_at_what_should_hold_it():
    """A member that is not there is shown at its object: by name where that has one, else where it begins."""
    source = read(b"organization:\n  key: a\nkpis:\n  - key: a\n", "plan.yaml")

    assert source.places.at("/organization/name")[:2] == (1, 1)
    assert source.places.at("/kpis/0/name")[:2] == (4, 5)
    assert source.places.at("/departments")[:2] == (1, 1)


def test_names_of_members_that_cannot_be_printed_have_their_place():
    """A pointer in a message writes such a name with escapes; the place is found all the same."""
    source = read(b'organization:\n  "a\\tb": 1\n', "plan.yaml")

    assert source.places.at("/organization/a\\tb", "unknown_member")[:2] == (2, 3)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: b: c", "put a text that contains ': ' in quotes"),
        ("a:\n  b: 1\n c: 2", "does not continue what begins in line 1"),
        ("a: - b", "a '-' cannot begin a list here"),
        ("a: 1\nb\nc: 2", "has no ':' after the name"),
        ("a: [1, 2\nb: 3", "the list that begins in line 1 with '['"),
        ("a: {b: 1", "what begins in line 1 with '{'"),
        ("a: 'x", "the quoted text that begins here does not end"),
        ("a: @x", "begins with '@' must be in quotes"),
        ("a: & y", "'&' and '*' begin an anchor and an alias"),
        ('a: "\\d"', "a backslash within double quotes begins an escape"),
        ("a: |x\n", "nothing may follow '|' or '>'"),
        ("a: ]", "']' begins none"),
        ("{a: 1} b", "something follows after the end"),
        ("%FOO\na: 1", "begins with '%' is a directive"),
        ("%YAML 3.0\n---\na: 1", "it says 'found incompatible YAML document'"),
    ],
)
def test_malformed_yaml_is_explained_in_plain_words(text: str, reason: str):
    """What the parser says is turned into what to do."""
    with pytest.raises(DocumentInvalid) as refused:
        read(text.encode(), "plan.yaml")
    told: Problem = refused.value.problems[-1]

    assert refused.value.malformed
    assert reason in told.message
