"""The built-in catalogue as a value, read once per process."""

from __future__ import annotations

from functools import lru_cache

from app.catalogue.sources import read_sources
from app.catalogue.values import values
from app.domain.catalogue import Catalogue


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue that ships with this version; every caller gets the same object, so that searches on it are shared."""
    sources = read_sources()
    return Catalogue(version=sources.version, lexicon=sources.lexicon, **values(sources))
