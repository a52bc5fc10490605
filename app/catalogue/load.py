"""The built-in catalogue as a value, read once per process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from app.catalogue.compiled import read_compiled, read_names, unpacked
from app.catalogue.later import Later
from app.catalogue.sources import FOLDER, content_hash
from app.domain.catalogue import Catalogue
from app.domain.remedies import remedy_from
from app.domain.rules.rule import rule_from


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue that ships with this version; every caller gets the same object, so that searches are shared."""
    return load(FOLDER)


def load(folder: Path) -> Catalogue:
    """The catalogue of a folder: out of its compiled file where that is fresh, else out of the data files themselves.

    Raises CatalogueFaulty when the data files do not hold together.
    """
    stored = read_compiled(folder, content_hash(folder))
    return _from_stored(stored, folder) if stored else _from_sources(folder)


def _from_stored(stored: dict[str, Any], folder: Path) -> Catalogue:
    return Catalogue(
        version=stored["version"],
        lexicon=Later(lambda: read_names(folder)),
        rule_packs=stored["rule_packs"],
        rules={id_: rule_from(raw) for id_, raw in stored["rules"].items()},
        remedies=Later(lambda: {id_: remedy_from(raw) for id_, raw in stored["remedies"].items()}),
        **unpacked(stored),
    )


def _from_sources(folder: Path) -> Catalogue:
    from app.catalogue.check import problems
    from app.catalogue.problems import CatalogueFaulty
    from app.catalogue.sources import read_sources
    from app.catalogue.values import values

    sources = read_sources(folder)
    if found := problems(sources):
        raise CatalogueFaulty(found)
    return Catalogue(
        version=sources.version,
        lexicon=sources.lexicon,
        rule_packs=sources.pack_versions,
        rules={id_: rule_from(raw) for id_, raw in sources.written("rules").items()},
        remedies={id_: remedy_from(raw) for id_, raw in sources.written("remedies").items()},
        **values(sources),
    )
