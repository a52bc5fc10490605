"""Several verdicts at once: which of them hold when no more than a share of them may be false.

Benjamini and Hochberg (1995), "Controlling the False Discovery Rate", Journal of the Royal Statistical Society B 57.
"""

from __future__ import annotations

from collections.abc import Sequence

FALSE_RATE = 0.05
"""The share of verdicts that may be false."""


def held(chances: Sequence[float | None], rate: float = FALSE_RATE) -> list[bool]:
    """For each p-value whether its verdict holds among all of them; what was not tested (None) does not count, and does not hold."""
    known = sorted(chance for chance in chances if chance is not None)
    bounds = [chance for rank, chance in enumerate(known, 1) if chance <= rate * rank / len(known)]
    most = max(bounds, default=-1.0)
    return [chance is not None and chance <= most for chance in chances]
