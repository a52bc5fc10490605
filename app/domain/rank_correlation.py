"""Rank correlation (Spearman 1904): how far one quantity rises with another, whatever the shape, over many samples at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def rank_correlations(causes: Array, effects: Array) -> Array:
    """Each cause (a column) against each effect (a column), row by row: −1 to 1; 0 where one of the two never changes."""
    return np.asarray(_standing(causes).T @ _standing(effects))


def _standing(values: Array) -> Array:
    """Columns as ranks about zero, of length one; equal values share the mean of their ranks."""
    ranks = np.apply_along_axis(_ranks, 0, values)
    ranks -= ranks.mean(axis=0)
    lengths = np.sqrt((ranks**2).sum(axis=0))
    return np.asarray(np.divide(ranks, lengths, out=np.zeros_like(ranks), where=lengths > 0))


def _ranks(column: Array) -> Array:
    _, places, counts = np.unique(column, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[places], dtype=np.float64)
