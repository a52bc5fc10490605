"""How one goal comes to hurt another: the steps of a witness chain, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.terms import Direction, Evidence, Strength
from app.reports.drawings.canvas import Canvas, Drawing, Table, wrapped
from app.reports.drawings.words import DrawingWords

_WIDTH, _BOX, _BETWEEN, _LEFT = 300, 46, 50, 4


class Stop(NamedTuple):
    """Something on the way that goes up or down; None for what only is there."""

    name: str
    direction: Direction | None


class Step(NamedTuple):
    """What leads from one stop to the next: how strongly, after how many days, and how anybody knows."""

    strength: Strength
    lag_days: int
    evidence: Evidence
    contested: bool = False


def chain(
    name: str,
    pushes: str,
    suffers: str,
    stops: Sequence[Stop],
    steps: Sequence[Step],
    words: DrawingWords,
    *,
    rtl: bool = False,
) -> Drawing:
    """The chain. `pushes`: whose goal it begins with, `suffers`: who is hurt where it ends; a step stands between two stops."""
    sheet = Canvas(name, _WIDTH, len(stops) * _BOX + len(steps) * _BETWEEN + 46, rtl=rtl)
    y = 20.0
    sheet.text(_LEFT, y - 4, words("begins_with", name=pushes), "small strong")
    for number, stop in enumerate(stops):
        last = number == len(stops) - 1
        look = "source" if number == 0 else "harm" if last else "stop"
        sheet.box(_LEFT, y + 2, _WIDTH - 2 * _LEFT, _BOX - 4, look)
        _arrow_of(sheet, stop, y)
        sheet.lines(_LEFT + 40, y + _BOX / 2, wrapped(stop.name, _WIDTH - 2 * _LEFT - 52), look)
        y += _BOX
        if not last:
            sheet.arrow(_LEFT + 18, y, _LEFT + 18, y + _BETWEEN - 2, f"way {steps[number].strength}")
            sheet.lines(
                _LEFT + 40, y + _BETWEEN / 2 - 2, wrapped(_told(steps[number], words), _WIDTH - 80), "small soft"
            )
            y += _BETWEEN
    sheet.text(_LEFT, y + 16, words("ends_with", name=suffers), "small strong")
    return sheet.drawn(words("chain"), _said(stops, steps, words), _table(stops, steps, words))


def _arrow_of(sheet: Canvas, stop: Stop, y: float) -> None:
    """Up or down, drawn: arrows of fonts differ."""
    if stop.direction is None:
        return
    top, bottom = y + 12, y + _BOX - 12
    x = _LEFT + 18
    sheet.arrow(x, *((bottom, x, top) if stop.direction == "up" else (top, x, bottom)), "moves")


def _told(step: Step, words: DrawingWords) -> str:
    said = [words(step.strength), words.lag(step.lag_days), words(step.evidence)]
    return ", ".join([*said, words("link_contested")] if step.contested else said)


def _said(stops: Sequence[Stop], steps: Sequence[Step], words: DrawingWords) -> str:
    told = [words.moves(stops[0].name, stops[0].direction)]
    told += [
        f"{words.moves(stop.name, stop.direction)} ({_told(step, words)})"
        for stop, step in zip(stops[1:], steps, strict=True)
    ]
    return f"{words('chain_how')} {' → '.join(told)}."


def _table(stops: Sequence[Stop], steps: Sequence[Step], words: DrawingWords) -> Table:
    head = ("step", "moves", "strength", "shows", "known_by")
    rows = [("1", words.moves(stops[0].name, stops[0].direction), "", "", "")]
    rows += [
        (
            words.count(number),
            words.moves(stop.name, stop.direction),
            words(step.strength),
            words.lag(step.lag_days),
            words(step.evidence) + (f" ({words('link_contested')})" if step.contested else ""),
        )
        for number, (stop, step) in enumerate(zip(stops[1:], steps, strict=True), 2)
    ]
    return Table(tuple(words(one) for one in head), tuple(rows), numbers=(0,))
