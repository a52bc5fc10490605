"""Templates of patches: what is found is put in, in the reader's language, where the document has a place for it or not."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.patch_templates import Text, fill, placeholders, render

FOUND = {
    "pay": {"items": [{"path": "/plans/0", "key": "a"}, {"path": "/plans/2", "key": "b"}]},
    "months": 6,
    "new": False,
}


def rendered(step: dict[str, Any], raw: Any, language: str = "en") -> list[dict[str, Any]]:
    return render([step], FOUND, raw, "de" if language == "de" else "en")


def test_a_placeholder_that_is_the_whole_text_keeps_its_type():
    """Six months stay a number; in a sentence they become words."""
    step = {"op": "add", "path": "/x", "value": {"months": "{months}", "said": "after {months} months"}}

    assert rendered(step, {})[0]["value"] == {"months": 6, "said": "after 6 months"}


def test_a_step_is_repeated_for_each_thing_found():
    """Once for every entry, with its own place."""
    step = {"op": "test", "each": "pay.items", "path": "{each.path}/key", "value": "{each.key}"}

    assert [(s["path"], s["value"]) for s in rendered(step, {})] == [("/plans/0/key", "a"), ("/plans/2/key", "b")]


def test_a_step_is_left_out_when_it_is_not_called_for():
    """`when` names something that was found to be so or not."""
    assert rendered({"op": "add", "when": "new", "path": "/x", "value": 1}, {}) == []


def test_put_opens_the_way():
    """Objects that are missing, or null, are added first."""
    step = {"op": "put", "path": "/governance/review/frequency", "value": "year"}

    assert rendered(step, {"governance": None}) == [
        {"op": "add", "path": "/governance", "value": {}},
        {"op": "add", "path": "/governance/review", "value": {}},
        {"op": "add", "path": "/governance/review/frequency", "value": "year"},
    ]
    assert len(rendered(step, {"governance": {"review": {}}})) == 1


def test_append_makes_the_list_that_is_missing():
    """The first entry comes with its list, the second joins it."""
    step = {"op": "append", "each": "pay.items", "path": "/kpis", "value": "{each.key}"}

    assert rendered(step, {}) == [
        {"op": "add", "path": "/kpis", "value": ["a"]},
        {"op": "add", "path": "/kpis/-", "value": "b"},
    ]
    assert [s["path"] for s in rendered(step, {"kpis": []})] == ["/kpis/-", "/kpis/-"]


def test_texts_come_in_the_readers_language():
    """A value {en, de} is one text, not an object."""
    step = {"op": "add", "path": "/x", "value": {"en": "Customer leaves", "de": "Kunde geht"}}

    assert rendered(step, {}, "de")[0]["value"] == "Kunde geht"


def test_members_that_were_not_found_are_left_out():
    """A KPI without a baseline has no member `baseline`."""
    kpi = {"kpi": {"key": "csat", "name": Text("Satisfaction", "Zufriedenheit"), "baseline": None}}

    steps = render([{"op": "append", "path": "/kpis", "value": "{kpi}"}], kpi, {"kpis": []}, "de")

    assert steps[0]["value"] == {"key": "csat", "name": "Zufriedenheit"}


def test_what_was_not_found_is_an_error():
    """A gap in a sentence is never printed."""
    with pytest.raises(KeyError, match=r"guard\.name"):
        fill("only while {guard.name} holds", {"guard": {}})


def test_every_name_is_seen():
    """In both languages and however deep."""
    assert set(placeholders([Text("{a.b}", "{c}"), {"x": ["{d}", 5]}])) == {"a.b", "c", "d"}


def test_what_comes_out_of_a_document_is_no_template():
    """A KPI may be called `{name}`; what a finder says of it is not filled once more."""
    found = {"about": Text("“{name}” and {0}", "„{name}“ und {0}")}

    step = {"op": "add", "path": "/x", "value": "{about}"}

    assert fill("Measure {about}", found) == "Measure “{name}” and {0}"
    assert render([step], found, {}, "de")[0]["value"] == "„{name}“ und {0}"
