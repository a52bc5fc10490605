"""A business case as the API shows it, drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.reports.drawings.business_case import Band, Swing, fan, tornado
from app.reports.drawings.canvas import Drawing
from app.reports.drawings.words import DrawingWords

Json = Mapping[str, Any]

_ENDS = ("low", "middle", "high")


def case_drawings(
    case: Json, told: Callable[[str], str], most: int, words: DrawingWords, *, prefix: str = ""
) -> Iterator[Drawing]:
    """The fan of the money, and what decides where anything does: so many assumptions at most, those that decide most.

    `told`: an assumption in words, by its key; `prefix`: how the ids of the drawings begin.
    """
    now = Band(0, *(float(case["now"][end]) for end in _ENDS))
    later = [Band(one["quarter"], *(float(one["cumulated"][end]) for end in _ENDS)) for one in case["cash_flow"]]
    yield fan(f"{prefix}fan", [now, *later], words)
    swings = [Swing(told(one["assumption"]), float(one["low"]), float(one["high"])) for one in case["tornado"][:most]]
    if swings:
        yield tornado(f"{prefix}tornado", swings, words)
