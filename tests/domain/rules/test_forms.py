"""Conditions as forms: the same as their text, both ways."""

from __future__ import annotations

from typing import Any

import pytest

from app.catalogue.load import catalogue
from app.domain.errors import DocumentInvalid
from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.forms import comparisons, form_of, node_of, text_of
from app.domain.rules.syntax import RuleSyntaxError, parse
from app.domain.rules.tree import render
from tests.counts import many
from tests.domain.rules.random_rules import conditions

EXAMPLES: dict[str, Any] = {
    "has_gate": {"field": "has_gate"},
    "!has_gate": {"not": {"field": "has_gate"}},
    "accelerator_max > limit": {"field": "accelerator_max", "is": ">", "param": "limit"},
    "cap == null || cap <= 1.5": {
        "any": [{"field": "cap", "is": "missing"}, {"field": "cap", "is": "<=", "value": 1.5}]
    },
    'payout_kind in ["ranking", "tiered"] && cap != null': {
        "all": [
            {"field": "payout_kind", "is": "in", "values": ["ranking", "tiered"]},
            {"field": "cap", "is": "known"},
        ]
    },
    "weight < stake": {"field": "weight", "is": "<", "other": "stake"},
    "weight + stake > 1": {"text": "weight + stake > 1"},
    "1 < cap": {"text": "1 < cap"},
    "has_gate == true": {"field": "has_gate", "is": "==", "value": True},
    "a && (b && c)": {"all": [{"field": "a"}, {"all": [{"field": "b"}, {"field": "c"}]}]},
    "cap > 999999999999999.123456": {"text": "cap > 999999999999999.123456"},
}


@pytest.mark.parametrize(("text", "form"), EXAMPLES.items(), ids=EXAMPLES.keys())
def test_a_text_and_its_form_say_the_same(text: str, form: Any):
    """By example."""
    assert form_of(parse(text), {"limit"}) == form
    assert text_of(form) == text


def test_forms_and_texts_lose_nothing_in_each_other():
    """Random conditions: text → form → text is the text; form → text → form is the form."""
    for node in conditions(many(2_000), seed=7):
        form = form_of(node)

        assert node_of(form) == node
        assert text_of(form) == render(node)
        assert form_of(parse(text_of(form))) == form


def test_every_built_in_condition_is_a_form():
    """With its parameters."""
    for rule in catalogue().rules.values():
        node = parse(rule.condition)

        assert node_of(form_of(node, rule.params)) == node


@pytest.mark.parametrize(
    ("form", "faults"),
    [
        ([], [("", "wrong_type")]),
        ({}, [("", "one_member")]),
        ({"all": [], "not": {}}, [("", "one_member")]),
        ({"all": [{"field": "a"}]}, [("/all", "too_few_parts")]),
        ({"all": [{"field": "a"}, {"filed": "b"}]}, [("/all/1", "one_member")]),
        ({"field": "a b"}, [("/field", "bad_form")]),
        ({"field": "a", "is": "equals", "value": 1}, [("/is", "not_one_of")]),
        ({"field": "a", "is": ">"}, [("/value", "missing")]),
        ({"field": "a", "is": ">", "value": 1, "param": "b"}, [("/value", "missing")]),
        ({"field": "a", "is": "missing", "value": 1}, [("/value", "unknown_member")]),
        ({"field": "a", "is": "in", "values": []}, [("/values", "wrong_type")]),
        ({"field": "a", "is": "==", "value": None}, [("/value", "wrong_type")]),
        ({"field": "a", "value": 1}, [("/value", "unknown_member")]),
        ({"text": " "}, [("/text", "empty")]),
    ],
)
def test_what_is_no_form_is_refused(form: Any, faults: list[tuple[str, str]]):
    """At its place."""
    with pytest.raises(DocumentInvalid) as refused:
        node_of(form)

    assert [(problem.pointer, problem.code) for problem in refused.value.problems] == faults


def test_a_form_is_no_deeper_than_a_condition():
    """However it is sent."""
    form: Any = {"field": "a"}
    for _ in range(5_000):
        form = {"not": form}

    with pytest.raises((DocumentInvalid, RuleSyntaxError)):
        text_of(form)


def test_a_form_offers_what_a_field_can_be_asked():
    """Each comparison that is offered is sound for its field, and free text offers none."""
    component = FACT_KINDS["component"]

    assert comparisons(component.fields["cap"]) == ("==", "!=", "<", "<=", ">", ">=", "in", "missing", "known")
    assert comparisons(component.fields["has_gate"]) == ("==", "!=")
    for kind in FACT_KINDS.values():
        assert all(not comparisons(field) for field in kind.fields.values() if not field.testable)
