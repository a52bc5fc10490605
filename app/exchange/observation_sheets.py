"""Observations as CSV: one row each, `kpi` or `metric`, the day, the value; read as forgivingly as other sheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.domain.document.members import Form
from app.domain.observations import Observation
from app.exchange.item_sheets import SentItems, csv_of, item_sheet
from app.exchange.sheet_rows import guarded

_FORMS: dict[str, Form] = {"kpi": "text", "metric": "text", "on": "day", "value": "number"}
"""Heading → form, in the order in which they are written."""
_WORDS = {
    "kpi": ("kpi", "kpi key", "Kennzahl", "Kennzahlen"),
    "metric": ("metric", "metric id", "Metrik"),
    "on": ("on", "day", "date", "Tag", "Datum", "Stichtag", "am"),
    "value": ("value", "actual", "observed", "Wert", "Ist", "Istwert"),
}
_SHEET = item_sheet("observations", _FORMS, _WORDS)


def read_observations(data: bytes, name: str) -> SentItems:
    """The observations in a CSV sheet. Raises DocumentInvalid for one that cannot be read."""
    return _SHEET.read(data, name)


def observations_sheet(observations: Iterable[Observation]) -> bytes:
    """Observations as a CSV sheet, in UTF-8 with commas between cells."""
    return csv_of(_FORMS, map(_cells, observations))


def _cells(one: Observation) -> list[Any]:
    subject, key = one.series
    named = [guarded(key), ""] if subject == "kpi" else ["", guarded(key)]
    return [*named, one.on.isoformat(), written_value(one.value)]


def written_value(value: float) -> int | float:
    """A value as people write it: 40 rather than 40.0."""
    return int(value) if value.is_integer() else value
