"""The roads that roadmaps are built from, read from their data files once per process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from app.domain.roadmap_templates import Road, road_from

FOLDER = Path(__file__).parent / "roadmaps"


@lru_cache(maxsize=1)
def roads() -> Mapping[str, Road]:
    """Every road by its id."""
    import yaml

    found = [road_from(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in sorted(FOLDER.glob("*.yaml"))]
    return {one.id: one for one in found}
