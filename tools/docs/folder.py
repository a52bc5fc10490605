"""The files that are generated: which are stale, and writing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
OWNED = ("docs/rules", "docs/remedies", "docs/metrics")
"""Folders in which every page is generated, so that one without a source is stale."""


def write(wanted: Mapping[str, str]) -> None:
    """Make the project hold these files, by path, and no generated page that lost its source."""
    for path in _lost(wanted):
        (ROOT / path).unlink()
    for path, text in wanted.items():
        if _stored(path) != text:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(text, encoding="utf-8")


def stale(wanted: Mapping[str, str]) -> list[str]:
    """Paths of files that are missing, that differ, or that lost their source."""
    return sorted({path for path, text in wanted.items() if _stored(path) != text} | set(_lost(wanted)))


def _stored(path: str) -> str | None:
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _lost(wanted: Mapping[str, str]) -> Iterator[str]:
    for folder in OWNED:
        for file in (ROOT / folder).glob("**/*.md"):
            path = file.relative_to(ROOT).as_posix()
            if path not in wanted:
                yield path
