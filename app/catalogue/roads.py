"""The roads that roadmaps are built from, read from their data files once per process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from app.catalogue.data_files import things_in
from app.domain.roadmap_templates import Road, road_from


@lru_cache(maxsize=1)
def roads() -> Mapping[str, Road]:
    """Every road by its id."""
    return things_in("roadmaps", road_from)
