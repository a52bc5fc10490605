"""Rows as values: what services hand on has the members of its row, without the database behind them."""

from __future__ import annotations

from typing import Any, TypeVar

V = TypeVar("V")


def value_of(kind: type[V], row: Any, **own: Any) -> V:
    """A value of a frozen class: the members that are its `own`, all others as the row has them."""
    members = kind.__dataclass_fields__.keys() - own.keys()  # type: ignore[attr-defined]
    return kind(**{name: getattr(row, name) for name in members}, **own)
