"""Who works against whom, as a heat map and, beside it, as the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.findings import Analysis, DepartmentView, MatrixCell
from app.domain.parameters import Parameters, parameters
from app.domain.terms import CUSTOMER
from app.reports.drawings.compass import Needle, compass
from app.reports.drawings.heat_map import Pull, heat_map
from app.reports.drawings.words import DrawingWords
from app.reports.markup import Html, joined, tag
from app.reports.run_words import RunWords
from app.reports.text_names import Names

_MOST_ROWS = 40
"""Departments up to which a map is drawn; beyond, the table alone is readable."""
_MOST_NEEDLES = 15
_SCALE_WIDTH, _SCALE_HEIGHT = 220, 18


def matrix_section(analysis: Analysis, names: Names, words: RunWords, *, name: str) -> Html:
    """The map where there is something to draw, and its twin. `name` begins the ids of the drawing."""
    if not analysis.matrix:
        return tag("p", words("no_matrix"))
    bounds = parameters(dict(analysis.engine.get("parameters", {})))
    sides = ({cell.source for cell in analysis.matrix}, {cell.target for cell in analysis.matrix})
    drawn = max(map(len, sides)) <= _MOST_ROWS
    figure = _figure(analysis.matrix, bounds, names, words, name) if drawn else None
    table = _table(analysis.matrix, bounds, names, words)
    return joined(figure, tag("details", tag("summary", words("as_table")), table, open=not drawn))


def compass_figure(analysis: Analysis, names: Names, words: RunWords, *, name: str) -> Html | None:
    """Where each department pulls; None where there are too many to tell them apart. The table of departments is its twin."""
    needles = [Needle(names.department(d.key), d.alignment, d.pressure, d.coverage) for d in analysis.departments]
    if not needles or len(needles) > _MOST_NEEDLES:
        return None
    told = DrawingWords(words.language)
    drawing = compass(f"{name}-compass", needles, told)
    return tag("figure", drawing.svg, tag("figcaption", told("compass_how"), class_="soft"), class_="compass")


def scale(department: DepartmentView) -> Html:
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


def _figure(matrix: Sequence[MatrixCell], bounds: Parameters, names: Names, words: RunWords, name: str) -> Html:
    called = {key: names.department(key) for key in names.departments if key != CUSTOMER}
    pulls = [Pull(one.source, one.target, one.count, one.severity, bounds.level(one.severity)) for one in matrix]
    drawing = heat_map(f"{name}-matrix", pulls, called, DrawingWords(words.language))
    legend = tag("figcaption", _legend(bounds, words), class_="soft")
    scrolled = tag("div", drawing.svg, class_="wide", tabindex=0, role="region", aria_label=words("matrix"))
    return tag("figure", scrolled, legend)


def _legend(bounds: Parameters, words: RunWords) -> str:
    starts = (("medium", bounds.level_medium), ("high", bounds.level_high), ("critical", bounds.level_critical))
    levels = ", ".join(words("from_level", level=words(level), severity=words.number(at)) for level, at in starts)
    return words("matrix_legend_short", levels=levels[:1].upper() + levels[1:])


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
