"""Rows of cells as text whose columns stand below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def headed(table: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """A table whose heads stand out."""
    return [[cell.upper() for cell in table[0]], *table[1:]]


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A line for each row, cleaned of what would disturb a terminal; the last column is as long as it is."""
    from app.reports.text_line import cells, padded, plain

    clean = [[plain(cell) for cell in row] for row in rows]
    widths = [max(cells(row[at]) for row in clean) for at in range(len(clean[0]) - 1)]
    for row in clean:
        yield "  ".join([*(padded(cell, width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
