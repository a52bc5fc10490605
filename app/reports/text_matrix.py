"""The conflict matrix as a compact table: departments against departments and customers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.domain.findings import Analysis, MatrixCell
from app.domain.parameters import Parameters, parameters
from app.domain.terms import CUSTOMER
from app.reports.text_line import Piece, padded, shortened
from app.reports.text_names import Names
from app.reports.text_page import Page
from app.reports.text_words import Words

_FULL = 8
"""Departments up to which all of them are shown; beyond, only those that push or suffer."""

_WIDE, _NARROW, _GAP = 7, 3, 1
_MOST_PAIRS = 20


def write_matrix(page: Page, analysis: Analysis, names: Names) -> None:
    """Who works against whom, how badly and how often."""
    words = names.words
    page.heading(words("matrix"))
    if not analysis.matrix:
        page.paragraph(words("no_matrix"))
        return
    bounds = parameters(dict(analysis.engine.get("parameters", {})))
    rows, columns = _axes(analysis, names)
    label = min(30, max(len(names.department(key)) for key in rows) + 3)
    room = page.width - label
    for width in (_WIDE, _NARROW):
        if len(columns) * (width + _GAP) + max(0, len(words("customers")) - width) <= room:
            _table(page, rows, columns, _Cells(analysis.matrix, bounds, width == _NARROW), names, label, width)
            _legend(page, analysis, bounds, words, short=width == _NARROW)
            return
    _pairs(page, _Cells(analysis.matrix, bounds, narrow=False), names)
    _legend(page, analysis, bounds, words, short=False)


class _Cells:
    """The cells as they are written: by row and column, coloured by level."""

    def __init__(self, matrix: Sequence[MatrixCell], bounds: Parameters, narrow: bool) -> None:
        self.matrix = matrix
        self._by_pair = {(cell.source, cell.target): cell for cell in matrix}
        self._bounds = bounds
        self._narrow = narrow

    def at(self, source: str, target: str, width: int) -> Piece:
        """The cell of a pair; a dot where nothing was found."""
        cell = self._by_pair.get((source, target))
        return self.written(cell, width) if cell else (padded("·", width, right=True), "aside")

    def written(self, cell: MatrixCell, width: int) -> Piece:
        """Severity and count."""
        text = f"{math.floor(cell.severity)}" if self._narrow else f"{math.floor(cell.severity)} ×{cell.count}"
        return (padded(text, width, right=True), self._bounds.level(cell.severity))


def _axes(analysis: Analysis, names: Names) -> tuple[list[str], list[str]]:
    """Rows and columns in the order of the document; the customers last."""
    known = [d.key for d in analysis.departments]
    order = [key for key in names.departments if key in known] or known
    sources = {cell.source for cell in analysis.matrix}
    targets = {cell.target for cell in analysis.matrix}
    if len(order) > _FULL:
        order = [key for key in order if key in sources | targets]
        return [key for key in order if key in sources], [*(key for key in order if key in targets), CUSTOMER]
    return order, [*order, CUSTOMER]


def _table(
    page: Page,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: _Cells,
    names: Names,
    label: int,
    width: int,
) -> None:
    words = names.words
    everyone = list(dict.fromkeys([*rows, *columns]))
    letters = {key: _letters(number) for number, key in enumerate(k for k in everyone if k != CUSTOMER)}
    last = max(width, len(words("customers")))
    widths = [last if key == CUSTOMER else width for key in columns]
    heads = [words("customers") if key == CUSTOMER else letters[key] for key in columns]
    page.row(" " * label, *_spread([(padded(h, w, right=True), "label") for h, w in zip(heads, widths, strict=True)]))
    for row in rows:
        named = f"{letters[row]} {names.department(row)}"
        line = [cells.at(row, column, cell) for column, cell in zip(columns, widths, strict=True)]
        page.row((padded(shortened(named, label - 1), label), "name"), *_spread(line))
    for key in columns:
        if key not in rows and key != CUSTOMER:
            page.row((f"{letters[key]} {names.department(key)}", "aside"))


def _spread(pieces: Sequence[Piece]) -> list[Piece]:
    return [part for piece in pieces for part in (" " * _GAP, piece)]


def _pairs(page: Page, cells: _Cells, names: Names) -> None:
    """The worst pairs as a list, where a table would be too wide."""
    worst = sorted(cells.matrix, key=lambda c: (-c.severity, c.source, c.target))
    for cell in worst[:_MOST_PAIRS]:
        told = names.words("pair", source=names.department(cell.source), target=names.department(cell.target))
        page.labelled(cells.written(cell, _WIDE), told, gap=_WIDE + 2)
    if len(worst) > _MOST_PAIRS:
        page.paragraph((names.words("more_pairs", n=len(worst) - _MOST_PAIRS), "aside"))


def _legend(page: Page, analysis: Analysis, bounds: Parameters, words: Words, *, short: bool) -> None:
    levels = ", ".join(
        words("from_level", level=words(level), severity=words.number(least))
        for level, least in (
            ("critical", bounds.level_critical),
            ("high", bounds.level_high),
            ("medium", bounds.level_medium),
        )
    )
    worst = max(analysis.matrix, key=lambda c: (c.severity, c.count))
    name = "matrix_legend_short" if short else "matrix_legend"
    legend = words(name, severity=words.severity(worst.severity), n=worst.count, levels=levels.capitalize())
    if any(cell.source == cell.target for cell in analysis.matrix):
        legend = f"{legend} {words('own_cell')}"
    page.paragraph((legend, "aside"))


def _letters(number: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
