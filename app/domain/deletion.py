"""Things that were deleted: they are kept for a while, so that they can be restored, and then erased."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.domain.instants import written

KEPT = timedelta(days=30)
"""For how long what was deleted can be restored."""


def kept_since(now: datetime) -> datetime:
    """What was deleted after this instant can still be restored."""
    return now - KEPT


def deletion(deleted_at: datetime | None) -> dict[str, str]:
    """What the API shows of a thing's deletion: since when it is gone, and when it is erased; nothing of what is there."""
    if deleted_at is None:
        return {}
    return {"deleted_at": written(deleted_at), "purge_after": written(deleted_at + KEPT)}
