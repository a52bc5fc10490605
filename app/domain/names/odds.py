"""How likely a name means each of the metrics that come near, and how likely none of them: evidence weighed into probabilities.

A conditional logit: every piece of evidence adds its weight, what comes out is a probability that holds on names that were not looked at
(docs/contributing/names.md has the reliability, `python -m tests.cases.fit_names` the fit, by folds).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple


class Evidence(NamedTuple):
    """What speaks for one metric. The same class holds the weights."""

    near: float
    """How well the name's concepts and words cover one of the metric's own names, 0–1."""
    near_squared: float
    pooled: float
    """Logarithm of the metric's probability by the words of all its names."""
    blocked: float
    """1 when the name says something that makes another thing of it."""
    wanted: float
    """1 when the direction that is wanted is the metric's good one."""
    unwanted: float
    """1 when it is the other one."""
    own_function: float
    """1 when the department has the metric's function, or the metric is the customer's and so is the goal."""
    other_function: float
    """1 when the department neither has its function nor can move it."""
    unit: float
    """How badly the unit fits, 0–0.2."""
    family: float
    """1 when the name's words point to the metric's family."""
    other_family: float
    """1 when they point to another."""
    turned: float
    """1 when the metric's opposite is meant."""


class Nothing(NamedTuple):
    """What speaks for none of them. The same class holds the weights."""

    always: float
    nearest: float
    """How well the best of them is covered."""
    strange: float
    """Share of the name's words that no metric's name holds."""
    length: float
    """Words of the name that say something."""


EVIDENCE = Evidence(2.91, 2.22, 0.26, -2.11, 1.0, -3.36, 1.09, -1.23, -1.74, 1.32, -0.37, -0.36)
NOTHING = Nothing(3.85, -1.4, 0.87, -0.32)


def probabilities(found: Sequence[Evidence], nothing: Nothing) -> list[float]:
    """The probability of each metric; what is left to 1 is that of none."""
    sums = [_dot(evidence, EVIDENCE) for evidence in found]
    against = _dot(nothing, NOTHING)
    most = max([against, *sums])
    raised = [exp(one - most) for one in sums]
    whole = sum(raised) + exp(against - most)
    return [one / whole for one in raised]


def _dot(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(value * weight for value, weight in zip(values, weights, strict=True))
