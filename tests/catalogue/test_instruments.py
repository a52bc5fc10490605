"""The instruments: whole, in both languages, and tied to facts and citations that there are."""

from __future__ import annotations

import pytest

from app.catalogue.instruments import instruments
from app.catalogue.load import catalogue
from app.domain.facts.kinds import FACT_KINDS
from app.domain.instruments import Instrument
from app.domain.patch_templates import Text

ALL = list(instruments().values())
PRINCIPLES = {
    "value_for_customers", "long_term", "senior_support", "shared_initiatives", "measures_beyond", "training", "stakeholders",
    "customers_do_not_care", "change_from_the_top",
}  # fmt: skip


def texts(instrument: Instrument) -> list[Text]:
    """Everything that people read."""
    found = [instrument.title, instrument.about, *(section.title for section in instrument.sections)]
    found += [one.told for one in instrument.benchmarks]
    for question in instrument.questions():
        found += [question.text, *question.anchors.values()]
        found += [one for one in (question.evidence, question.each) if one is not None]
    return found


@pytest.mark.parametrize("instrument", ALL, ids=[one.id for one in ALL])
def test_an_instrument_is_whole(instrument: Instrument) -> None:
    """Keys stand once, texts in both languages, anchors at both ends and in the middle, and what it rests on is cited."""
    keys = [question.key for question in instrument.questions()]

    assert len(keys) == len(set(keys))
    assert all(said.en.strip() and said.de.strip() for said in texts(instrument))
    assert all(set(one.anchors) == {1, 3, 5} for one in instrument.questions() if one.scale != "agreement")
    cited = {*instrument.citations, *(one.citation for one in instrument.benchmarks)}
    assert cited | ({instrument.shares_citation} - {None}) <= set(catalogue().citations)


@pytest.mark.parametrize("instrument", ALL, ids=[one.id for one in ALL])
def test_facts_that_answer_are_facts(instrument: Instrument) -> None:
    """Of the organization, with scores of the scale and bounds that rise."""
    known = set(FACT_KINDS["organization"].fields)
    for question in instrument.questions():
        if (rule := question.fact) is not None:
            assert {*rule.fields, *filter(None, [rule.per])} <= known, question.key
            assert all(question.fits(score) for score in (*rule.words.values(), *(score for _, score in rule.steps)))
            bounds = [bound for bound, _ in rule.steps]
            assert bounds == sorted(set(bounds))


def test_what_is_assessed_is_all_there() -> None:
    """Seven principles and two practices, five processes and the culture, six obstacles, both sides of the single view."""
    sections = {one.id: [section.key for section in one.sections] for one in ALL}

    assert set(sections["seven-principles"]) == PRINCIPLES
    assert sections["five-processes"] == ["strategy", "value", "channels", "data", "measures", "culture"]
    assert sections["obstacles"] == [
        "silos",
        "cost_cutting",
        "incentives",
        "being_a_customer",
        "nobody_answers",
        "illusion",
    ]
    assert sections["single-view"] == ["touch_points", "systems"]
    assert [one.second_share for one in instruments()["perception-gap"].benchmarks] == [0.41, 0.1]
