"""Claims: what a request says so that sending it again does nothing twice (`Idempotency-Key`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Claim:
    """The key of a request, and the hash of what is asked (method, address, body).

    `replayed` is noted where the claim is looked up: what is answered repeats what the first request of the key came to.
    """

    key: str
    request: str
    at: datetime
    replayed: bool = False
