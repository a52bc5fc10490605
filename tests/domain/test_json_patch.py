"""The operations of RFC 6902; cases of its appendix A are named by their number."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.json_patch import PatchFailed, apply

Step = dict[str, Any]


def add(path: str, value: Any) -> Step:
    return {"op": "add", "path": path, "value": value}


def remove(path: str) -> Step:
    return {"op": "remove", "path": path}


def replace(path: str, value: Any) -> Step:
    return {"op": "replace", "path": path, "value": value}


def moved(source: str, path: str) -> Step:
    return {"op": "move", "from": source, "path": path}


def copied(source: str, path: str) -> Step:
    return {"op": "copy", "from": source, "path": path}


def holds(path: str, value: Any) -> Step:
    return {"op": "test", "path": path, "value": value}


@pytest.mark.parametrize(
    ("value", "patch", "after"),
    [
        pytest.param({"foo": "bar"}, [add("/baz", "qux")], {"baz": "qux", "foo": "bar"}, id="A.1 a member is added"),
        pytest.param({"foo": ["bar", "baz"]}, [add("/foo/1", "qux")], {"foo": ["bar", "qux", "baz"]}, id="A.2 an entry goes between"),
        pytest.param({"baz": 1, "foo": 2}, [remove("/baz")], {"foo": 2}, id="A.3 a member is removed"),
        pytest.param({"foo": ["a", "b", "c"]}, [remove("/foo/1")], {"foo": ["a", "c"]}, id="A.4 an entry is removed"),
        pytest.param({"baz": 1}, [replace("/baz", "boo")], {"baz": "boo"}, id="A.5 a value is replaced"),
        pytest.param({"foo": {"bar": "baz", "waldo": "fred"}, "qux": {}}, [moved("/foo/waldo", "/qux/thud")],
                     {"foo": {"bar": "baz"}, "qux": {"thud": "fred"}}, id="A.6 a value moves"),
        pytest.param({"foo": ["all", "grass", "cows", "eat"]}, [moved("/foo/1", "/foo/3")],
                     {"foo": ["all", "cows", "eat", "grass"]}, id="A.7 an entry moves"),
        pytest.param({"a": [1], "b": 2}, [copied("/a", "/c"), add("/c/-", 3)], {"a": [1], "b": 2, "c": [1, 3]}, id="a copy is one's own"),
        pytest.param({"a": 1}, [copied("/a", "/a"), moved("/a", "/a")], {"a": 1}, id="to where it is"),
        pytest.param({"a": {"b": 1}}, [moved("/a", "")], {"b": 1}, id="a part becomes the whole"),
        pytest.param({"baz": "qux", "foo": ["a", 2]}, [holds("/baz", "qux"), holds("/foo/1", 2)],
                     {"baz": "qux", "foo": ["a", 2]}, id="A.8 a test that holds changes nothing"),
        pytest.param({"foo": "bar"}, [add("/child", {"grand": {}})], {"foo": "bar", "child": {"grand": {}}}, id="A.10 nested"),
        pytest.param({"foo": "bar"}, [{**add("/baz", 1), "xyz": 2}], {"foo": "bar", "baz": 1}, id="A.11 unknown members are ignored"),
        pytest.param({"/": 9, "~1": 10}, [holds("/~01", 10)], {"/": 9, "~1": 10}, id="A.14 ~01 is ~1"),
        pytest.param({"foo": ["bar"]}, [add("/foo/-", ["abc"])], {"foo": ["bar", ["abc"]]}, id="A.16 a list is added as one entry"),
        pytest.param({"a": 1}, [add("/a", 2)], {"a": 2}, id="add replaces a member that is there"),
        pytest.param([1], [add("/1", 2)], [1, 2], id="add at the end by its place"),
        pytest.param({"a/b": 1}, [replace("/a~1b", 2)], {"a/b": 2}, id="~1 is a slash"),
        pytest.param({"a": 1}, [replace("", {"b": 2})], {"b": 2}, id="the whole value"),
        pytest.param({"": {"": 1}}, [replace("//", 2)], {"": {"": 2}}, id="empty names are names"),
        pytest.param({"a": 1}, [holds("/a", 1.0)], {"a": 1}, id="1 and 1.0 are one number"),
        pytest.param({"a": [1, {"b": None}]}, [holds("/a", [1, {"b": None}])], {"a": [1, {"b": None}]}, id="whole parts are compared"),
    ],
)  # fmt: skip
def test_a_patch_is_applied(value: Any, patch: list[Step], after: Any):
    """Step by step, each on what the one before has made."""
    assert apply(value, patch) == after


@pytest.mark.parametrize(
    ("value", "step"),
    [
        pytest.param({"baz": "qux"}, holds("/baz", "bar"), id="A.9 a test that fails"),
        pytest.param({"foo": "bar"}, add("/baz/bat", "qux"), id="A.12 nothing to add to"),
        pytest.param({"~1": 10}, holds("/~01", "10"), id="A.15 a text is no number"),
        pytest.param({"a": 1}, holds("/a", True), id="true is no number"),
        pytest.param({"a": 1}, remove("/b"), id="nothing to remove"),
        pytest.param({"a": 1}, replace("/b", 1), id="nothing to replace"),
        pytest.param({"a": [1]}, add("/a/2", 1), id="beyond the end"),
        pytest.param({"a": [1]}, remove("/a/-"), id="the place after the last holds nothing"),
        pytest.param({"a": [1, 2]}, remove("/a/01"), id="no leading zeros"),
        pytest.param({"a": [1, 2]}, remove("/a/+1"), id="no signs"),
        pytest.param({"a": [1, 2]}, remove("/a/\u0661"), id="no digits of other scripts"),
        pytest.param({"a": 1}, remove("a"), id="no slash"),
        pytest.param({"a": 1}, remove(""), id="the whole value cannot be removed"),
        pytest.param({"a": 1}, moved("/b", "/a"), id="nothing to move"),
        pytest.param({"a": {"b": 1}}, moved("/a", "/a/b"), id="into itself"),
        pytest.param({"a": [1]}, copied("/a/-", "/b"), id="nothing after the last to copy"),
        pytest.param({"~2": 1}, remove("/~2"), id="no such escape"),
    ],
)
def test_a_patch_that_does_not_fit_fails(value: Any, step: Step):
    """It names its step, and leaves the value as it was."""
    with pytest.raises(PatchFailed) as failed:
        apply(value, [holds("", value), step])

    assert failed.value.operation == 1


def test_the_value_stays_as_it_is():
    """What is not touched is shared between before and after; what is touched is copied."""
    value = {"touched": {"deep": [1]}, "other": {"big": [1, 2, 3]}}

    after = apply(value, [add("/touched/deep/-", 2)])

    assert value == {"touched": {"deep": [1]}, "other": {"big": [1, 2, 3]}}
    assert after["touched"] == {"deep": [1, 2]}
    assert after["other"] is value["other"]
