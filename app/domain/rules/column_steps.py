"""The steps of conditions over columns: each finds truths or numbers on a block of rows, from what the steps before it found.

A truth is a pair of masks (true, false), neither being unknown; a false mask of None means "wherever it is not true", so that columns
without a missing value cost no more than two-valued logic.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.domain.rules.columns import Column, Mask

FEW = 4
"""Up to as many codes are compared one by one; more are looked up in a table."""

Truth = tuple[Mask, Mask | None]

Number = tuple[Any, Mask | None]
"""Whole numbers (or one, for all rows), and where they are known."""

Step = Callable[[list[Any], slice], Any]
"""What a step finds on a block, from the findings of the steps before it."""


def joined(parts: list[int], *, enough: bool) -> Step:
    """`||` when one true part is enough, `&&` when one false part is."""
    all_true, all_false = (np.logical_or, np.logical_and) if enough else (np.logical_and, np.logical_or)

    def step(found: list[Any], rows: slice) -> Truth:
        true, false = found[parts[0]]
        for part in parts[1:]:
            more, less = found[part]
            if false is not None or less is not None:
                false = all_false(~true if false is None else false, ~more if less is None else less)
            true = all_true(true, more)
        return true, false

    return step


def negated(part: int) -> Step:
    """`!`: what is unknown stays so."""

    def step(found: list[Any], rows: slice) -> Truth:
        true, false = found[part]
        return (~true, None) if false is None else (false, true)

    return step


def flags(column: Column) -> Step:
    """The truths of a column of flags."""
    values, valid = column.values, column.valid
    if valid is None:
        return lambda found, rows: (values[rows], None)
    return lambda found, rows: (values[rows], values[rows] ^ valid[rows])


def always(value: bool) -> Step:
    """The same truth on every row."""
    return lambda found, rows: (np.full(rows.stop - rows.start, value, dtype=bool), None)


def given(column: Column, *, wanted: bool) -> Step:
    """Whether anything stands in a column, or nothing does."""
    valid = column.valid
    if valid is None:
        return always(wanted)
    return (lambda found, rows: (valid[rows], None)) if wanted else (lambda found, rows: (~valid[rows], None))


def words(column: Column, test: Callable[[Any], bool]) -> Step:
    """A test of words: once for each distinct word, then by code."""
    codes, valid = column.values, column.valid
    passing = np.array([test(word) for word in column.words] or [False], dtype=bool)
    few = [codes.dtype.type(code) for code in np.flatnonzero(passing)]
    invert = len(few) > FEW
    if invert:
        few = [codes.dtype.type(code) for code in np.flatnonzero(~passing)]

    def step(found: list[Any], rows: slice) -> Truth:
        block = codes[rows]
        if len(few) > FEW:
            held = passing[block]
        else:
            held = np.zeros(len(block), dtype=bool) if not few else block == few[0]
            for code in few[1:]:
                held |= block == code
            held = ~held if invert else held
        return _known(held, None if valid is None else valid[rows])

    return step


def same_words(a: Column, b: Column, *, equal: bool) -> Step:
    """Whether two columns of words say the same, or do not."""
    place = {word: code for code, word in enumerate(b.words)}
    translated = np.array([place.get(word, -1) for word in a.words])
    compare = np.equal if equal else np.not_equal

    def step(found: list[Any], rows: slice) -> Truth:
        valid = _both_known(*(None if c.valid is None else c.valid[rows] for c in (a, b)))
        return _known(compare(translated[a.values[rows]], b.values[rows]), valid)

    return step


def same_truth(a: int, b: int, *, equal: bool) -> Step:
    """Whether two conditions come to the same, or do not."""

    def step(found: list[Any], rows: slice) -> Truth:
        certain = [None if false is None else true | false for true, false in (found[a], found[b])]
        differ = found[a][0] ^ found[b][0]
        return _known(~differ if equal else differ, _both_known(*certain))

    return step


def compared(compare: Any, a: int, b: int) -> Step:
    """Two numbers compared."""

    def step(found: list[Any], rows: slice) -> Truth:
        (first, known_a), (second, known_b) = found[a], found[b]
        return _known(compare(first, second), _both_known(known_a, known_b))

    return step


def among(number: int, options: list[int]) -> Step:
    """Whether a number is one of these."""

    def step(found: list[Any], rows: slice) -> Truth:
        values, valid = found[number]
        held = values == options[0]
        for option in options[1:]:
            held = held | (values == option)
        return _known(held, valid)

    return step


def whole(column: Column) -> Step:
    """The numbers of a column, at its scale."""
    values, valid = column.values, column.valid
    return lambda found, rows: (values[rows], None if valid is None else valid[rows])


def always_number(value: int) -> Step:
    """The same number on every row."""
    return lambda found, rows: (value, None)


def minus(number: int) -> Step:
    """A number with the other sign."""
    return lambda found, rows: (-found[number][0], found[number][1])


def operated(operate: Any, a: int, b: int, *, wide: bool) -> Step:
    """Two numbers added, subtracted or multiplied; `wide`: as Python's whole numbers, where int64 might not hold the result."""

    def step(found: list[Any], rows: slice) -> Number:
        (first, known_a), (second, known_b) = found[a], found[b]
        return operate(_widened(first, wide), _widened(second, wide)), _both_known(known_a, known_b)

    return step


def quotient(a: int, b: int, *, wide: bool) -> Step:
    """Rounded half to even; unknown where the divisor is 0."""

    def step(found: list[Any], rows: slice) -> Number:
        (first, known_a), (second, known_b) = found[a], found[b]
        size = rows.stop - rows.start
        dividend = np.broadcast_to(_widened(np.asarray(first), wide), (size,))
        divisor = np.broadcast_to(_widened(np.asarray(second), wide), (size,))
        nonzero = np.asarray(divisor != 0, dtype=bool)
        dividend, divisor = np.where(divisor < 0, -dividend, dividend), np.where(nonzero, np.abs(divisor), 1)
        whole = dividend // divisor
        twice = 2 * (dividend - whole * divisor)
        up = (twice > divisor) | ((twice == divisor) & (whole % 2 != 0))
        return np.where(up, whole + 1, whole), _both_known(_both_known(known_a, known_b), nonzero)

    return step


def _known(held: Mask, valid: Mask | None) -> Truth:
    if valid is None:
        return held, None
    true = held & valid
    return true, true ^ valid


def _widened(values: Any, wide: bool) -> Any:
    return values.astype(object) if wide and isinstance(values, np.ndarray) else values


def _both_known(a: Mask | None, b: Mask | None) -> Mask | None:
    if a is None or b is None:
        return b if a is None else a
    return a & b
