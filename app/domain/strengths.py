"""Samples of what the strengths of influences may be: each within its class, weak, moderate or strong (semantics §3).

A class is a band around the strength that stands for it, as far as half-way to its neighbours. Within it the stated strength is the
likeliest, and the borders are the least likely (a triangular distribution): no more is known than the class.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.domain.catalogue import Catalogue, Influence
from app.domain.parameters import Parameters
from app.domain.terms import Strength

Array = NDArray[np.float64]

CERTAIN = 1.0
"""The strength of what is true by arithmetic, which nothing else reaches."""


class Band(NamedTuple):
    """What a strength may be: at least, likeliest, at most."""

    low: float
    likeliest: float
    high: float


class Strengths(NamedTuple):
    """The influences whose strengths are not sure, by place in a sample, and their bands."""

    places: Mapping[str, int]
    low: Array
    nominal: Array
    high: Array

    def sampled(self, count: int, rng: np.random.Generator) -> Array:
        """So many samples, one a row: each influence's strength, drawn by itself."""
        wide = self.high > self.low
        drawn = np.repeat(self.nominal[np.newaxis], count, axis=0)
        band = (self.low[wide], self.nominal[wide], self.high[wide])
        drawn[:, wide] = rng.triangular(*band, size=(count, int(wide.sum())))
        return drawn


def bands(parameters: Parameters) -> dict[Strength, Band]:
    """The band of each class; one whose strength is 0 or 1 by the parameters ends there."""
    strengths: dict[Strength, float] = {
        "weak": parameters.strength_weak,
        "moderate": parameters.strength_moderate,
        "strong": parameters.strength_strong,
    }
    known = sorted({*strengths.values(), CERTAIN})
    return {name: _band(strength, known) for name, strength in strengths.items()}


def strengths_of(catalogue: Catalogue, parameters: Parameters) -> Strengths:
    """The strengths of everything that a catalogue holds of metrics and families, in the order of ids."""
    every: dict[str, Influence] = {**catalogue.influences, **catalogue.family_influences}
    known = bands(parameters)
    weighed = [(id_, known[one.strength]) for id_, one in sorted(every.items()) if one.role == "main"]
    weighed = [(id_, band) for id_, band in weighed if band.likeliest > 0]
    return Strengths(
        {id_: place for place, (id_, _) in enumerate(weighed)},
        *(_column(band[side] for _, band in weighed) for side in range(3)),
    )


def _band(strength: float, known: list[float]) -> Band:
    below = [other for other in known if other < strength]
    above = [other for other in known if other > strength]
    high = (strength + above[0]) / 2 if above else strength
    low = (strength + below[-1]) / 2 if below else max(strength / 2, 2 * strength - high)
    return Band(low, strength, high)


def _column(values: Iterable[float]) -> Array:
    return np.fromiter(values, dtype=np.float64)
