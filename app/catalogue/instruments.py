"""The instruments of assessments, read from their data files once per process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from app.domain.instruments import Instrument, instrument_from

FOLDER = Path(__file__).parent / "instruments"


@lru_cache(maxsize=1)
def instruments() -> Mapping[str, Instrument]:
    """Every instrument by its id."""
    import yaml

    found = [
        instrument_from(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in sorted(FOLDER.glob("*.yaml"))
    ]
    return {one.id: one for one in found}
