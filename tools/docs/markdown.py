"""Pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def page(*parts: str, source: str) -> str:
    """A page out of its parts, empty ones left out; `source` is where a change belongs."""
    heading, *rest = [part.strip() for part in parts if part.strip()]
    note = f"<!-- Written by `python -m tools.docs` out of {source}: change it there. -->"
    return "\n\n".join([note, heading, *rest]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing when it has no row."""
    lines = [_row(cells) for cells in rows]
    return "\n".join([_row(heads), _row(["---"] * len(heads)), *lines]) if lines else ""


def bullets(items: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {item}" for item in items)


def section(title: str, *parts: str) -> str:
    """A heading with what stands under it; nothing when nothing does."""
    body = "\n\n".join(part.strip() for part in parts if part.strip())
    return f"## {title}\n\n{body}" if body else ""


def code(text: str, language: str = "") -> str:
    """A block of code."""
    return f"```{language}\n{text.rstrip()}\n```"


def mono(text: str) -> str:
    """A piece of code within a line."""
    return f"`{text}`"


def listed(words: Iterable[str]) -> str:
    """Words in a row, with commas."""
    return ", ".join(words)


def one_line(text: str) -> str:
    """A text without line breaks."""
    return " ".join(text.split())


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(one_line(cell).replace("|", "\\|") for cell in cells) + " |"
