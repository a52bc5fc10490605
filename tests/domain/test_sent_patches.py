"""Patches that others send: merge patches as RFC 7396 has them, JSON Patches with every fault at its operation, and bounded work."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.errors import DocumentInvalid
from app.domain.sent_patches import MOST_OPERATIONS, merged, patched

RAW = {"organization": {"name": "Acme"}, "kpis": [{"key": "aht", "weight": 1}, {"key": "csat"}]}


def operation(op: str, path: Any = "", **more: Any) -> dict[str, Any]:
    return {"op": op, "path": path, **more}


@pytest.mark.parametrize(
    ("value", "patch", "after"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_merge_patch_is_applied_as_the_standard_has_it(value: Any, patch: Any, after: Any):
    """The fifteen cases of its appendix A."""
    assert merged(value, patch) == after


def faults(patch: Any, value: Any = RAW) -> list[tuple[str, str]]:
    with pytest.raises(DocumentInvalid) as invalid:
        patched(value, patch)
    return [(problem.pointer, problem.code) for problem in invalid.value.problems]


@pytest.mark.parametrize(
    ("patch", "found"),
    [
        pytest.param("x", [("", "wrong_type")], id="a text"),
        pytest.param([operation("add"), {"path": ""}], [("/0/value", "missing"), ("/1/op", "missing")], id="members left out"),
        pytest.param([operation("Add", value=1)], [("/0/op", "not_one_of")], id="an operation in capitals"),
        pytest.param([{"op": ["add"], "path": ""}], [("/0/op", "not_one_of")], id="a list for an operation"),
        pytest.param([operation("move", "/a"), operation("copy", "/a", **{"from": None})],
                     [("/0/from", "missing"), ("/1/from", "wrong_type")], id="moved from nowhere"),
        pytest.param([operation("remove", "/kpis/9")], [("/0/path", "no_such_place")], id="beyond the end"),
        pytest.param([operation("add", "/kpis/3", value=1)], [("/0/path", "no_such_place")], id="added beyond the end"),
        pytest.param([operation("replace", "/organization/industry", value=1)], [("/0/path", "no_such_place")], id="nothing to replace"),
        pytest.param([operation("add", "/organization/name/x", value=1)], [("/0/path", "no_such_place")], id="within a text"),
        pytest.param([operation("remove", "kpis")], [("/0/path", "bad_pointer")], id="no slash"),
        pytest.param([operation("remove", "/kpis/~2")], [("/0/path", "bad_pointer")], id="no escape"),
        pytest.param([operation("remove", "/kpis/x")], [("/0/path", "not_a_place")], id="no place in a list"),
        pytest.param([operation("remove", "/kpis/٣")], [("/0/path", "not_a_place")], id="digits of another script"),
        pytest.param([operation("remove", "/kpis/" + "9" * 5000)], [("/0/path", "not_a_place")], id="a number without end"),
        pytest.param([operation("remove")], [("/0/path", "not_a_place")], id="the whole"),
        pytest.param([operation("move", "/kpis/0", **{"from": "/kpis"})], [("/0/path", "moved_into_itself")], id="into itself"),
        pytest.param([operation("move", "/kpis", **{"from": "/none"})], [("/0/from", "no_such_place")], id="from nowhere"),
        pytest.param([operation("test", "/kpis/0/weight", value=True)], [("/0/value", "test_failed")], id="true is no number"),
        pytest.param([operation("remove", "/kpis/0"), operation("test", "/kpis/0/key", value="aht")],
                     [("/1/value", "test_failed")], id="places are those of the moment"),
        pytest.param([operation("add", "/x" * 5000, value=1)], [("/0/path", "bad_pointer")], id="a pointer without end"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_patch_has_its_place_in_it(patch: Any, found: list[tuple[str, str]]):
    """Every fault of its shape at once; else the first operation that does not fit."""
    assert faults(patch) == found


def test_a_thousand_operations_are_read_and_no_more():
    """The work of a patch is bounded."""
    assert patched(RAW, [operation("test", value=RAW)] * MOST_OPERATIONS) == RAW
    assert faults([operation("test", value=RAW)] * (MOST_OPERATIONS + 1)) == [("", "too_many_operations")]


def test_copies_of_copies_do_not_grow_without_bound():
    """Each doubles what there is; the patch is refused before it is more than a document holds."""
    (place, code), *others = faults([operation("copy", f"/{n}", **{"from": ""}) for n in range(1000)])

    assert (code, others) == ("copies_too_much", [])
    assert int(place.split("/")[1]) < 20


def test_a_patch_that_nests_without_end_is_refused():
    """A list that is copied into its own depths."""
    patch = [operation("copy", "/a" * 60, **{"from": ""})] * 3
    nested: Any = {}
    for _ in range(60):
        nested = {"a": nested}

    assert faults(patch * 100, nested)[0][1] == "copies_too_much"
