"""The instruments of assessments, read from their data files once per process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from app.catalogue.data_files import things_in
from app.domain.instruments import Instrument, instrument_from


@lru_cache(maxsize=1)
def instruments() -> Mapping[str, Instrument]:
    """Every instrument by its id."""
    return things_in("instruments", instrument_from)
