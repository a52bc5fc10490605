"""Reads the data files of the catalogue: what was written, entry by entry, with the file that it stands in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent

SECTIONS = {
    "metrics": "metrics/*.yaml",
    "influences": "influences/*.yaml",
    "family_influences": "influences/families.yaml",
    "levers": "levers.yaml",
    "families": "families.yaml",
    "citations": "citations.yaml",
    "sayings": "sayings.yaml",
    "rules": "rules/*/*.yaml",
    "remedies": "remedies/*.yaml",
}
"""Section → where its entries stand. A file holds a list of entries, or (rules, remedies) one entry."""

PACK = "pack.yaml"
LEXICON = "lexicon.yaml"
NAMES = "names.yaml"
VERSION = "version"
NO_SOURCES = frozenset({"templates", "__pycache__", "instruments", "roadmaps"})
"""Folders beside the data files of which an analysis is made of none."""


class Entry(NamedTuple):
    """One entry as it was written, and its file relative to the catalogue."""

    file: str
    data: dict[str, Any]

    @property
    def id(self) -> str:
        """The entry's id; empty when it has none."""
        return str(self.data.get("id", "")) if isinstance(self.data, dict) else ""


class Sources(NamedTuple):
    """Everything that was written, unchecked: section → entries in the order of files and lines."""

    version: str
    sections: dict[str, list[Entry]]
    packs: Mapping[str, dict[str, Any]] = MappingProxyType({})
    lexicon: Mapping[str, Any] = MappingProxyType({})

    @property
    def pack_versions(self) -> dict[str, str]:
        """Rule pack → its version."""
        return {pack: str(data["version"]) for pack, data in sorted(self.packs.items())}

    def of(self, section: str) -> list[Entry]:
        """The entries of a section; none when nothing was written."""
        return self.sections.get(section, [])

    def written(self, section: str) -> dict[str, dict[str, Any]]:
        """The entries of a section by id, as they were written."""
        return {entry.id: entry.data for entry in self.of(section)}


def read_sources(folder: Path = FOLDER) -> Sources:
    """All data files of a catalogue folder; missing folders are empty. Raises yaml.YAMLError with the line."""
    packs = {path.parent.name: _yaml(path) for path in sorted(folder.glob(f"rules/*/{PACK}"))}
    return Sources(
        version=(folder / VERSION).read_text(encoding="utf-8").strip(),
        sections={section: list(_entries(folder, section)) for section in SECTIONS},
        packs=packs,
        lexicon=_lexicon(folder),
    )


def content_hash(folder: Path = FOLDER) -> str:
    """SHA-256 over names and contents of all data files: changes whenever one of them does."""
    digest = hashlib.sha256()
    for name, path in sorted(_data_files(folder)):
        with open(path, "rb", buffering=0) as file:
            content = file.read()
        if b"\r" in content:
            content = content.replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _data_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file that a catalogue is made of: its name relative to the folder, and its path."""
    root = str(folder)
    for place, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in NO_SOURCES]
        below = place[len(root) :].replace(os.sep, "/").lstrip("/")
        for name in files:
            if name.endswith(".yaml") or (name == VERSION and not below):
                yield (f"{below}/{name}" if below else name), os.path.join(place, name)


def _lexicon(folder: Path) -> dict[str, Any]:
    """The words that names are read with, and under `names` how people say a metric without its name."""
    words, names = folder / LEXICON, folder / NAMES
    lexicon: dict[str, Any] = _yaml(words) if words.exists() else {}
    return {**lexicon, "names": _yaml(names)} if names.exists() else lexicon


def _entries(folder: Path, section: str) -> Iterator[Entry]:
    for path in sorted(folder.glob(SECTIONS[section])):
        name = path.relative_to(folder).as_posix()
        if path.name == PACK or (section == "influences" and name == SECTIONS["family_influences"]):
            continue
        written = _yaml(path)
        for data in written if isinstance(written, list) else [written]:
            yield Entry(name, data)


def _yaml(path: Path) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open("rb") as stream:
        return yaml.load(stream, loader)
