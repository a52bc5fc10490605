"""What conflicts with retention cost in lifetime value: the planned points of retention that may not come, worth what a point is worth.

Shares at stake are those of `app.domain.value_at_stake`. Only rates of customers who stay, or leave, are points of retention: satisfaction
and trust move it, by how much nobody knows here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from app.domain.customer_asset import Economics, lost_with
from app.domain.detection import Detection
from app.domain.document import Outcome
from app.domain.value_at_stake import Lacks, harming, is_percent, planned_points, share_at_stake, together

RATES = frozenset({"customer.retention_rate", "customer.churn_rate"})
"""Metrics whose points are points of retention."""

PER_PERIOD = ("month", "quarter", "week", "day", "monat", "quartal", "woche", "tag")

Unvalued = Literal["baseline", "target", "unit", "segment"]
"""What keeps an outcome out of lifetime value: `unit` where it is not percent a year, `segment` where its segment is not valued."""


class FindingCost(NamedTuple):
    """What one conflict may cost: points of retention that may not come, and what the base is worth less without them."""

    fingerprint: str
    points: tuple[float, float]
    worth: tuple[float, float]


class OutcomeCost(NamedTuple):
    """What conflicts with a retention outcome may cost. `planned`: points of the way from baseline to target; `worth`: from what the worst
    conflict costs at least to what all cost, each taking from what the others leave."""

    outcome: str
    segment: str | None
    planned: float
    findings: tuple[FindingCost, ...]
    worth: tuple[float, float]


class LifetimeAtStake(NamedTuple):
    """By outcome, and the retention outcomes that are harmed and cannot be valued, and why."""

    outcomes: tuple[OutcomeCost, ...]
    lacking: tuple[tuple[str, Unvalued], ...]


def lifetime_at_stake(
    detection: Detection, segments: Sequence[Economics], discount: float, left_out: Collection[str] = ()
) -> LifetimeAtStake:
    """What the conflicts with retention outcomes may cost; `left_out`: fingerprints of those that somebody accepted."""
    found, lacking = [], []
    for outcome in _of_retention(detection):
        matches = [match for match in harming(detection, outcome.key) if match.fingerprint not in left_out]
        if not matches:
            continue
        counted = [one for one in segments if outcome.segment in (None, one.key)]
        try:
            planned = float(planned_points(outcome))
        except Lacks as lacks:
            lacking.append((outcome.key, _unvalued(lacks)))
            continue
        if not _is_yearly_percent(outcome):
            lacking.append((outcome.key, "unit"))
            continue
        if not counted:
            lacking.append((outcome.key, "segment"))
            continue
        shares = [(match.fingerprint, share_at_stake(match, detection.goals.parameters)) for match in matches]
        findings = tuple(_finding(key, each, planned, counted, discount) for key, each in shares)
        ends = (max(low for _, (low, _) in shares), together(high for _, (_, high) in shares))
        worth = _worth(ends, planned, counted, discount)
        found.append(OutcomeCost(outcome.key, outcome.segment, planned, findings, worth))
    return LifetimeAtStake(tuple(found), tuple(lacking))


def _of_retention(detection: Detection) -> Iterator[Outcome]:
    for outcome in sorted(detection.document.outcomes, key=lambda one: one.key):
        item = detection.goals.outcomes.get(outcome.key)
        if item is not None and item.movement is not None and item.movement.metric in RATES:
            yield outcome


def _unvalued(lacks: Lacks) -> Unvalued:
    return "target" if lacks.what == "target" else "baseline"


def _is_yearly_percent(outcome: Outcome) -> bool:
    """Whether the outcome is counted in percent, and not of months or quarters."""
    words = (outcome.unit or "").casefold()
    return is_percent(outcome) and not any(period in words for period in PER_PERIOD)


def _finding(
    fingerprint: str, shares: tuple[float, float], planned: float, segments: Sequence[Economics], discount: float
) -> FindingCost:
    low, high = shares
    return FindingCost(fingerprint, (low * planned, high * planned), _worth(shares, planned, segments, discount))


def _worth(
    shares: tuple[float, float], planned: float, segments: Sequence[Economics], discount: float
) -> tuple[float, float]:
    low, high = shares
    return lost_with(segments, discount, low * planned), lost_with(segments, discount, high * planned)
