"""How much of a file is read at all, so that no input takes memory or time without bound."""

from __future__ import annotations

MOST_TEXT_BYTES = 10 * 2**20
"""Bytes of a YAML or JSON document."""

MOST_SHEET_BYTES = 25 * 2**20
"""Bytes of a workbook, a ZIP of CSV sheets, or the CSV sheets of a folder together."""

MOST_VALUES = 100_000
"""Values of a document, aliases expanded."""

DEEPEST = 32
"""Levels of nesting."""

MOST_DIGITS = 400
"""Digits of a number."""

MOST_ENTRIES = 200
"""Entries of an archive."""

MOST_UNPACKED_BYTES = 100 * 2**20
MOST_UNPACKED_RATIO = 100
"""How much an archive may grow when it is unpacked: in all, and each entry."""

MOST_CELLS = 200_000
"""Cells with values in all sheets together."""

MOST_ROWS = 100_000
"""Rows of a CSV sheet."""

LONGEST_LINE = 2**20
"""Characters of a line of a CSV sheet."""

MOST_ELEMENTS = 1_500_000
"""XML elements of a workbook that are looked at."""
