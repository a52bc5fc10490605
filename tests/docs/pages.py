"""Pages of docs/ as the tests read them: blocks of code with what they are, links, anchors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block: the words after the fence, the text, the line that it begins on."""

    language: str
    name: str
    text: str
    line: int


def read(page: Path) -> str:
    """The text of a page."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    text = read(page)
    for match in FENCE.finditer(text):
        language, _, name = match["info"].strip().partition(" ")
        yield Block(language, name, match["text"], text.count("\n", 0, match.start()) + 1)


def prose(page: Path) -> str:
    """The text of a page without its fenced blocks."""
    return FENCE.sub("", read(page))


def links(page: Path) -> Iterator[str]:
    """Where the links of a page lead."""
    return (match["target"] for match in LINK.finditer(prose(page)))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    return {_anchor(match["title"]) for match in HEADING.finditer(prose(page))}


def _anchor(title: str) -> str:
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
