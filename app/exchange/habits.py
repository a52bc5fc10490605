"""How the people who filled in these sheets write numbers and days, as far as their other cells show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.exchange.columns import Column
from app.exchange.days import written_day
from app.exchange.numbers import Decimal, written_number
from app.exchange.sheets import Cell


class Habits(NamedTuple):
    """The decimal sign, and whether the day stands before the month; None where cells show neither or both. `from_1904`: from when the
    workbook counts days, None where there is none to say it."""

    decimal: Decimal | None = None
    day_first: bool | None = None
    from_1904: bool | None = None


def habits_of(cells: Iterable[tuple[Column, Cell]], usual: Decimal | None, from_1904: bool | None = None) -> Habits:
    """The habits that unmistakable cells show; `usual`: the decimal sign where no cell shows one."""
    decimals: set[Decimal] = set()
    orders: set[bool] = set()
    for column, cell in cells:
        if cell.form != "text":
            continue
        text = str(cell.value)
        if column.member.form in ("number", "share", "whole") and (number := written_number(text)):
            if number.decimal:
                decimals.add(number.decimal)
        elif column.member.form == "day" and (day := written_day(text)) and day.day_first is not None:
            orders.add(day.day_first)
    decimal = decimals.pop() if len(decimals) == 1 else None if decimals else usual
    return Habits(decimal, orders.pop() if len(orders) == 1 else None, from_1904)
