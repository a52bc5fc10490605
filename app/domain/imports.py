"""Previews of imports: how long they are kept, and what may be done with one in which state."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from app.domain.errors import WrongState

Status = Literal["ready", "refused", "applied"]

KEPT = timedelta(days=7)
"""For how long a preview can be read and applied."""


def kept_since(now: datetime) -> datetime:
    """Previews that were made after this instant are there."""
    return now - KEPT


def applied_already() -> WrongState:
    """A preview is applied once."""
    return WrongState("The import was applied already.", "Der Import wurde schon angewendet.")
