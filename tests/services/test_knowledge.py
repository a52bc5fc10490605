"""Look-ups in the built-in knowledge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from app.domain.errors import Unknown
from app.services import knowledge

LOOK_UPS: dict[str, tuple[Callable[[str], Any], Callable[[], Mapping[str, Any]]]] = {
    "metric": (knowledge.metric, knowledge.metrics),
    "lever": (knowledge.lever, knowledge.levers),
    "family": (knowledge.family, knowledge.families),
    "influence": (knowledge.influence, knowledge.influences),
    "citation": (knowledge.citation, knowledge.citations),
    "rule": (knowledge.rule, knowledge.rules),
    "rule pack": (knowledge.rule_pack, knowledge.rule_packs),
    "remedy": (knowledge.remedy, knowledge.remedies),
    "fact kind": (knowledge.fact_kind, knowledge.fact_kinds),
}


@pytest.mark.parametrize("what", LOOK_UPS)
def test_what_is_known_is_found(what: str) -> None:
    """Everything under the id that it has."""
    one, every = LOOK_UPS[what]

    assert every()
    assert all(one(id_) == value for id_, value in every().items())


@pytest.mark.parametrize("what", LOOK_UPS)
def test_what_is_not_known_is_refused_with_the_nearest(what: str) -> None:
    """So that a typing error is understood."""
    one, every = LOOK_UPS[what]
    first = sorted(every())[0]

    with pytest.raises(Unknown) as refused:
        one(first + "x")

    assert (refused.value.what, refused.value.name) == (what, first + "x")
    assert first in refused.value.nearest


def test_influences_are_those_of_metrics_and_of_families() -> None:
    """Each knows which."""
    of_families = [i for i in knowledge.influences().values() if knowledge.is_of_families(i)]

    assert 0 < len(of_families) < len(knowledge.influences())
    assert {i.source for i in of_families} <= {*knowledge.families(), *knowledge.levers()}


def test_every_rule_belongs_to_its_pack() -> None:
    """And to no other."""
    listed = [id_ for pack in knowledge.rule_packs().values() for id_ in pack.rules]

    assert sorted(listed) == sorted(knowledge.rules())
