"""Writes the compiled catalogue: `python -m app.catalogue.compile`; with `--check` it only says whether it is fresh."""

from __future__ import annotations

import sys
from pathlib import Path

from app.catalogue.check import problems
from app.catalogue.compiled import FILE, packed
from app.catalogue.problems import CatalogueFaulty
from app.catalogue.sources import FOLDER, content_hash, read_sources
from app.catalogue.values import values
from app.domain.catalogue import Catalogue
from app.domain.name_index import build_index


def compiled(folder: Path = FOLDER) -> bytes:
    """The compiled file of a catalogue folder. Raises CatalogueFaulty when its data files do not hold together."""
    sources = read_sources(folder)
    if found := problems(sources):
        raise CatalogueFaulty(found)
    made = values(sources)
    return packed(
        made,
        content_hash(folder),
        version=sources.version,
        lexicon=sources.lexicon,
        index=build_index(Catalogue(version=sources.version, lexicon=sources.lexicon, **made)),
        rule_packs=sources.pack_versions,
        rules=sources.written("rules"),
        remedies=sources.written("remedies"),
    )


def main(arguments: list[str]) -> int:
    """Write the file, or check it; 1 when it is stale or the catalogue has faults."""
    path = FOLDER / FILE
    try:
        content = compiled()
    except CatalogueFaulty as faulty:
        print(faulty, file=sys.stderr)
        return 1
    if "--check" in arguments:
        fresh = path.exists() and path.read_bytes() == content
        print("catalogue: fresh" if fresh else "catalogue: stale, run python -m app.catalogue.compile")
        return 0 if fresh else 1
    path.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
