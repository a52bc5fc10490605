"""Value at stake: what conflicts with an outcome may cost, as a range of money, where the document says what the outcome is worth.

Severity is no amount. What can be said is how much of an improvement that the company itself plans, and has itself put a price on, the push
works against. So nothing is shown without a value, a currency and a planned way from baseline to target, and every assumption is named.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from app.domain.conflicts import Conflict
from app.domain.detection import Detection, Match
from app.domain.document import Customers, Organization, Outcome
from app.domain.parameters import Parameters

Lacking = Literal["value", "currency", "baseline", "target", "unit", "customers", "segment"]
"""What a document does not say of an outcome, so that no money can be named: `unit` where that of the value fits nothing, `customers` their
number, `segment` the share of one."""

SHARE_DIGITS, SIGNIFICANT = 4, 2
"""Digits of a share, and of an amount that rests on judgement: more would promise what nobody knows."""

_POINTS = frozenset(
    {"point", "points", "percentage point", "percentage points", "percent", "%", "pp", "prozentpunkt", "prozentpunkte"}
)
_CUSTOMERS = frozenset({"customer", "customers", "kunde", "kunden"})
_PERCENT = frozenset({"%", "percent", "per cent", "pct", "prozent"})


class Money(NamedTuple):
    """A range of money in the organization's currency."""

    low: Decimal
    high: Decimal


class FindingValue(NamedTuple):
    """What one finding may cost of its outcome's worth; `low_share`, `high_share` of it, 0–1."""

    fingerprint: str
    low_share: float
    high_share: float
    money: Money


class OutcomeValue(NamedTuple):
    """What the planned change of an outcome is worth, and what of that is at stake.

    `money`: from what the worst finding may cost at least, were all of it one and the same harm, to what all may cost one after another.
    `points`: the way from baseline to target in the outcome's unit; `customers`: how many the value counts, None where it counts points.
    """

    outcome: str
    worth: Decimal
    points: Decimal
    customers: Decimal | None
    findings: tuple[FindingValue, ...]
    money: Money


class ValueAtStake(NamedTuple):
    """By outcome, in the order of the document's keys; `lacking`: outcomes that are harmed and of which no money can be named, and why."""

    currency: str | None
    outcomes: tuple[OutcomeValue, ...]
    lacking: tuple[tuple[str, Lacking], ...]


class Lacks(Exception):
    """Something that the document does not say."""

    def __init__(self, what: Lacking) -> None:
        self.what = what


def value_at_stake(detection: Detection, left_out: Collection[str] = ()) -> ValueAtStake:
    """What conflicts with outcomes may cost; `left_out`: fingerprints of those that somebody accepted."""
    organization = detection.document.organization
    valued, lacking = [], []
    for outcome in sorted(detection.document.outcomes, key=lambda one: one.key):
        matches = [match for match in harming(detection, outcome.key) if match.fingerprint not in left_out]
        if not matches:
            continue
        try:
            valued.append(_valued(outcome, organization, matches, detection.goals.parameters))
        except Lacks as lacks:
            lacking.append((outcome.key, lacks.what))
    return ValueAtStake(organization.currency, tuple(valued), tuple(lacking))


def harming(detection: Detection, outcome: str) -> Iterator[Match]:
    """The conflicts with an outcome that count: of level medium or worse."""
    for match in detection.matches:
        harmed = match.conflict.target if match.conflict else None
        counts = match.rule.rule.finding == "outcome_conflict" and match.level != "low"
        if counts and harmed is not None and harmed.is_outcome and harmed.item.key == outcome:
            yield match


def _valued(
    outcome: Outcome, organization: Organization, matches: Sequence[Match], parameters: Parameters
) -> OutcomeValue:
    if outcome.value is None:
        raise Lacks("value")
    if organization.currency is None:
        raise Lacks("currency")
    points = planned_points(outcome)
    customers = _customers(outcome, organization.customers) if _is(outcome.value.unit, _CUSTOMERS) else None
    if customers is None and not _in_points(outcome):
        raise Lacks("unit")
    units = points if customers is None else customers * points / 100
    worth = Decimal(str(outcome.value.amount)) / Decimal(str(outcome.value.per)) * units
    findings = tuple(_finding(match, worth, parameters) for match in matches)
    low = max(one.low_share for one in findings)
    return OutcomeValue(
        outcome.key,
        worth,
        points,
        customers,
        findings,
        _money(worth, low, together(one.high_share for one in findings)),
    )


def planned_points(outcome: Outcome) -> Decimal:
    """The way from baseline to target. Raises Lacks where the document does not say both."""
    if outcome.baseline is None:
        raise Lacks("baseline")
    if outcome.target is None:
        raise Lacks("target")
    return abs(Decimal(str(outcome.target)) - Decimal(str(outcome.baseline)))


def _in_points(outcome: Outcome) -> bool:
    """Whether the value is said for units of the outcome itself."""
    unit = outcome.value.unit if outcome.value else None
    return unit is None or _is(unit, _POINTS) or (outcome.unit is not None and _is(unit, {outcome.unit.casefold()}))


def _customers(outcome: Outcome, customers: Customers | None) -> Decimal:
    """The customers that a hundred points of the outcome are: all, or those of its segment."""
    if not is_percent(outcome):
        raise Lacks("unit")
    if customers is None or customers.count is None:
        raise Lacks("customers")
    if outcome.segment is None:
        return Decimal(customers.count)
    shares = [segment.share for segment in customers.segments if segment.key == outcome.segment]
    if not shares or shares[0] is None:
        raise Lacks("segment")
    return customers.count * Decimal(str(shares[0]))


def is_percent(outcome: Outcome) -> bool:
    """Whether the outcome is counted in percent, of whatever period."""
    return outcome.unit is not None and any(outcome.unit.casefold().startswith(word) for word in _PERCENT)


def _is(unit: str | None, words: Collection[str]) -> bool:
    return unit is not None and unit.casefold().strip() in words


def share_at_stake(match: Match, parameters: Parameters) -> tuple[float, float]:
    """Of a planned improvement, what a conflict may cost at least and at most: the share of the push that arrives, and the severity read
    as a share, whichever is less and more."""
    conflict = match.conflict
    assert conflict is not None
    shares = (_arriving(conflict, parameters), match.severity / 100)
    return round(min(shares), SHARE_DIGITS), round(max(shares), SHARE_DIGITS)


def _finding(match: Match, worth: Decimal, parameters: Parameters) -> FindingValue:
    low, high = share_at_stake(match, parameters)
    return FindingValue(match.fingerprint, low, high, _money(worth, low, high))


def _arriving(conflict: Conflict, parameters: Parameters) -> float:
    answered = parameters.internalisation * conflict.internalised
    return conflict.goal.pressure * conflict.net * (1 - answered)


def together(shares: Iterable[float]) -> float:
    """Several take from what the others leave, so that they never take more than there is."""
    return round(1 - math.prod(1 - share for share in shares), SHARE_DIGITS)


def _money(worth: Decimal, low: float, high: float) -> Money:
    return Money(rough(worth * Decimal(str(low))), rough(worth * Decimal(str(high))))


def rough(amount: Decimal) -> Decimal:
    """An amount that rests on judgement: to two digits that count."""
    if not amount:
        return Decimal(0)
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - SIGNIFICANT + 1)).quantize(Decimal(1))
