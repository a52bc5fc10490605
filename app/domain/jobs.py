"""Jobs: work that takes long, the states it goes through, and for how long somebody may hold it."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

Status = Literal["queued", "running", "succeeded", "failed", "cancelled"]

ENDED: tuple[Status, ...] = ("succeeded", "failed", "cancelled")

KEPT = timedelta(days=30)
"""For how long a job that has ended can be looked at."""

LEASE = timedelta(seconds=10)
"""How long a job belongs to a worker that is not heard of any more."""

LONGEST_LEASE = timedelta(minutes=1)
"""Nobody holds anything for longer: what ends later than that from now was taken before the clock was set back, and is free."""

MOST_LOSSES = 3
"""Workers that may be lost over a job: then it is the job that ends them, and it fails."""


def release_number(version: str) -> int:
    """A version, `1.12.3`, as a number that is greater for later ones: a worker does no jobs that a later release has asked for."""
    major, minor, patch = (int(part) for part in version.split("."))
    return (major * 1_000 + minor) * 1_000 + patch
