"""Names as a use case."""

from __future__ import annotations

import pytest

from app.domain.errors import DocumentInvalid
from app.services import names
from app.services.names import WrittenName
from app.services.written_names import written_names


def test_names_are_resolved_in_their_order() -> None:
    """Each by itself."""
    found = names.resolve([WrittenName("qwxz"), WrittenName("Average handling time", "service")])

    assert [(r.name, r.metric) for r in found] == [
        ("qwxz", None),
        ("Average handling time", "service.average_handle_time"),
    ]


def test_a_search_names_the_nearest_first() -> None:
    """With scores that do not rise."""
    found = names.search("average handling time", 5)

    assert found[0][0].id == "service.average_handle_time"
    assert len(found) <= 5
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_written_names_are_read_as_they_stand() -> None:
    """Null counts as left out."""
    raw = {"names": [{"name": "AHT", "function": "service", "unit": None, "direction": "decrease"}, {"name": "NPS"}]}

    assert written_names(raw) == [WrittenName("AHT", "service", None, "decrease"), WrittenName("NPS")]


@pytest.mark.parametrize(
    ("raw", "pointer", "code"),
    [
        (None, "", "wrong_type"),
        ([], "", "wrong_type"),
        ({}, "/names", "missing"),
        ({"names": "AHT"}, "/names", "wrong_type"),
        ({"names": ["AHT"]}, "/names/0", "wrong_type"),
        ({"names": [{"name": " "}]}, "/names/0/name", "empty"),
        ({"names": [{"name": "x" * 301}]}, "/names/0/name", "too_long"),
        ({"names": [{"name": "x", "unit": 5}]}, "/names/0/unit", "wrong_type"),
        ({"names": [{"name": "x", "function": "sale"}]}, "/names/0/function", "not_one_of"),
        ({"names": [{"name": "x", "function": ["sales"]}]}, "/names/0/function", "not_one_of"),
    ],
)
def test_what_are_no_names_is_refused_with_its_place(raw: object, pointer: str, code: str) -> None:
    """By pointer and code."""
    with pytest.raises(DocumentInvalid) as refused:
        written_names(raw)

    assert [(p.pointer, p.code) for p in refused.value.problems] == [(pointer, code)]
