"""The business case of a change: what its findings give back, when, at which cost, as assumptions that anybody can look at and change.

What conflicts keep from an outcome is a range (`app.domain.value_at_stake`). A scenario that clears or weakens them gives back what the
ranges before and after differ by. It comes after the lag of the longest chain that it clears. What making the change costs is said by
whoever asks: nothing is invented, and what cannot be valued is listed instead of guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from app.domain.cash_flows import Assumption, Benefit, Case, Cost, Mode
from app.domain.detection import Detection
from app.domain.value_at_stake import Lacking, OutcomeValue, ValueAtStake

Basis = Literal["document", "analysis", "influences", "given", "judgement"]
"""Where an assumption comes from."""

DISCOUNT, GROWTH = "discount", "growth"
DAYS_OF_QUARTER = 365.25 / 4
MOST_QUARTERS = 40

USUAL = {DISCOUNT: (0.06, 0.08, 0.12), GROWTH: (1.0, 2.0, 4.0)}
"""Assumptions that no document makes, until somebody says better: the rate a year, and how many quarters a benefit grows (judgement)."""


class Said(NamedTuple):
    """What somebody says of an assumption instead of what is taken; None leaves it as it is."""

    low: float | None = None
    likely: float | None = None
    high: float | None = None
    mode: Mode | None = None
    source: str | None = None

    @property
    def range(self) -> tuple[float, float, float] | None:
        """The range that is meant, which may not rise; None where no number is said."""
        known = [one for one in (self.low, self.likely, self.high) if one is not None]
        if not known:
            return None
        likely = self.likely if self.likely is not None else sum(known) / len(known)
        low = self.low if self.low is not None else min(likely, *known)
        high = self.high if self.high is not None else max(likely, *known)
        return low, likely, high


class SaidCost(NamedTuple):
    """What somebody expects the change to cost."""

    key: str
    low: float
    likely: float
    high: float
    paid: Literal["now", "quarterly"]
    source: str


class Premises(NamedTuple):
    """What a case rests on before anybody says otherwise: assumptions, each with where it comes from, the benefits that they make, and
    what could not be valued, and why."""

    assumptions: tuple[Assumption, ...]
    basis: Mapping[str, Basis]
    benefits: tuple[Benefit, ...]
    currency: str | None
    lacking: tuple[tuple[str, Lacking], ...]


class BusinessCase(NamedTuple):
    """A case to be drawn, where each of its assumptions comes from, and what could not be valued, and why."""

    case: Case
    basis: Mapping[str, Basis]
    currency: str | None
    lacking: tuple[tuple[str, Lacking], ...]


def premises(before: ValueAtStake, after: ValueAtStake, lag_days: Mapping[str, int]) -> Premises:
    """What two documents say of a change. `lag_days`: of each outcome that gains."""
    left = {one.outcome: one for one in after.outcomes}
    assumptions: list[Assumption] = []
    basis: dict[str, Basis] = {}
    benefits = []
    for value in before.outcomes:
        benefits.append(_benefit(value.outcome))
        for assumption, from_ in _of_outcome(value, left.get(value.outcome), lag_days.get(value.outcome, 0)):
            assumptions.append(assumption)
            basis[assumption.key] = from_
    for key, (low, likely, high) in USUAL.items():
        unit = "share a year" if key == DISCOUNT else "quarters"
        assumptions.append(Assumption(key, low, likely, high, unit, "usual"))
        basis[key] = "judgement"
    return Premises(tuple(assumptions), basis, tuple(benefits), before.currency, before.lacking)


def business_case(taken: Premises, costs: Sequence[SaidCost], said: Mapping[str, Said], quarters: int) -> BusinessCase:
    """The case of a change on its premises. `said`: by key of the assumption. Raises ValueError for ranges that do not rise."""
    basis: dict[str, Basis] = {**taken.basis}
    basis.update({cost_key(cost.key): "given" for cost in costs})
    paid = [Assumption(cost_key(one.key), one.low, one.likely, one.high, "money", one.source) for one in costs]
    told = tuple(_with(one, said.get(one.key), basis) for one in (*taken.assumptions, *paid))
    case = Case(
        told, taken.benefits, tuple(Cost(one.key, cost_key(one.key), one.paid) for one in costs), DISCOUNT, quarters
    )
    return BusinessCase(case, basis, taken.currency, taken.lacking)


def cost_key(cost: str) -> str:
    """The key of the assumption of a cost's amount."""
    return f"cost.{cost}"


def lags_of(detection: Detection, values: ValueAtStake) -> dict[str, int]:
    """For each valued outcome the days of the longest chain that keeps something from it."""
    counted = {finding.fingerprint: value.outcome for value in values.outcomes for finding in value.findings}
    found: dict[str, int] = {}
    for match in detection.matches:
        outcome = counted.get(match.fingerprint)
        if outcome is not None and match.conflict is not None:
            found[outcome] = max(found.get(outcome, 0), match.conflict.lag_days)
    return found


def _benefit(outcome: str) -> Benefit:
    return Benefit(outcome, f"worth.{outcome}", f"share.{outcome}", f"lag.{outcome}", GROWTH)


def _of_outcome(before: OutcomeValue, after: OutcomeValue | None, lag_days: int) -> Iterable[tuple[Assumption, Basis]]:
    worth, lag = float(before.worth), lag_days / DAYS_OF_QUARTER
    lows = [_share(before, before.money.low), _share(after, after.money.low) if after else 0.0]
    highs = [_share(before, before.money.high), _share(after, after.money.high) if after else 0.0]
    low, high = sorted((lows[0] - lows[1], highs[0] - highs[1]))
    yield Assumption(f"worth.{before.outcome}", worth, worth, worth, "money a year", "outcome's value"), "document"
    share = Assumption(f"share.{before.outcome}", low, (low + high) / 2, high, "share", "value at stake")
    yield share, "analysis"
    waits = Assumption(f"lag.{before.outcome}", lag / 2, lag, max(2 * lag, 1.0), "quarters", "lags of the chain")
    yield waits, "influences"


def _share(value: OutcomeValue | None, money: Decimal) -> float:
    return float(money / value.worth) if value is not None and value.worth else 0.0


def _with(assumption: Assumption, said: Said | None, basis: dict[str, Basis]) -> Assumption:
    """The assumption as somebody says it; one value that is said alone is taken as known exactly."""
    if said is None:
        return assumption
    changed = assumption._replace(mode=said.mode or assumption.mode, source=said.source or assumption.source)
    range_ = said.range
    if range_ is None:
        return changed
    low, likely, high = range_
    if not low <= likely <= high:
        raise ValueError(f"{assumption.key}: {low:g} ≤ {likely:g} ≤ {high:g} does not hold")
    basis[assumption.key] = "given"
    return changed._replace(low=low, likely=likely, high=high)
