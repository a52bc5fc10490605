"""The smallest set that meets every one of many sets (a minimum hitting set), found exactly.

Whoever meets a set takes one of its members: so the search branches over the members of a set that is not met yet, and goes no deeper than
the size of the best answer so far, less what sets that share no member still need (Karp 1972 on the problem; Reiter 1987 on the tree).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

T = TypeVar("T")


def smallest_hitting_set(sets: Iterable[Collection[T]], order: Callable[[T], tuple[int, str]]) -> frozenset[T]:
    """The members with which every set is met, as few as possible.

    `order` gives each member's price and name: of as few members those of the lowest prices together are taken, and of these the first by
    name. Raises ValueError for an empty set, which nothing meets.
    """
    needed = _minimal([frozenset(each) for each in sets])
    if any(not each for each in needed):
        raise ValueError("an empty set is met by nothing")
    size = 0
    while True:
        found = list(_of_size(needed, size, frozenset(), frozenset(), order))
        if found:
            return min(found, key=lambda chosen: _rank(chosen, order))
        size += 1


def _rank(chosen: frozenset[T], order: Callable[[T], tuple[int, str]]) -> tuple[int, list[str]]:
    said = [order(member) for member in chosen]
    return sum(price for price, _ in said), sorted(name for _, name in said)


def _minimal(sets: Iterable[frozenset[T]]) -> list[frozenset[T]]:
    """Those that hold no other: whoever meets these meets all."""
    kept: list[frozenset[T]] = []
    for each in sorted(set(sets), key=len):
        if not any(smaller <= each for smaller in kept):
            kept.append(each)
    return kept


def _of_size(
    needed: Collection[frozenset[T]],
    size: int,
    chosen: frozenset[T],
    refused: frozenset[T],
    order: Callable[[T], tuple[int, str]],
) -> Iterable[frozenset[T]]:
    """Every hitting set of at most so many further members, none of them refused."""
    left = [each for each in needed if not each & chosen]
    if not left:
        yield chosen
        return
    if _apart(left) > size:
        return
    branch = min((each - refused for each in left), key=lambda each: (len(each), sorted(map(order, each))))
    for member in sorted(branch, key=order):
        yield from _of_size(left, size - 1, chosen | {member}, refused, order)
        refused |= {member}


def _apart(sets: Collection[frozenset[T]]) -> int:
    """How many of the sets at least share no member: each of them needs one of its own."""
    met: frozenset[T] = frozenset()
    count = 0
    for each in sorted(sets, key=len):
        if not each & met:
            met, count = met | each, count + 1
    return count
