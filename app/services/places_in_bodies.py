"""Where the problems of a document are for whoever sent a part of it, or a patch: places in the body are told as such, all others from the
document's root, after `/document`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from app.domain.errors import DocumentInvalid, Problem
from app.domain.faults import Path, pointer
from app.domain.problem_texts import told
from app.exchange.places import tokens
from app.exchange.source import Source, placed

ELSEWHERE = "/document"
"""Stands before pointers into the document that do not lie in the body."""

_InBody = Callable[[str], str | None]
"""A pointer into the document → the pointer into the body, None for a place that the body does not have."""


@contextmanager
def of_part(part: Path, source: Source | None = None) -> Iterator[None]:
    """Problems of the document that arise within are told to the sender of the part at that path; with lines of its source, if given."""
    start = pointer(part)

    def in_body(place: str) -> str | None:
        return place[len(start) :] if place == start or place.startswith(f"{start}/") else None

    with _moved(in_body, source):
        yield


@contextmanager
def elsewhere() -> Iterator[None]:
    """The same where the body has no places of the document, such as a JSON Patch, or where there is no body."""
    with _moved(lambda place: None, None):
        yield


@contextmanager
def of_merge_patch(patch: Any) -> Iterator[None]:
    """The same for the sender of a merge patch, which has the places that it sets."""
    with _moved(lambda place: place if _has(patch, tokens(place)[:-1]) else None, None):
        yield


@contextmanager
def within(place: Path) -> Iterator[None]:
    """Problems that arise within, of a value that stands at a place of the body, are told where they are in the body."""
    try:
        yield
    except DocumentInvalid as invalid:
        problems = [told(problem._replace(pointer=pointer(place) + problem.pointer)) for problem in invalid.problems]
        raise DocumentInvalid(problems, omitted=invalid.omitted) from None


@contextmanager
def _moved(in_body: _InBody, source: Source | None) -> Iterator[None]:
    try:
        yield
    except DocumentInvalid as invalid:
        problems = [_told(problem, in_body, source) for problem in invalid.problems]
        raise DocumentInvalid(problems, omitted=invalid.omitted) from None


def _told(problem: Problem, in_body: _InBody, source: Source | None) -> Problem:
    place = in_body(problem.pointer)
    details = dict(problem.details)
    if first := details.get("first"):
        details["first"] = _anywhere(first, in_body)
    moved = told(problem._replace(pointer=_anywhere(problem.pointer, in_body), details=tuple(sorted(details.items()))))
    if source is None or place is None:
        return moved
    return placed(moved, source.places.at(place, problem.code), source.name)


def _anywhere(place: str, in_body: _InBody) -> str:
    inside = in_body(place)
    return ELSEWHERE + place if inside is None else inside


def _has(value: Any, path: list[str]) -> bool:
    """Whether a value has something at a path."""
    for token in path:
        if isinstance(value, Mapping) and token in value:
            value = value[token]
        elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return False
    return True
