"""Lists that people type: a line each, or commas between them."""

from __future__ import annotations

import re


def lines_of(text: str) -> list[str]:
    """The entries, without what is empty."""
    return [entry for each in re.split(r"[\n,;]", text) if (entry := each.strip())]
