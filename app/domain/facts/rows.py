"""A row of a fact table with what is needed to report on it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from app.domain.conflicts import Conflict
from app.domain.findings import Subject


class FactRow(NamedTuple):
    """Typed facts (`values`, by the columns of the fact kind), what they are about, and how to name it in a message.

    `subjects` make the fingerprint. `departments`: the one that acts first. `conflict`: the conflict behind the row, whose chain a
    finding shows; for a component its worst one with customers, else its worst.
    """

    kind: str
    values: Mapping[str, Any]
    subjects: tuple[Subject, ...]
    names: Mapping[str, str] = MappingProxyType({})
    departments: tuple[str, ...] = ()
    confidence: float = 1.0
    conflict: Conflict | None = None
    related: tuple[Subject, ...] = ()
