"""When an organization is analysed again by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.domain.jobs import release_number
from app.domain.schedules import Every, next_change, next_turn


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T06:30:00+00:00")


@pytest.mark.parametrize(
    ("every", "last", "now", "following"),
    [
        pytest.param("day", "2026-11-26", "2026-11-26", "2026-11-27", id="a day later"),
        pytest.param("week", "2026-11-26", "2026-11-26", "2026-12-03", id="a week later"),
        pytest.param("month", "2026-11-26", "2026-11-26", "2026-12-26", id="a month later"),
        pytest.param("month", "2026-12-31", "2026-12-31", "2027-01-31", id="into the next year"),
        pytest.param("month", "2027-01-31", "2027-01-31", "2027-02-28", id="the last day of a short month"),
        pytest.param("day", "2026-11-20", "2026-11-26", "2026-11-27", id="turns that were missed are not made up for"),
        pytest.param("month", "2026-08-31", "2026-11-26", "2026-11-30", id="missed months neither"),
    ],
)
def test_the_next_turn_comes_when_the_time_has_passed(every: Every, last: str, now: str, following: str) -> None:
    """Counted from the last turn, and later than now."""
    assert next_turn(every, at(last), at(now)) == at(following)


def test_never_has_no_turn() -> None:
    """Who wants no turns gets none."""
    assert next_turn("never", at("2026-11-26"), at("2026-11-26")) is None


DOCUMENT: dict[str, Any] = {
    "kpis": [{"key": "a"}, {"key": "b", "effective": {"from": "2027-01-01", "to": "2027-07-01"}}],
    "incentive_plans": [{"key": "p", "effective": {"to": "2026-12-01"}}],
    "suppressions": [{"rule": "FLU101", "expires": "2026-12-31"}, {"rule": "FLU102"}],
}


@pytest.mark.parametrize(
    ("day", "change"),
    [
        pytest.param("2026-11-26", "2026-12-01", id="a plan ends"),
        pytest.param("2026-12-01", "2027-01-01", id="a KPI begins, and a waiver has expired"),
        pytest.param("2027-01-01", "2027-07-01", id="a KPI ends"),
    ],
)
def test_a_document_counts_differently_from_the_beginning_of_a_day(day: str, change: str) -> None:
    """The first day on which a KPI or plan comes into force or is no more, or after a waiver's last."""
    expected = datetime.combine(date.fromisoformat(change), datetime.min.time(), UTC)

    assert next_change(DOCUMENT, date.fromisoformat(day)) == expected


def test_a_document_may_stay_as_it_is() -> None:
    """After its last date nothing changes."""
    assert next_change(DOCUMENT, date(2027, 7, 1)) is None


def test_later_releases_have_greater_numbers() -> None:
    """By the parts of a version as numbers, not as texts."""
    versions = ["0.1.0", "0.2.0", "0.10.0", "0.10.11", "1.0.0"]

    assert sorted(versions, key=release_number) == versions
