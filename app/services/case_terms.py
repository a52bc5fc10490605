"""What is said of a business case, and which of it cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.domain.business_case import DISCOUNT, Said, SaidCost
from app.domain.faults import Fault, Path, invalid

MOST_DRAWS = 100_000
"""Times that the assumptions of one case are drawn."""


class CaseTerms(NamedTuple):
    """What is said of a case: how it is called, how far it looks, how it is drawn, what it costs, and what is known of assumptions, by
    their keys. Without a name it has that of its scenario."""

    name: str | None
    quarters: int
    draws: int
    seed: int
    costs: Mapping[str, SaidCost]
    assumptions: Mapping[str, Said]


class CaseRequest(NamedTuple):
    """What is asked: a scenario, and what is said of the case."""

    scenario: str
    terms: CaseTerms


def check(terms: CaseTerms) -> None:
    """Raise DocumentInvalid for ranges that cannot be."""
    if faults := [*_falling(terms)]:
        raise invalid(faults)


def _falling(terms: CaseTerms) -> Iterator[Fault]:
    """Ranges that do not rise, or leave what a number of their kind can be."""
    for key, cost in terms.costs.items():
        yield from _range(("costs", key), (cost.low, cost.likely, cost.high), 0.0, None)
    for key, said in terms.assumptions.items():
        if said.range is not None:
            yield from _range(("assumptions", key), said.range, *_bounds(key))


def _bounds(key: str) -> tuple[float | None, float | None]:
    """The least and the most that an assumption can be."""
    if key.startswith("share."):
        return -1.0, 1.0
    return 0.0, 1.0 if key == DISCOUNT else None


def _range(path: Path, range_: tuple[float, float, float], least: float | None, most: float | None) -> Iterator[Fault]:
    low, likely, high = range_
    if not low <= likely <= high:
        yield Fault(path, "range_falls", f"{low:g}, {likely:g}, {high:g}")
    elif least is not None and low < least:
        yield Fault((*path, "low"), "too_small", low, "at_least", details={"bound": f"{least:g}"})
    elif most is not None and high > most:
        yield Fault((*path, "high"), "too_large", high, "at_most", details={"bound": f"{most:g}"})
