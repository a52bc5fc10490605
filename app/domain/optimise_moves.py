"""Moves: the changes that a plan is put together from, which of them go together, and what several make of a document (semantics §8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from app.domain.candidates import Candidate
from app.domain.canonical import canonical_text
from app.domain.json_patch import Operation, PatchFailed, apply, equal
from app.domain.patch_templates import render
from app.domain.situation import Company
from app.domain.terms import Language

_SAID_ONLY = ("/approved_by", "/designed_by")
"""Members of an incentive plan that say who decides about it, and change nothing of what it pays for."""


class Move(NamedTuple):
    """A candidate as a plan sees it. `writes`: place, by key, → what is written there; `claims`: it changes only what governance says."""

    candidate: Candidate
    writes: Mapping[str, str]
    claims: bool

    @property
    def id(self) -> str:
        """That of its candidate."""
        return self.candidate.id

    @property
    def takes_out(self) -> bool:
        """Whether an item leaves a list, after which places in it are others."""
        return any(
            step["op"] == "remove" and step["path"].rpartition("/")[2].isdigit() for step in self.candidate.patch
        )


def moves_of(company: Company, candidates: Iterable[Candidate]) -> list[Move]:
    """Each candidate as a move."""
    return [_move(company, candidate) for candidate in candidates]


def rivals(moves: Sequence[Move]) -> list[tuple[int, ...]]:
    """Groups of moves, by number, of which a plan takes one at most: they write different things in one place."""
    at: dict[str, list[int]] = defaultdict(list)
    for number, move in enumerate(moves):
        for place in move.writes:
            at[place].append(number)
    groups = {
        group for place, numbers in at.items() for group in _apart([moves[n].writes[place] for n in numbers], numbers)
    }
    groups |= {
        pair for place, numbers in at.items() for above in _above(place) for pair in _pairs(at.get(above, ()), numbers)
    }
    return sorted(group for group in groups if not any(set(group) < set(other) for other in groups))


def in_order(moves: Iterable[Move]) -> list[Move]:
    """Moves in the order in which they are made, whatever the order in which they are given: what takes items out comes last."""
    return sorted(moves, key=lambda move: (move.takes_out, move.id))


def made(raw: Mapping[str, Any], moves: Sequence[Move], language: Language = "en") -> list[list[Operation]] | None:
    """The patch of each move, each on the document as the moves before left it; None where one does not fit.

    An item that an earlier move has added already, such as a KPI on which two gates stand, is not added again.
    """
    patches: list[list[Operation]] = []
    for move in moves:
        candidate = move.candidate
        patch: list[Operation] = [
            s for s in render(candidate.form.patch, candidate.bindings, raw, language) if not _is_there(raw, s)
        ]
        try:
            raw = apply(raw, patch)
        except PatchFailed:
            return None
        patches.append(patch)
    return patches


def _move(company: Company, candidate: Candidate) -> Move:
    writes = dict(_writes(company, candidate))
    return Move(candidate, writes, all(_is_said_only(place) for place in writes))


def _writes(company: Company, candidate: Candidate) -> Iterator[tuple[str, str]]:
    """What is written where; what is added to a list by the key that it gets there, and only that is the same when others write it, too."""
    for step in candidate.patch:
        if step["op"] == "test" or step.get("value") == {}:
            continue
        place, value = company.named(step["path"]), step.get("value")
        if place.endswith("/-"):
            place, value = place.removesuffix("/-"), [value]
        if isinstance(value, list):
            items = ((_key(item), item) for item in value)
            yield from ((f"{place}/{key}", canonical_text(item)) for key, item in items)
        else:
            yield place, candidate.id


def _key(item: Any) -> str:
    return str(item["key"]) if isinstance(item, Mapping) and "key" in item else canonical_text(item)


def _is_said_only(place: str) -> bool:
    return place.startswith("/governance") or place.endswith(_SAID_ONLY)


def _is_there(raw: Mapping[str, Any], step: Operation) -> bool:
    """Whether a step adds an item that the list has."""
    place, _, end = step["path"].rpartition("/")
    if step["op"] != "add" or end != "-":
        return False
    items: Any = raw
    for name in place.split("/")[1:]:
        items = items[int(name)] if isinstance(items, list | tuple) else items.get(name, ())
    return any(equal(item, step["value"]) for item in items)


def _apart(values: Sequence[str], numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Those that write one place: together where each writes something else, else two by two."""
    if len(set(values)) == len(values):
        if len(values) > 1:
            yield tuple(numbers)
        return
    written = dict(zip(numbers, values, strict=True))
    yield from ((a, b) for a, b in combinations(numbers, 2) if written[a] != written[b])


def _above(place: str) -> Iterator[str]:
    while place:
        place = place.rpartition("/")[0]
        yield place


def _pairs(one: Iterable[int], other: Sequence[int]) -> Iterator[tuple[int, int]]:
    for a in one:
        yield from ((min(a, b), max(a, b)) for b in other if a != b)
