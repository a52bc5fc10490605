"""The influence that decides: what is left of a finding without it, or with its sign turned round."""

from __future__ import annotations

from typing import Any

import pytest

from app.catalogue.load import catalogue
from app.domain.deciding import deciders_of_finding, deciders_of_pair
from app.domain.detection import Detection
from app.domain.errors import Unknown
from app.domain.rulebook import compiled_rules
from app.domain.why import why
from tests.domain.test_cuts import company
from tests.domain.told import detected

FIRST = "service.average_handle_time>service.first_contact_resolution:pressure:down"


def rules() -> Any:
    return compiled_rules(catalogue())


@pytest.fixture(scope="module")
def detection() -> Detection:
    """A company in which sales is paid for new customers, and service for short calls."""
    return detected(company())


def finding(detection: Detection, source: str, target: str) -> str:
    (found,) = [
        m.fingerprint
        for m in detection.matches
        if m.conflict and (m.conflict.goal.item.key, m.conflict.target.item.key) == (source, target)
    ]
    return found


def without(document: dict[str, Any], influence: str) -> dict[str, Any]:
    """The document whose organization does not believe in an influence."""
    return {**document, "influences": [{"mutes": influence, "reason": "not here"}]}


def test_a_finding_falls_with_the_influence_that_it_rests_on(detection: Detection):
    """Short calls harm resolution by one influence above all; it comes first, and the finding is another without it."""
    asked = finding(detection, "aht", "fcr")

    first, *_ = deciders_of_finding(detection, rules(), asked)

    assert (first.link.id, first.decides) == (FIRST, True)
    assert [one.fingerprint for one in first.dropped.asked] == [asked]


def test_dropping_an_influence_does_what_muting_it_does(detection: Detection):
    """Every level that is said to change is what an audit of the document finds once the organization mutes the influence."""
    asked = finding(detection, "aht", "fcr")
    muted = {m.fingerprint: m.level for m in detected(without(company(), FIRST)).matches}

    (one,) = [one for one in deciders_of_finding(detection, rules(), asked) if one.link.id == FIRST]

    shifted = [*one.dropped.asked, *one.dropped.others]
    assert shifted and {s.fingerprint: s.after for s in shifted} == {
        s.fingerprint: muted.get(s.fingerprint) for s in shifted
    }


def test_an_influence_turned_round_helps_where_it_harmed(detection: Detection):
    """What rests on it is gone, or weaker than without it."""
    (one,) = [
        one for one in deciders_of_finding(detection, rules(), finding(detection, "aht", "fcr")) if one.link.id == FIRST
    ]

    assert one.flipped.asked[0].severity_after <= one.dropped.asked[0].severity_after


def test_a_pair_is_asked_by_its_keys_whichever_harms_the_other(detection: Detection):
    """The same influences either way round."""
    there, back = (
        deciders_of_pair(detection, rules(), why(detection, *ends)) for ends in (("aht", "fcr"), ("fcr", "aht"))
    )

    assert there == back and any(one.link.id == FIRST and one.decides for one in there)


def test_what_rests_on_no_chain_has_no_influence_that_decides(detection: Detection):
    """No KPI measures what customers are owed: no influence is behind that."""
    (gap,) = [match.fingerprint for match in detection.matches if match.rule.rule.id == "MEA101"]

    assert deciders_of_finding(detection, rules(), gap) == ()


def test_a_finding_that_is_not_there_is_named(detection: Detection):
    """By the fingerprint that was asked for."""
    with pytest.raises(Unknown, match="0000000000000000"):
        deciders_of_finding(detection, rules(), "0" * 16)
