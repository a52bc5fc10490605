"""Weights and shares of pay, moved in round steps without binary rounding."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from app.domain.patch_templates import Text

STEP = Decimal("0.05")
MOST_MOVED = Decimal("0.3")
"""The share of a plan's pay that one change moves at most: enough to be felt, not so much that people lose their footing (judgement)."""


def exact(number: float) -> Decimal:
    """The number as it is written."""
    return Decimal(repr(number))


def half(weight: float) -> Decimal:
    """Half of a weight in round steps (a twentieth, for weights in per cent five): 0.7 → 0.35, 40 → 20; 0 when there is none."""
    whole = exact(weight)
    if whole <= 0:
        return Decimal(0)
    step = STEP if whole <= 1 else STEP.scaleb(whole.adjusted() + 1)
    rounded = (whole / 2 / step).to_integral_value(ROUND_HALF_UP) * step
    return rounded if 0 < rounded < whole else whole / 2


def movable(weight: float) -> Decimal:
    """What a component can give up of its weight: half, and no more than people bear at once."""
    return min(MOST_MOVED, half(weight))


def minus(weight: float, moved: Decimal) -> float:
    """A weight after it has given something up."""
    return float(exact(weight) - moved)


def plus(weight: float, moved: Decimal) -> float:
    """A weight after it has gained something."""
    return float(exact(weight) + moved)


def percent(share: Decimal) -> Text:
    """A share as people say it, in per cent."""
    number = f"{(share * 100).quantize(Decimal('0.1'), ROUND_HALF_UP).normalize():f}"
    return Text(number, number.replace(".", ","))


def scaled(weights: Sequence[Decimal], whole: Decimal) -> list[float]:
    """Weights in proportion that sum to exactly `whole`, with four significant places; what rounding leaves goes to the largest."""
    before = sum(weights, Decimal(0))
    if not before:
        return [float(whole / len(weights)) for _ in weights]
    step = Decimal(1).scaleb(whole.adjusted() - 3)
    after = [(w * whole / before).quantize(step, ROUND_HALF_UP) for w in weights]
    largest = max(range(len(after)), key=lambda n: (after[n], -n))
    after[largest] += whole - sum(after, Decimal(0))
    return [float(w) for w in after]
