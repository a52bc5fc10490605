"""The folder docs/: what is written in it by hand and what is generated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
OWNED = ("rules", "remedies", "metrics")
"""Folders in which every page is generated, so that one without a source is stale."""


def write(wanted: Mapping[str, str]) -> None:
    """Make the folder hold these pages, by path within docs/, and none that lost its source."""
    for path in _lost(wanted):
        (DOCS / path).unlink()
    for path, text in wanted.items():
        if _stored(path) != text:
            (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
            (DOCS / path).write_text(text, encoding="utf-8")


def stale(wanted: Mapping[str, str]) -> list[str]:
    """Paths of pages that are missing, that differ, or that lost their source."""
    return sorted({path for path, text in wanted.items() if _stored(path) != text} | set(_lost(wanted)))


def _stored(path: str) -> str | None:
    file = DOCS / path
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _lost(wanted: Mapping[str, str]) -> Iterator[str]:
    for folder in OWNED:
        for file in (DOCS / folder).glob("**/*.md"):
            path = file.relative_to(DOCS).as_posix()
            if path not in wanted:
                yield path
