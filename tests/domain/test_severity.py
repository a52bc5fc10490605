"""Semantics §4: the arithmetic of a severity."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from app.domain.parameters import Parameters
from app.domain.severity import flaw_severity, net_harm, severity, sign_reliability

P = Parameters()
SHARES = st.floats(0, 1)
HIGHER = st.tuples(SHARES, SHARES).map(sorted)


def test_half_the_help_is_taken_off():
    """net = harm − 0.5 · help."""
    assert net_harm(0.6, 0.2, P) == approx(0.5)


def test_harm_under_the_floor_is_none():
    """0.09 is less than 0.1."""
    assert net_harm(0.09, 0.0, P) == 0.0


def test_a_trade_off_that_leans_to_the_good_side_is_shown_low():
    """help ≥ harm leaves three tenths."""
    assert net_harm(0.6, 0.7, P) == approx(0.3 * (0.6 - 0.35))


def test_severity_is_a_product_of_powers_less_what_is_internalised():
    """100 · √0.64 · 0.0625^¼ · 0.5^0.6 · (1 − 0.4 · 0.5)."""
    assert severity(0.64, 0.0625, 0.5, 0.5, P) == approx(100 * 0.8 * 0.5 * 0.5**0.6 * 0.8)


def test_levels_begin_at_their_bounds():
    """23, 57 and 70 belong to the higher level."""
    assert [P.level(s) for s in (0, 22.99, 23, 56.99, 57, 69.99, 70, 100)] == [
        "low", "low", "medium", "medium", "high", "high", "critical", "critical",
    ]  # fmt: skip


def test_a_flaw_weighs_by_the_pay_at_stake():
    """A quarter of total pay brings the whole base."""
    assert flaw_severity(60, 0.25) == approx(60)
    assert flaw_severity(60, 0.0) == approx(30)


def test_chains_that_agree_are_reliable():
    """Equal mass for and against is a coin toss; nothing against is certain."""
    assert (sign_reliability(0.4, 0.4), sign_reliability(0.4, 0.0), sign_reliability(0.6, 0.2)) == (
        0.0,
        1.0,
        approx(0.5),
    )


@given(pressures=HIGHER, importance=SHARES, net=SHARES, internalised=SHARES)
def test_more_pressure_is_never_less_severe(pressures, importance, net, internalised):
    """Monotone in pressure."""
    low, high = (severity(p, importance, net, internalised, P) for p in pressures)

    assert 0 <= low <= high <= 100


@given(pressure=SHARES, importances=HIGHER, net=SHARES, internalised=SHARES)
def test_more_importance_is_never_less_severe(pressure, importances, net, internalised):
    """Monotone in importance."""
    low, high = (severity(pressure, i, net, internalised, P) for i in importances)

    assert low <= high


@given(pressure=SHARES, importance=SHARES, harms=HIGHER, help_=SHARES)
def test_more_harm_is_never_less_severe(pressure, importance, harms, help_):
    """Monotone in harm, through the floor and the tie."""
    low, high = (severity(pressure, importance, net_harm(h, help_, P), 0.0, P) for h in harms)

    assert low <= high


@given(pressure=SHARES, importance=SHARES, harm=SHARES, helps=HIGHER)
def test_more_help_is_never_more_severe(pressure, importance, harm, helps):
    """Antitone in help."""
    less, more = (severity(pressure, importance, net_harm(harm, h, P), 0.0, P) for h in helps)

    assert more <= less


@given(pressure=SHARES, importance=SHARES, net=SHARES, internalised=HIGHER)
def test_more_answering_for_it_is_never_more_severe(pressure, importance, net, internalised):
    """Antitone in internalisation."""
    less, more = (severity(pressure, importance, net, i, P) for i in internalised)

    assert more <= less


@given(pressure=SHARES, importance=SHARES, internalised=SHARES)
def test_no_net_harm_is_no_severity(pressure, importance, internalised):
    """0 when net is 0."""
    assert severity(pressure, importance, 0.0, internalised, P) == 0.0
