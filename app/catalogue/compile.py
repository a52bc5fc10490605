"""Writes the compiled catalogue: `python -m app.catalogue.compile`; with `--check` it only says whether it is fresh."""

from __future__ import annotations

import sys
from pathlib import Path

from app.catalogue.check import problems
from app.catalogue.compiled import FILE, NAMES, packed, packed_names
from app.catalogue.problems import CatalogueFaulty
from app.catalogue.sources import FOLDER, content_hash, read_sources
from app.catalogue.values import values
from app.domain.catalogue import Catalogue
from app.domain.names.index import build_index


def compiled(folder: Path = FOLDER) -> dict[str, bytes]:
    """Name → content of the compiled files of a catalogue folder. Raises CatalogueFaulty when its data files do not hold together."""
    sources = read_sources(folder)
    if found := problems(sources):
        raise CatalogueFaulty(found)
    made = values(sources)
    main = packed(
        made,
        content_hash(folder),
        version=sources.version,
        rule_packs=sources.pack_versions,
        rules=sources.written("rules"),
        remedies=sources.written("remedies"),
    )
    index = build_index(Catalogue(version=sources.version, lexicon=sources.lexicon, **made))
    return {FILE: main, NAMES: packed_names(sources.lexicon, index)}


def main(arguments: list[str]) -> int:
    """Write the files, or check them; 1 when one is stale or the catalogue has faults."""
    try:
        files = compiled()
    except CatalogueFaulty as faulty:
        print(faulty, file=sys.stderr)
        return 1
    if "--check" in arguments:
        stale = [name for name, content in files.items() if not _is(FOLDER / name, content)]
        print(f"catalogue: {', '.join(stale)} stale, run make docs" if stale else "catalogue: fresh")
        return 1 if stale else 0
    for name, content in files.items():
        (FOLDER / name).write_bytes(content)
    return 0


def _is(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
