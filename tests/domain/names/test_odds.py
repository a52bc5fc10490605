"""Evidence of names weighed into probabilities, and what all names of a metric say together."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names.odds import Evidence, Nothing, probabilities
from app.domain.names.pool import Pool

NONE_OF_THEM = Nothing(always=1.0, nearest=0.5, strange=0.2, length=3)
A_METRIC = Evidence(
    near=0.5, near_squared=0.25, pooled=-1.0, blocked=0.0, wanted=0.0, unwanted=0.0, own_function=0.0, other_function=0.0,
    unit=0.0, family=0.0, other_family=0.0, turned=0.0,
)  # fmt: skip


@pytest.mark.parametrize(
    "better",
    [
        {"near": 0.8, "near_squared": 0.64},
        {"pooled": -0.1},
        {"wanted": 1.0},
        {"own_function": 1.0},
        {"family": 1.0},
    ],
)
def test_what_speaks_for_a_metric_makes_it_likelier(better: dict[str, float]):
    """Nearness, the words of all its names, the wanted direction, the department's function, the family."""
    plain, favoured = probabilities([A_METRIC, A_METRIC._replace(**better)], NONE_OF_THEM)

    assert favoured > plain


@pytest.mark.parametrize(
    "worse",
    [
        {"blocked": 1.0},
        {"unwanted": 1.0},
        {"other_function": 1.0},
        {"unit": 0.2},
        {"other_family": 1.0},
        {"turned": 1.0},
    ],
)
def test_what_speaks_against_a_metric_makes_it_less_likely(worse: dict[str, float]):
    """A word that makes another thing of it, the other direction, a strange department, unit or family, an opposite."""
    plain, doubted = probabilities([A_METRIC, A_METRIC._replace(**worse)], NONE_OF_THEM)

    assert doubted < plain


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(-25, 0)), max_size=30))
def test_probabilities_leave_something_for_none_of_them(found: list[tuple[float, float]]):
    """Whatever comes near, all together are no more than certain, and each is a probability."""
    odds = probabilities(
        [A_METRIC._replace(near=near, near_squared=near**2, pooled=pooled) for near, pooled in found], NONE_OF_THEM
    )

    assert all(0 <= one <= 1 for one in odds)
    assert sum(odds) <= 1 + 1e-9


def test_a_word_of_many_names_says_more_than_a_word_of_one():
    """Of two meanings the one is likelier in more of whose names the word stands."""
    pool = Pool([["again rent", "again stay", "again visit"], ["again call", "late train", "queue"]], [])

    stay, call = pool.of({"again"}, {})

    assert stay > call
    assert math.exp(stay) + math.exp(call) == pytest.approx(1.0)


def test_words_that_no_name_holds_change_nothing():
    """They are told apart, and neither meaning gains by them."""
    pool = Pool([["again rent"], ["late train"]], [(0, ["retention"]), (1, ["delay"])])

    assert not pool.knows("zither")
    assert pool.of({"zither", "late"}, {"delay": 1.0}) == pool.of({"late"}, {"delay": 1.0})
