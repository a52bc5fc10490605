"""Who works against whom, as a heat map and, beside it, as the table that says the same."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from app.domain.findings import Analysis, DepartmentView, MatrixCell
from app.domain.parameters import Parameters, parameters
from app.domain.terms import CUSTOMER
from app.reports.markup import Html, joined, tag
from app.reports.run_words import RunWords
from app.reports.text_line import shortened
from app.reports.text_names import Names

_MOST_ROWS = 40
"""Departments up to which a map is drawn; beyond, the table alone is readable."""
_CELL, _HIGH, _LABEL, _HEAD, _OVERHANG = 74, 34, 200, 120, 90
_LABEL_CELLS = 22
_SCALE_WIDTH, _SCALE_HEIGHT = 220, 18


def matrix_section(analysis: Analysis, names: Names, words: RunWords) -> Html:
    """The map where there is something to draw, and its twin."""
    if not analysis.matrix:
        return tag("p", words("no_matrix"))
    bounds = parameters(dict(analysis.engine.get("parameters", {})))
    rows, columns = _axes(analysis, names)
    drawn = len(rows) <= _MOST_ROWS and len(columns) <= _MOST_ROWS
    figure = _figure(analysis.matrix, rows, columns, bounds, names, words) if drawn else None
    table = _table(analysis.matrix, bounds, names, words)
    return joined(figure, tag("details", tag("summary", words("as_table")), table, open=not drawn))


def scale(department: DepartmentView, words: RunWords) -> Html:
    """A department's alignment as a place between −1 and +1; the number stands beside it."""
    value = department.alignment or 0.0
    at = (value + 1) / 2 * (_SCALE_WIDTH - 12) + 6
    middle = _SCALE_HEIGHT / 2
    style = "good" if value >= 0.1 else "even" if value > -0.1 else "bad"
    return tag(
        "svg",
        tag("line", x1=6, x2=_SCALE_WIDTH - 6, y1=middle, y2=middle, class_="axis"),
        tag("line", x1=_SCALE_WIDTH / 2, x2=_SCALE_WIDTH / 2, y1=3, y2=_SCALE_HEIGHT - 3, class_="axis"),
        tag("circle", cx=round(at, 1), cy=middle, r=6, class_=style),
        viewBox=f"0 0 {_SCALE_WIDTH} {_SCALE_HEIGHT}",
        width=_SCALE_WIDTH,
        height=_SCALE_HEIGHT,
        aria_hidden="true",
        focusable="false",
    )


def _axes(analysis: Analysis, names: Names) -> tuple[list[str], list[str]]:
    """Departments that push and those that suffer, in the order of the document; the customers last."""
    order = {key: place for place, key in enumerate([*names.departments, CUSTOMER])}
    sources = {cell.source for cell in analysis.matrix}
    targets = {cell.target for cell in analysis.matrix}

    def place(key: str) -> tuple[int, str]:
        return order.get(key, len(order)), key

    return sorted(sources, key=place), sorted(targets, key=place)


def _figure(
    matrix: Sequence[MatrixCell],
    rows: Sequence[str],
    columns: Sequence[str],
    bounds: Parameters,
    names: Names,
    words: RunWords,
) -> Html:
    by_pair = {(cell.source, cell.target): cell for cell in matrix}
    width, height = _LABEL + _CELL * len(columns) + _OVERHANG, _HEAD + _HIGH * len(rows)
    parts = [_column(number, names.department(key)) for number, key in enumerate(columns)]
    for line, source in enumerate(rows):
        y = _HEAD + line * _HIGH
        label = shortened(names.department(source), _LABEL_CELLS)
        parts.append(tag("text", label, x=_LABEL - 10, y=y + _HIGH / 2 + 4, text_anchor="end"))
        parts += [_cell(by_pair, source, target, x, y, bounds) for x, target in _placed(columns)]
    picture = tag(
        "svg",
        *parts,
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        aria_label=_said(matrix, names, words),
    )
    legend = tag("figcaption", _legend(matrix[0], bounds, words), class_="soft")
    scrolled = tag("div", picture, class_="wide", tabindex=0, role="region", aria_label=words("matrix"))
    return tag("figure", scrolled, legend)


def _placed(columns: Sequence[str]) -> list[tuple[int, str]]:
    return [(_LABEL + number * _CELL, key) for number, key in enumerate(columns)]


def _column(number: int, name: str) -> Html:
    x, y = _LABEL + number * _CELL + _CELL / 2, _HEAD - 10
    return tag("text", shortened(name, _LABEL_CELLS - 2), x=x, y=y, transform=f"rotate(-40 {x:g} {y})")


def _cell(
    by_pair: Mapping[tuple[str, str], MatrixCell], source: str, target: str, x: int, y: int, bounds: Parameters
) -> Html:
    cell = by_pair.get((source, target))
    level = bounds.level(cell.severity) if cell else "empty"
    box = tag("rect", x=x + 1, y=y + 1, width=_CELL - 2, height=_HIGH - 2, rx=3, class_=level)
    if cell is None:
        return box
    told = f"{math.floor(cell.severity)} ×{cell.count}"
    middle = {"x": x + _CELL / 2, "y": y + _HIGH / 2 + 4}
    return joined(box, tag("text", told, text_anchor="middle", class_=level, **middle))


def _legend(example: MatrixCell, bounds: Parameters, words: RunWords) -> str:
    severity = f"{math.floor(example.severity)}"
    return words("matrix_legend", severity=severity, n=example.count, levels=_levels(bounds, words))


def _levels(bounds: Parameters, words: RunWords) -> str:
    starts = (("medium", bounds.level_medium), ("high", bounds.level_high), ("critical", bounds.level_critical))
    return ", ".join(words("from_level", level=words(level), severity=words.number(at)) for level, at in starts)


def _said(matrix: Sequence[MatrixCell], names: Names, words: RunWords) -> str:
    """The map for those who do not see it; every cell is in the table below it."""
    told = [
        words(
            "pushes_on",
            source=names.department(cell.source),
            target=names.department(cell.target),
            severity=words.severity(cell.severity),
            n=cell.count,
        )
        for cell in sorted(matrix, key=lambda cell: -cell.severity)[:5]
    ]
    return f"{words('matrix')}. {'. '.join(told)}."


def _table(matrix: Sequence[MatrixCell], bounds: Parameters, names: Names, words: RunWords) -> Html:
    head = tag("tr", *(tag("th", words(one), scope="col") for one in ("from", "to", "level", "severity", "number_of")))
    rows = [
        tag(
            "tr",
            tag("th", names.department(cell.source), scope="row"),
            tag("td", names.department(cell.target)),
            tag("td", tag("span", words(level := bounds.level(cell.severity)), class_=f"level {level}")),
            tag("td", words.severity(cell.severity), class_="n"),
            tag("td", words.count(cell.count), class_="n"),
        )
        for cell in sorted(matrix, key=lambda cell: (-cell.severity, cell.source, cell.target))
    ]
    table = tag("table", tag("caption", words("matrix"), class_="heard"), tag("thead", head), tag("tbody", *rows))
    return tag("div", table, class_="wide")
