"""What holds for every company: recommendations apply, help as they say, and do not depend on the order of lists."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.domain.findings import Analysis
from app.domain.json_patch import apply
from tests.counts import many
from tests.domain.call_centre import AS_OF
from tests.properties.companies import Raw, companies


@pytest.mark.slow
@settings(max_examples=many(400))
@given(companies())
def test_every_recommendation_does_what_it_says(raw: Raw):
    """The patch fits, its result is a valid document, and a fresh audit of that finds the severity that was promised."""
    for recommendation in audit(raw).recommendations:
        changed = audit(apply(raw, recommendation.patch), recommend=False)

        assert recommendation.patch[0]["op"] == "test"
        assert abs(total(changed) - recommendation.effect.severity_after) < 1e-6
        assert recommendation.effect.severity_after < recommendation.effect.severity_before
        assert recommendation.addresses


@pytest.mark.slow
@settings(max_examples=many(200))
@given(companies(), st.randoms(use_true_random=False))
def test_the_order_of_lists_means_nothing(raw: Raw, chance: random.Random):
    """Shuffled lists: the same recommendations in the same order."""
    shuffled = {name: chance.sample(part, len(part)) if isinstance(part, list) else part for name, part in raw.items()}

    assert [(r.id, r.effect) for r in audit(shuffled).recommendations] == [
        (r.id, r.effect) for r in audit(raw).recommendations
    ]


def audit(raw: Raw, *, recommend: bool = True) -> Analysis:
    document = document_from(raw, catalogue())
    return analyse(document, catalogue(), as_of=AS_OF, raw=raw, with_recommendations=recommend)


def total(analysis: Analysis) -> float:
    return sum(one.severity for finding in analysis.findings for one in (finding, *finding.also))
