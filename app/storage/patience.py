"""For how long a database is waited for, and what is remembered of one that did not answer.

One request waits for `PATIENCE` at most. While somebody has just waited in vain, others are refused at once: else each would find it out
for itself, and those that queue behind them would wait many times as long.
"""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 3.0
"""Seconds that a connection, a lock or a sign of life is waited for before the database counts as away."""

REMEMBERED = 1.0
"""Seconds after which a database that was away is tried again."""


class Trouble:
    """When the database was last waited for in vain. `clock` gives seconds that only ever grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = clock()

    def note(self) -> None:
        """It was waited for in vain just now."""
        self._until = self._clock() + REMEMBERED

    @property
    def is_recent(self) -> bool:
        """Whether that was just now, so that it is not worth trying."""
        return self._clock() < self._until


class Deadline:
    """An instant until which something is waited for."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        self._at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left of it, never below 0."""
        return max(0.0, self._at - time.monotonic())
