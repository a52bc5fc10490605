"""Who works against whom: a row for each department that pushes, a column for each that suffers, the customers last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.terms import CUSTOMER, Level
from app.reports.drawings.canvas import Canvas, Drawing, Table, wrapped
from app.reports.drawings.words import DrawingWords

_LABEL, _CELL, _HIGH, _HEAD, _MARGIN = 150, 84, 44, 46, 6


class Pull(NamedTuple):
    """What goes from one department's goals to another's, or to the customers: how many conflicts, and the worst of them."""

    source: str
    target: str
    found: int
    severity: float
    level: Level
    title: str = ""


def heat_map(
    name: str, pulls: Sequence[Pull], names: Mapping[str, str], words: DrawingWords, *, rtl: bool = False
) -> Drawing:
    """The map. `names`: departments by key, in their order; those that neither push nor suffer are left out."""
    order = {key: place for place, key in enumerate([*names, CUSTOMER])}
    rows = sorted({pull.source for pull in pulls}, key=lambda key: order.get(key, len(order)))
    columns = sorted({pull.target for pull in pulls}, key=lambda key: order.get(key, len(order)))
    called = {**names, CUSTOMER: words("the_customers")}
    sheet = Canvas(name, _LABEL + _CELL * len(columns) + _MARGIN, _HEAD + _HIGH * len(rows) + _MARGIN, rtl=rtl)
    by_pair = {(pull.source, pull.target): pull for pull in pulls}
    for column, target in enumerate(columns):
        look = "strong" if target == CUSTOMER else ""
        middle = _LABEL + column * _CELL + _CELL / 2
        sheet.lines(middle, _HEAD / 2 - 2, wrapped(called.get(target, target), _CELL - 6), look, anchor="middle")
    for row, source in enumerate(rows):
        top = _HEAD + row * _HIGH
        sheet.lines(_LABEL - 10, top + _HIGH / 2, wrapped(called.get(source, source), _LABEL - 14), anchor="end")
        for column, target in enumerate(columns):
            _cell(sheet, _LABEL + column * _CELL, top, by_pair.get((source, target)), words)
    return sheet.drawn(words("heat_map"), _said(pulls, called, words), _table(pulls, called, words), wide=True)


def _cell(sheet: Canvas, x: float, y: float, pull: Pull | None, words: DrawingWords) -> None:
    if pull is None:
        sheet.box(x + 1, y + 1, _CELL - 2, _HIGH - 2, "empty")
        return
    sheet.box(x + 1, y + 1, _CELL - 2, _HIGH - 2, pull.level)
    sheet.mark(x + 4, y + 5, 9, _HIGH - 10, pull.level)
    middle = x + _CELL / 2 + 5
    sheet.text(middle, y + 20, words.severity(pull.severity), f"{pull.level} big", anchor="middle")
    sheet.text(middle, y + 35, words.found(pull.found), f"{pull.level} small", anchor="middle")


def _said(pulls: Sequence[Pull], called: Mapping[str, str], words: DrawingWords) -> str:
    """The map for those who do not see it; every cell is in its table."""
    worst = sorted(pulls, key=lambda pull: (-pull.severity, pull.source, pull.target))[:5]
    told = [
        words(
            "pushes",
            source=called.get(pull.source, pull.source),
            target=called.get(pull.target, pull.target),
            level=words(pull.level),
            severity=words.severity(pull.severity),
        )
        for pull in worst
    ]
    return " ".join([words("heat_map_how"), *told])


def _table(pulls: Sequence[Pull], called: Mapping[str, str], words: DrawingWords) -> Table:
    return Table(
        (words("who_pushes"), words("who_suffers"), words("level"), words("severity"), words("conflicts")),
        tuple(
            (
                called.get(pull.source, pull.source),
                called.get(pull.target, pull.target),
                words(pull.level),
                words.severity(pull.severity),
                words.count(pull.found),
            )
            for pull in sorted(pulls, key=lambda pull: (-pull.severity, pull.source, pull.target))
        ),
        numbers=(3, 4),
    )
