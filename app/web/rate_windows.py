"""Where requests are counted: fixed windows in the memory of the process, for the `limits` library.

A window begins with the first request that is counted in it, so that clients do not all start anew at the same second. Fixed windows are
chosen over moving ones because what they say is exact: `t` seconds from now the whole quota is back. A moving window keeps the instant of
every request and gives the quota back drop by drop, which no header can tell. The price is that twice the quota can pass around the end
of a window; quotas protect against runaway programs, not against the second in which one stops and the next begins.

The library's own storage in memory reads the clock of the system, which may be set back, starts a thread every hundredth of a second
under load, and walks through all its windows each time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from limits.storage import Storage

MOST_WINDOWS = 100_000
"""Windows that are kept at the same time; of more, the oldest are forgotten."""

_FEW = 1_000


class Windows(Storage):
    """Counts by key; safe for threads. `clock` gives seconds that only ever grow."""

    STORAGE_SCHEME = ["concord"]  # noqa: RUF012

    def __init__(self, clock: Callable[[], float], most: int = MOST_WINDOWS) -> None:
        super().__init__()
        self._clock = clock
        self._most = most
        self._ends: dict[str, float] = {}
        self._counts: dict[str, int] = {}
        self._sweep_at = _FEW
        self._lock = threading.Lock()

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """Memory never fails."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count towards the window of the key, which lasts `expiry` seconds from its first; the count so far."""
        with self._lock:
            now = self._clock()
            if self._ends.get(key, now) <= now:
                self._forget(key)
                self._make_room(now)
                self._ends[key], self._counts[key] = now + expiry, 0
            self._counts[key] += amount
            return self._counts[key]

    def get(self, key: str) -> int:
        """The count in the present window of the key."""
        with self._lock:
            return self._counts[key] if self._ends.get(key, 0) > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        """When the present window of the key ends, by the clock; now, where there is none."""
        with self._lock:
            return max(self._ends.get(key, 0), self._clock())

    def clear(self, key: str) -> None:
        """Forget what was counted for a key."""
        with self._lock:
            self._forget(key)

    def reset(self) -> int:
        """Forget everything; the number of windows that were kept."""
        with self._lock:
            kept = len(self._ends)
            self._ends.clear()
            self._counts.clear()
            return kept

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def _make_room(self, now: float) -> None:
        """Drop the windows that have ended, once so many are kept that it pays; beyond the most, the oldest as well."""
        if len(self._ends) < self._sweep_at:
            return
        for key in [key for key, end in self._ends.items() if end <= now]:
            self._forget(key)
        for key in list(self._ends)[: max(0, len(self._ends) - self._most + self._most // 10)]:
            self._forget(key)
        self._sweep_at = min(max(_FEW, 2 * len(self._ends)), self._most)

    def _forget(self, key: str) -> None:
        self._ends.pop(key, None)
        self._counts.pop(key, None)
