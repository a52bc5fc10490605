"""What a company's own observations say of an influence, on simulated data whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from app.domain.empirical import EFFECTS, Check, Claim, checked, points_needed
from app.domain.series import PERIODS, by_period, period_of, residuals, without_gaps
from tests.counts import many

MONTH = next(one for one in PERIODS if one.name == "month")
SIMULATIONS = many(600)

Observations = Mapping[date, float]


def month(number: int) -> date:
    return date(2010 + number // 12, 1 + number % 12, 15)


def a_claim(strength: str = "moderate", *, months: int = 1, sign: int = 1) -> Claim:
    """That the target follows the source after so many months, give or take one."""
    days = round(months * MONTH.days)
    return Claim("some.influence", sign, days, max(0, days - 30), days + 30, strength)


def simulated(
    points: int, effect: float, generator: np.random.Generator, *, months: int = 1, persistence: float = 0.5
) -> tuple[Observations, Observations]:
    """Two series that both grow, dip with the seasons and hang on their own past; the second follows the first with that correlation."""
    count = points + months
    source, noise = (_persistent(count, persistence, generator) for _ in range(2))
    target = noise[months:] + effect / np.sqrt(1 - effect**2) * source[:points]
    steps = np.arange(points)
    seasons = 2 * np.sin(steps * 2 * np.pi / 12)
    both = source[months:] + 0.05 * steps + seasons, target + 0.08 * steps + seasons
    ours, theirs = ({month(number): float(value) for number, value in enumerate(one)} for one in both)
    return ours, theirs


def _persistent(count: int, persistence: float, generator: np.random.Generator) -> np.ndarray:
    values = generator.standard_normal(count)
    for step in range(1, count):
        values[step] += persistence * values[step - 1]
    return values


def verdicts(points: int, effect: float, claim: Claim, seed: int, **said: float) -> Mapping[str, float]:
    """How often each verdict is given."""
    generator = np.random.default_rng(seed)
    found: dict[str, float] = {}
    for _ in range(SIMULATIONS):
        (one,) = checked([(claim, *simulated(points, effect, generator, **said))], generator)  # type: ignore[arg-type]
        found[one.verdict] = found.get(one.verdict, 0) + 1 / SIMULATIONS
    return found


def noise(share: float) -> float:
    """Three standard errors of a share that is counted in the simulations."""
    return float(3 * np.sqrt(share * (1 - share) / SIMULATIONS))


@pytest.mark.slow
@pytest.mark.parametrize("points", [38, 60])
@pytest.mark.parametrize("persistence", [0.0, 0.8])
def test_what_has_no_effect_is_hardly_ever_supported(points: int, persistence: float) -> None:
    """In one of twenty at most, though both series have a trend, seasons and a memory."""
    found = verdicts(points, 0.0, a_claim("strong"), 11, persistence=persistence)

    assert found.get("supported", 0) <= 0.05 + noise(0.05)
    assert found.get("contradicted", 0) <= 0.05 + noise(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("strength", ["moderate", "strong"])
def test_as_many_points_as_advised_find_the_effect(strength: str) -> None:
    """An effect of the size that is assumed for its class is found four times of five, and its opposite is told as often."""
    claim = a_claim(strength)
    points = points_needed(claim, MONTH)

    assert verdicts(points, EFFECTS[strength], claim, 12).get("supported", 0) >= 0.8 - noise(0.8)
    assert verdicts(points, -EFFECTS[strength], claim, 13).get("contradicted", 0) >= 0.8 - noise(0.8)


def test_too_few_points_say_how_many_are_needed() -> None:
    """Two years do not show what a season is; a weak effect needs more than a strong one, half a year's wait more than none."""
    generator = np.random.default_rng(1)
    (one,) = checked([(a_claim(), *simulated(24, 0.9, generator))], generator)

    assert (one.verdict, one.points, one.chance) == ("not_enough", 0, None)
    assert one.needed == points_needed(a_claim(), MONTH)
    assert points_needed(a_claim("weak"), MONTH) > one.needed > points_needed(a_claim("strong"), MONTH)
    assert points_needed(a_claim(months=6), MONTH) > one.needed


def test_the_same_seed_says_the_same_and_order_does_not_matter() -> None:
    """Verdicts of many claims are held together."""
    generator = np.random.default_rng(5)
    cases = [(a_claim()._replace(influence=str(n)), *simulated(80, 0.6 * (n == 0), generator)) for n in range(6)]

    found: tuple[Check, ...] = checked(cases, np.random.default_rng(2))

    assert found == checked(cases, np.random.default_rng(2))
    assert [one.verdict for one in found[:1]] == ["supported"]
    assert sum(one.verdict in ("supported", "contradicted") for one in found[1:]) <= 1


def test_series_are_brought_to_the_same_periods() -> None:
    """Weekly values become monthly means beside monthly ones; a hole of a month is bridged, half a year of holes is not."""
    days = [date.fromordinal(date(2025, 1, 1).toordinal() + 7 * week) for week in range(52)]
    monthly = by_period(dict.fromkeys(days, 1.0), MONTH)

    assert period_of(days).name == "week"
    assert period_of([month(n) for n in range(24)]).name == "month"
    assert period_of([month(3 * n) for n in range(8)]).name == "quarter"
    assert len(monthly) == 12
    assert without_gaps({0: 1.0, 1: 2.0, 3: 4.0, 4: 5.0, 5: 6.0}) is not None
    assert without_gaps({0: 1.0, 9: 2.0}) is None


def test_trend_and_seasons_leave_nothing_behind() -> None:
    """A series that is nothing else is nothing then."""
    steps = np.arange(60)
    values = 3.0 + 0.5 * steps + np.sin(steps * 2 * np.pi / 12)

    assert np.abs(residuals(values, 0, MONTH)).max() < 1e-9
