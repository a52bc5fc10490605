"""What goes wrong, as exit statuses: 2 for what the caller can mend, 3 for a failure of ours, 130 when interrupted."""

from __future__ import annotations

from app.domain.errors import Unknown

FINDINGS, REFUSED, FAILED, INTERRUPTED = 1, 2, 3, 130


class Refused(Exception):
    """Something that the caller asked for cannot be done, and why."""


def unknown_text(unknown: Unknown) -> str:
    """What does not exist, and what may have been meant."""
    if not unknown.nearest:
        return str(unknown)
    return f"{unknown}; did you mean {' or '.join(repr(name) for name in unknown.nearest)}?"
