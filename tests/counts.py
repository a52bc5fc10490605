"""How many generated examples a test runs: few under `make quick`, some under `make test`, all under `make soak`."""

from __future__ import annotations

import os

_SHARE = {"few": 0.002, "some": 0.015, "full": 1.0}


def many(full: int, least: int = 5) -> int:
    """The number of examples for a test that promises `full` of them; never fewer than `least`."""
    return max(least, int(full * _SHARE[os.environ.get("CONCORD_COUNTS", "some")]))


def costly(full: int) -> int:
    """The same for examples that take seconds each: a fiftieth of them under `make test`."""
    return full if IN_FULL else max(3, full // 50)


IN_FULL = os.environ.get("CONCORD_COUNTS") == "full"
"""Whether every example is run, and every variant of a test that another one stands for."""

IN_FEW = os.environ.get("CONCORD_COUNTS") == "few"
"""Whether as little is run as shows that nothing is broken: SQLite alone, too."""
