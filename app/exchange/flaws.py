"""What is wrong with a file itself, noted while it is read, and the error that lists it beside what is wrong with the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from app.domain.errors import DocumentInvalid, Problem
from app.domain.faults import MOST_PROBLEMS, Fault, invalid, problem
from app.exchange.places import Place
from app.exchange.source import Source, placed

if TYPE_CHECKING:
    pass

_TOO_LARGE = frozenset({"too_big", "too_many_values", "too_many_cells", "too_many_rows"})
_TOO_MUCH = _TOO_LARGE | {"too_deep"}
"""Flaws of a file that is what it claims to be."""

_LACKING = frozenset({"missing", "kpi_or_measure", "waives_nothing"})
"""Problems of what is lacking, which may be what could not be read."""


class Flaw(NamedTuple):
    """Something wrong with the file: what, and where."""

    fault: Fault
    place: Place


class Unreadable(Exception):
    """Reading ended for the last of these flaws."""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        super().__init__(flaws[-1].fault.code)
        self.flaws = tuple(flaws)


def stop(fault: Fault, place: Place, flaws: Iterable[Flaw] = ()) -> NoReturn:
    """End reading for a fault, with the flaws that were noted before."""
    raise Unreadable([*flaws, Flaw(fault, place)])


def refused(name: str, flaws: Sequence[Flaw], document: Source | None = None) -> DocumentInvalid:
    """The error for a file with flaws, and what is wrong with the document in it where that could be judged.

    Ids of the catalogue are not looked up before the flaws are mended. A flaw of one cell leaves the file well-formed.
    """
    of_file = {flaw.fault.code for flaw in flaws if flaw.place.cell is None}
    problems = [placed(problem(flaw.fault), flaw.place, name) for flaw in flaws[:MOST_PROBLEMS]]
    omitted = len(flaws) - len(problems)
    if document is not None:
        others = _other_problems(document, flaws)
        problems += others.problems
        omitted += others.omitted
    problems.sort(key=_order)
    listed = problems[:MOST_PROBLEMS]
    return DocumentInvalid(
        listed,
        malformed=bool(of_file - _TOO_MUCH),
        too_large=bool(of_file & _TOO_LARGE),
        omitted=omitted + len(problems) - len(listed),
    )


def _other_problems(document: Source, flaws: Sequence[Flaw]) -> DocumentInvalid:
    from app.domain.document.checks import checked

    flawed = {flaw.fault.path for flaw in flaws if flaw.fault.path}
    around = {path[:end] for path in flawed for end in range(1, len(path))}
    _, faults = checked(document.raw)
    others = [f for f in faults if f.path not in flawed and not (f.code in _LACKING and f.path in around)]
    return document.located(invalid(others, document.raw))


def _order(told: Problem) -> tuple[str, str, int, int, str]:
    """By file, sheet, line or row, and column; columns after Z come after it."""
    cell = told.cell or ""
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    column = cell.removesuffix(row)
    return told.file or "", told.sheet or "", int(row or told.line or 0), told.column or len(column), column
