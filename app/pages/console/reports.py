"""The reports that pages lead to."""

from __future__ import annotations

FORMS = ("pdf", "xlsx", "board", "html")
"""Forms of a report that people read, the one for a board first; each has a text `report_…`."""
