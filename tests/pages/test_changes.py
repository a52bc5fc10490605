"""Changes of a document on pages: sentences in the words of the forms, with names in place of keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.domain.change_form import change_as_json
from app.domain.document import Document, Part
from app.domain.document.changes import changes_between
from app.domain.document.members import members_of
from app.domain.terms import Language
from app.pages.console.changes import changes_said, label_of
from app.pages.texts import PageWords

COMPANY: dict[str, Any] = {
    "concord": 1,
    "organization": {"key": "acme", "name": "Acme"},
    "departments": [{"key": "service", "name": "Service"}],
    "kpis": [
        {"key": "aht", "department": "service", "name": "Handle time", "direction": "decrease", "weight": 0.6},
        {"key": "csat", "department": "service", "name": "Satisfaction", "direction": "increase", "weight": 0.4},
    ],
    "incentive_plans": [
        {
            "key": "agents",
            "department": "service",
            "role": "Call agents",
            "target_variable_pay_share": 0.2,
            "components": [
                {"key": "agents-aht", "kpi": "aht", "weight": 1.0, "payout": {"kind": "linear", "cap": 2.0}}
            ],
        }
    ],
}


def said(after: dict[str, Any], language: Language = "en") -> list[str]:
    """The sentences on what becomes of the company."""
    changes = [change_as_json(one) for one in changes_between(COMPANY, after)]
    return [one["text"] for one in changes_said(changes, COMPANY, after, PageWords(language))]


def with_component(**members: Any) -> dict[str, Any]:
    """The company with its component said otherwise."""
    (plan,) = COMPANY["incentive_plans"]
    component = {**plan["components"][0], **members}
    return {**COMPANY, "incentive_plans": [{**plan, "components": [component]}]}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Paid part “Handle time” of Call agents · Gate (new): KPI of the gate Satisfaction, Condition >= 4.2"),
        (
            "de",
            "Bestandteil „Handle time“ von Call agents · Vorbedingung (neu): KPI der Vorbedingung Satisfaction, Bedingung >= 4.2",
        ),
    ],
)
def test_what_is_new_in_a_part_is_named_as_its_form_names_it(language: Language, sentence: str):
    """KPIs, plans and what they are called by people; no key, no name of a member."""
    gated = with_component(gate={"kpi": "csat", "condition": ">= 4.2"})

    assert said(gated, language) == [sentence]


def test_shares_are_told_in_percent_and_what_is_gone_with_what_it_was():
    """A cap is an attainment of pay; a plan that pays less variable pay says from what to what."""
    (plan,) = with_component(payout={"kind": "linear"})["incentive_plans"]
    after = {**COMPANY, "incentive_plans": [{**plan, "target_variable_pay_share": 0.15}]}

    assert said(after) == [
        "Incentive plan “Call agents” · Variable pay at target: 20% → 15%",
        "Paid part “Handle time” of Call agents · Cap (taken out): 200%",
    ]


def test_a_part_that_comes_or_goes_is_told_by_its_name():
    """The name of what is gone is looked up where it was."""
    aht, csat = COMPANY["kpis"]

    assert said({**COMPANY, "kpis": [aht]}) == ["KPI “Satisfaction” is taken out"]
    assert said({**COMPANY, "kpis": [aht, csat, {**csat, "key": "nps", "name": "Advocacy"}]}) == [
        "KPI “Advocacy” is new"
    ]


def test_every_member_of_the_document_has_a_name():
    """Also those that no form has a field for."""
    words = PageWords("en")
    named = [(path, label_of(path, words)) for path in members(Document)]

    assert [".".join(path) for path, label in named if label == ".".join(path)] == []


def members(part: type[Part], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every member of a part below the lists of parts, by the way to it."""
    for name, member in members_of(part).items():
        if part is Document or (member.several and member.part is not None):
            if member.part is not None:
                yield from members(member.part)
        else:
            yield (*path, name)
            if member.part is not None:
                yield from members(member.part, (*path, name))
