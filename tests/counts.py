"""How many generated examples a test runs: few under `make quick`, a twentieth under `make test`, all under `make soak`."""

from __future__ import annotations

import os

_SHARE = {"few": 0.002, "tenth": 0.05, "full": 1.0}


def many(full: int) -> int:
    """The number of examples for a test that promises `full` of them."""
    return max(5, int(full * _SHARE[os.environ.get("CONCORD_COUNTS", "tenth")]))
