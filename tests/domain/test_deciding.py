"""The influence that decides: what is left of a finding without it, or with its sign turned round."""

from __future__ import annotations

import pytest

from app.domain.deciding import Decider, deciders_of_finding, deciders_of_pair
from app.domain.detection import Detection
from app.domain.errors import Unknown
from app.domain.why import why
from tests.domain.small_world import ARCS, conflict, detected_in, runs_in, world

TO_SLIPS, TO_TRUST = "speed>slips:causal:both", "slips>trust:causal:both"
TO_CARE, FROM_CARE = "speed>care:causal:both", "care>trust:causal:both"


@pytest.fixture(scope="module")
def detection() -> Detection:
    return detected_in(world())


def deciders(detection: Detection, source: str, target: str) -> dict[str, Decider]:
    found = deciders_of_finding(detection, runs_in(detection), conflict(detection, source, target))
    return {one.link.id: one for one in found}


def test_what_the_strongest_chain_runs_over_decides_and_comes_first(detection: Detection):
    """Speed costs trust by slips, and weakly by care: without the first the finding falls, without the second it stands."""
    found = deciders(detection, "speed", "trust")

    assert {id_ for id_, one in found.items() if one.dropped.asked} == {TO_SLIPS, TO_TRUST} == set(list(found)[:2])
    assert found[TO_SLIPS].decides and set(found) == {TO_SLIPS, TO_TRUST, TO_CARE, FROM_CARE}


def test_dropping_an_influence_is_as_if_nobody_had_ever_known_it(detection: Detection):
    """Every level that is said to change is what is found in a world without the influence."""
    asked = deciders(detection, "speed", "trust")[TO_SLIPS]
    levels = {match.fingerprint: match.level for match in detected_in(world(*ARCS[1:])).matches}

    shifted = [*asked.dropped.asked, *asked.dropped.others]

    assert shifted and {one.fingerprint: one.after for one in shifted} == {
        one.fingerprint: levels.get(one.fingerprint) for one in shifted
    }


def test_flipping_an_influence_is_as_if_it_were_known_the_other_way_round(detection: Detection):
    """Were speed to spare slips, nothing of the harm by them would be left."""
    asked = deciders(detection, "speed", "trust")[TO_SLIPS]
    levels = {
        match.fingerprint: match.level for match in detected_in(world("speed >- slips strong", *ARCS[1:])).matches
    }

    shifted = [*asked.flipped.asked, *asked.flipped.others]

    assert shifted and {one.fingerprint: one.after for one in shifted} == {
        one.fingerprint: levels.get(one.fingerprint) for one in shifted
    }


def test_an_influence_of_others_does_not_come_up(detection: Detection):
    """Orders make for calls, which has nothing to do with trust."""
    assert list(deciders(detection, "orders", "calls")) == ["orders>calls:causal:both"]


def test_a_pair_is_asked_by_its_keys_whichever_harms_the_other(detection: Detection):
    """The same influences either way round, and as for the finding."""
    there, back = (
        deciders_of_pair(detection, runs_in(detection), why(detection, *ends))
        for ends in (("speed", "trust"), ("trust", "speed"))
    )

    assert there == back
    assert {one.link.id: one for one in there} == deciders(detection, "speed", "trust")


def test_what_rests_on_no_chain_has_no_influence_that_decides(detection: Detection):
    """Nobody measures trust: no influence is behind that."""
    (gap,) = [match.fingerprint for match in detection.matches if match.rule.rule.id == "MEA101"]

    assert deciders_of_finding(detection, runs_in(detection), gap) == ()


def test_a_finding_that_is_not_there_is_named(detection: Detection):
    """By the fingerprint that was asked for."""
    with pytest.raises(Unknown, match="0000000000000000"):
        deciders_of_finding(detection, runs_in(detection), "0" * 16)
