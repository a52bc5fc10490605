"""Numbers and days as people write them in cells."""

from __future__ import annotations

import pytest

from app.exchange.days import WrittenDay, written_day
from app.exchange.numbers import Written, written_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("420", Written(420)),
        ("-3", Written(-3)),
        ("−3", Written(-3)),
        ("0.4", Written(0.4, decimal=".")),
        ("0,4", Written(0.4, decimal=",")),
        (",5", Written(0.5, decimal=",")),
        ("1234,567", Written(1234.567, decimal=",")),
        ("0,125", Written(0.125, decimal=",")),
        ("1.234", Written(1.234, grouped=1234)),
        ("1,234", Written(1.234, grouped=1234)),
        ("1.234,5", Written(1234.5, decimal=",")),
        ("1,234.5", Written(1234.5, decimal=".")),
        ("1.234.567", Written(1234567, decimal=",")),
        ("1'234'567.8", Written(1234567.8, decimal=".")),
        ("1 234", Written(1234)),
        ("1\u202f234,5", Written(1234.5, decimal=",")),
        ("40 %", Written(40, percent=True)),
        ("12,5%", Written(12.5, percent=True, decimal=",")),
        ("38000 €", Written(38000)),
        ("$ 38,000.00", Written(38000.0, decimal=".")),
        ("1e-05", Written(1e-05)),
        ("2.5E3", Written(2500.0, decimal=".")),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, number: Written):
    """Decimal points and commas, thousands, percentages and currencies; what can be two numbers says both."""
    assert written_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "-", "abc", "1.2.3", "1,23,4", "12.34,5.6", "1..2", "5 apples", "%", "1e", "0x1F", "٣", "1" * 500]
)
def test_what_is_no_number_is_none(text: str):
    """Nothing is guessed."""
    assert written_number(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", WrittenDay("2026-01-31")),
        ("2026/1/31", WrittenDay("2026-01-31")),
        ("2026-01-31 00:00:00", WrittenDay("2026-01-31")),
        ("2026-01-31T00:00:00Z", WrittenDay("2026-01-31")),
        ("31.01.2026", WrittenDay("2026-01-31")),
        ("3.4.2026", WrittenDay("2026-04-03")),
        ("31/01/2026", WrittenDay("2026-01-31", day_first=True)),
        ("1/31/2026", WrittenDay("2026-01-31", day_first=False)),
        ("5/5/2026", WrittenDay("2026-05-05")),
        ("3/4/2026", WrittenDay("2026-04-03", other="2026-03-04")),
    ],
)
def test_days_are_read_as_they_are_written(text: str, day: WrittenDay):
    """Year first or last; points mean that the day stands first; what can be two days says both."""
    assert written_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "31.02.2026", "32/1/2026", "31.01.26", "January 2026", "2026-01-31 12:30:00", "1/2-2026", "46053"]
)
def test_what_is_no_day_is_none(text: str):
    """Nothing is guessed."""
    assert written_day(text) is None
