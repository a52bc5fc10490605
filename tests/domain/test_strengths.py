"""Samples of the strengths of influences, each within its class; rank correlation over them."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.parameters import Parameters
from app.domain.rank_correlation import rank_correlations
from app.domain.strengths import Band, bands, strengths_of
from tests.domain.maps import a_map

KNOWN = a_map("a > b weak", "b > c", "c > d strong", "d > e identity", "e > f pressure", family_arcs=("x > y weak",))


def test_classes_meet_half_way():
    """Weak ends where moderate begins, and so on up to what is true by arithmetic."""
    assert bands(Parameters()) == {
        "weak": Band(pytest.approx(0.2), 0.35, pytest.approx(0.5)),
        "moderate": Band(pytest.approx(0.5), 0.65, pytest.approx(0.75)),
        "strong": Band(pytest.approx(0.75), 0.85, pytest.approx(0.925)),
    }


def test_the_bands_follow_the_parameters_of_the_organization():
    """Whoever takes weak for 0.5 has moderate begin later."""
    assert bands(Parameters()._replace(strength_weak=0.55))["moderate"].low == pytest.approx(0.6)


def test_a_strength_of_nought_is_never_drawn():
    """The organization says that weak influences do nothing."""
    drawn = strengths_of(KNOWN, Parameters()._replace(strength_weak=0.0))

    assert set(drawn.places) == {id_ for id_, one in KNOWN.influences.items() if one.strength != "weak"}


def test_every_sample_stays_within_the_class_and_is_about_what_is_stated():
    """Over many samples the mean is near the strength that stands for the class."""
    known = strengths_of(KNOWN, Parameters())

    drawn = known.sampled(4_000, np.random.default_rng(1))

    assert ((drawn >= known.low) & (drawn <= known.high)).all()
    assert np.abs(drawn.mean(axis=0) - known.nominal).max() < 0.03


def test_the_same_seed_draws_the_same():
    """And another one does not."""
    known = strengths_of(KNOWN, Parameters())

    first, again, other = (known.sampled(20, np.random.default_rng(seed)) for seed in (7, 7, 8))

    assert (first == again).all() and not (first == other).all()


def test_rank_correlation_sees_any_rise():
    """A curve is as good as a line; a fall is −1; what never changes is 0."""
    causes = np.array([[1.0], [2.0], [3.0], [4.0]])
    effects = np.array([[1.0, 9.0, 5.0], [10.0, 7.0, 5.0], [100.0, 3.0, 5.0], [1000.0, 1.0, 5.0]])

    assert rank_correlations(causes, effects)[0] == pytest.approx([1.0, -1.0, 0.0])


@pytest.mark.slow
def test_equal_values_share_their_rank():
    """As SciPy has it."""
    from scipy.stats import spearmanr  # type: ignore[import-untyped]

    causes, effects = np.array([1.0, 2.0, 2.0, 3.0, 5.0]), np.array([0.0, 0.0, 40.0, 40.0, 7.0])

    (found,) = rank_correlations(causes[:, None], effects[:, None])[0]

    assert found == pytest.approx(spearmanr(causes, effects).statistic)
