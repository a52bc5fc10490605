"""The network behind an analysis, cut down to the influences that carry most harm: the whole map is never drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.terms import Level
from app.reports.drawings.canvas import Canvas, Drawing, Table, wrapped
from app.reports.drawings.words import DrawingWords

MOST = 10
"""Influences that are drawn."""

_BOX, _HIGH, _ACROSS, _DOWN, _MARGIN = 168, 44, 226, 62, 10


class Influence(NamedTuple):
    """What carries harm from one movement to another, and the worst conflict that runs over it. Ends are named by id."""

    source: str
    target: str
    severity: float
    level: Level


def network(
    name: str, influences: Sequence[Influence], names: Mapping[str, str], words: DrawingWords, *, rtl: bool = False
) -> Drawing:
    """The worst influences from left to right, what comes first first. `names`: what the ends are called, by id."""
    drawn = sorted(influences, key=lambda one: (-one.severity, one.source, one.target))[:MOST]
    places = _places(drawn)
    columns, rows = (max((place[part] for place in places.values()), default=0) + 1 for part in (0, 1))
    width, height = (columns - 1) * _ACROSS + _BOX + 2 * _MARGIN, (rows - 1) * _DOWN + _HIGH + 2 * _MARGIN
    sheet = Canvas(name, width, height, rtl=rtl)
    for one in drawn:
        (from_x, from_y), (to_x, to_y) = _at(places[one.source]), _at(places[one.target])
        sheet.bend(from_x + _BOX, from_y + _HIGH / 2, to_x - 8, to_y + _HIGH / 2, f"flow is-{one.level}")
        sheet.area(
            [(to_x, to_y + _HIGH / 2), (to_x - 9, to_y + _HIGH / 2 - 5), (to_x - 9, to_y + _HIGH / 2 + 5)], "flow head"
        )
    starts, ends = {one.source for one in drawn}, {one.target for one in drawn}
    for id_, place in places.items():
        x, y = _at(place)
        look = "source" if id_ not in ends else "harm" if id_ not in starts else "stop"
        sheet.box(x, y, _BOX, _HIGH, look)
        sheet.lines(
            x + _BOX / 2, y + _HIGH / 2, wrapped(_with_its_arrow(names.get(id_, id_)), _BOX - 12), look, anchor="middle"
        )
    told = words("network_how", all=words.count(len(influences)), drawn=words.count(len(drawn)))
    return sheet.drawn(words("network"), f"{told} {_said(drawn, names, words)}", _table(drawn, names, words), wide=True)


def _with_its_arrow(name: str) -> str:
    """The name, whose arrow never stands on a line of its own."""
    return name.replace(" ↑", "\N{NO-BREAK SPACE}↑").replace(" ↓", "\N{NO-BREAK SPACE}↓")


def _at(place: tuple[int, int]) -> tuple[float, float]:
    return _MARGIN + place[0] * _ACROSS, _MARGIN + place[1] * _DOWN


def _places(drawn: Sequence[Influence]) -> dict[str, tuple[int, int]]:
    """Column and row of each end: the column is the longest way to it, the row keeps neighbours near each other."""
    column = _columns(drawn)
    within: dict[int, list[str]] = defaultdict(list)
    for id_ in sorted(column, key=lambda one: (column[one], one)):
        within[column[id_]].append(id_)
    row: dict[str, float] = {}
    for number in sorted(within):
        before = {
            id_: [row[one.source] for one in drawn if one.target == id_ and one.source in row] for id_ in within[number]
        }
        order = sorted(
            within[number], key=lambda id_: (sum(before[id_]) / len(before[id_]) if before[id_] else -1, id_)
        )
        row.update({id_: place for place, id_ in enumerate(order)})
    return {id_: (column[id_], int(row[id_])) for id_ in column}


def _columns(drawn: Sequence[Influence]) -> dict[str, int]:
    """The longest way to each end; where the influences go round, the ways stop growing after as many steps as there are ends."""
    column = dict.fromkeys((end for one in drawn for end in (one.source, one.target)), 0)
    for _ in range(min(len(column), 6)):
        for one in drawn:
            column[one.target] = min(max(column[one.target], column[one.source] + 1), 6)
    used = {number: place for place, number in enumerate(sorted(set(column.values())))}
    return {id_: used[number] for id_, number in column.items()}


def _said(drawn: Sequence[Influence], names: Mapping[str, str], words: DrawingWords) -> str:
    told = [
        words("leads_to", source=names.get(one.source, one.source), target=names.get(one.target, one.target))
        for one in drawn[:5]
    ]
    return f"{'; '.join(told)}." if told else ""


def _table(drawn: Sequence[Influence], names: Mapping[str, str], words: DrawingWords) -> Table:
    return Table(
        (words("from"), words("to"), words("level"), words("severity")),
        tuple(
            (
                names.get(one.source, one.source),
                names.get(one.target, one.target),
                words(one.level),
                words.severity(one.severity),
            )
            for one in drawn
        ),
        numbers=(3,),
    )
