"""What is kept beside an analysis, on the page: sentences, drawings with what they show as a table, tables, what they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from app.reports.beside_parts import Chapter, Part, Rows, Shown, rows_of
from app.reports.board_words import BoardWords
from app.reports.markup import Html, tag


def chapter_html(chapter: Chapter, words: BoardWords, heading: str) -> Iterator[Html]:
    """The parts, each under a `heading`."""
    if chapter.parts:
        yield tag("p", words("beside_how"), class_="soft")
    for part in chapter.parts:
        yield tag(heading, part.title)
        yield from _part(part, words)
    if chapter.lacking:
        yield tag("p", chapter.lacking, class_="soft")


def _part(part: Part, words: BoardWords) -> Iterator[Html]:
    for said in part.said:
        yield tag("p", said)
    for shown in part.drawings:
        yield _figure(shown, words)
    for table in part.tables:
        yield _table(table, part.title)
    if part.points:
        yield tag("ul", *(tag("li", point) for point in part.points), class_="soft")


def _figure(shown: Shown, words: BoardWords) -> Html:
    drawing = shown.drawing
    drawn = _scrolled(drawing.svg, drawing.title) if drawing.wide else drawing.svg
    caption = tag("figcaption", drawing.title, class_="soft")
    if shown.in_table:
        return tag("figure", drawn, caption)
    twin = tag("details", tag("summary", words("as_table")), _table(rows_of(drawing)._replace(title=""), drawing.title))
    return tag("figure", drawn, caption, twin)


def _table(table: Rows, otherwise: str) -> Html:
    """A table that can be scrolled sideways where it is wide; without a title of its own its caption is for those who listen."""
    caption = tag("caption", table.title or otherwise, class_=None if table.title else "heard")
    columns = [tag("th", one, scope="col", class_=_side(table, place)) for place, one in enumerate(table.head)]
    body = [
        tag("tr", *(tag("td", one, class_=_side(table, place)) for place, one in enumerate(row))) for row in table.rows
    ]
    content = tag("table", caption, tag("thead", tag("tr", *columns)), tag("tbody", *body), class_="roomy")
    return _scrolled(content, table.title or otherwise)


def _scrolled(content: Html, label: str) -> Html:
    return tag("div", content, class_="wide", tabindex=0, role="region", aria_label=label)


def _side(table: Rows, place: int) -> str | None:
    return "n" if place in table.numbers else None
