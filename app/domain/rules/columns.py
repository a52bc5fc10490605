"""Columns of a fact table for the kernel: whole numbers at a scale, yes/no, or codes of words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.rules.decimals import EXACT, SURE, exactly
from app.domain.rules.schema import FactKind, Field

Mask = NDArray[np.bool_]

FITS = 2**62
"""Whole numbers below this stay int64; others are Python's own, without limit."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of a fact table.

    `values`: by type yes/no (False where missing), whole numbers in units of 10^−scale, or codes, which are places in
    `words` (for a list of words, tuples). `valid`: where a value is there; None when it is there on every row.
    `bound`: no number is larger than this, either way.
    """

    values: NDArray[Any]
    valid: Mask | None = None
    words: tuple[Any, ...] = ()
    scale: int = 0
    bound: int = 0


def columns(kind: FactKind, rows: Iterable[Mapping[str, Any]]) -> dict[str, Column]:
    """The testable columns of rows, by field; raises ValueError on NaN and infinity."""
    listed = list(rows)
    testable = [field for field in kind.fields.values() if field.testable]
    return {field.name: column(field, [row.get(field.name) for row in listed]) for field in testable}


def column(field: Field, values: Sequence[Any]) -> Column:
    """One column from plain values, None where one is missing; raises ValueError on NaN and infinity."""
    present = np.fromiter((value is not None for value in values), dtype=bool, count=len(values))
    valid = None if present.all() else present
    if field.type == "bool":
        flags = (value is True for value in values)
        return Column(np.fromiter(flags, dtype=bool, count=len(values)), valid)
    if field.is_number:
        return _numbers(field, values, valid)
    if field.type == "enum_list":
        values = [None if value is None else tuple(value) for value in values]
    return _words(values, valid)


def _numbers(field: Field, values: Sequence[Any], valid: Mask | None) -> Column:
    try:
        wholes = _whole_numbers([0 if value is None else value for value in values], field.digits)
    except ValueError as error:
        raise ValueError(f"{field.name}: {error}") from None
    bound = max(abs(int(wholes.max())), abs(int(wholes.min()))) if len(wholes) else 0
    return Column(wholes, valid, scale=field.digits, bound=bound)


def _whole_numbers(values: Sequence[Any], scale: int) -> NDArray[Any]:
    """By double arithmetic where that is sure, else by decimal digits, as the walk does."""
    if any(isinstance(value, int) and abs(value) > EXACT for value in values):
        return _by_digits(values, scale)
    with np.errstate(invalid="ignore", over="ignore"):
        product = np.array(values, dtype=np.float64) * 10.0**scale
        near = np.rint(product)
        unsure = ~((np.abs(product) < EXACT) & (np.abs(product - near) < SURE))
    if np.abs(product[unsure]).max(initial=0.0) >= FITS:
        return _by_digits(values, scale)
    rows = np.flatnonzero(unsure).tolist()
    exact = [exactly(values[row], scale) for row in rows]
    near[rows] = 0
    wholes = near.astype(np.int64)
    wholes[rows] = exact
    return wholes


def _by_digits(values: Sequence[Any], scale: int) -> NDArray[Any]:
    wholes = [exactly(value, scale) for value in values]
    fits = all(abs(whole) < FITS for whole in wholes)
    return np.array(wholes, dtype=np.int64 if fits else object)


def _words(values: Sequence[Any], valid: Mask | None) -> Column:
    distinct = sorted({value for value in values if value is not None})
    place = {word: code for code, word in enumerate(distinct)}
    codes = np.fromiter((place.get(value, 0) for value in values), dtype=np.int64, count=len(values))
    return Column(codes.astype(np.min_scalar_type(max(1, len(distinct)))), valid, tuple(distinct))
