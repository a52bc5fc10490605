"""Witness chains in words: what moves what, how strongly, after how long, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.findings import ChainLink
from app.reports.text_line import Piece
from app.reports.text_names import Names, Sources
from app.reports.text_page import Page


def write_chain(
    page: Page,
    label: str,
    chain: Sequence[ChainLink],
    names: Names,
    sources: Sources,
    gap: int,
    *,
    indent: int = 4,
) -> None:
    """The first movement, then a line for each link with its evidence."""
    if not chain:
        return
    page.labelled((label, "label"), names.movement(chain[0].source), indent=indent, gap=gap)
    for link in chain:
        page.labelled("", f"→ {names.movement(link.target)}  ", *evidence(link, names, sources), indent=indent, gap=gap)


def evidence(link: ChainLink, names: Names, sources: Sources) -> list[Piece]:
    """How strong an influence is, after how long, how well it is known, and who says so."""
    words = names.words
    said = [words(link.strength), words.lag(link.lag_days), words(link.evidence)]
    if link.support == "analogy":
        said.append(words("analogy"))
    pieces: list[Piece] = [(", ".join(said), "aside")]
    if marks := sources.marks(link.citations):
        pieces.append((f" {marks}", "reference"))
    if link.contested or link.counters:
        pieces.append((f" {words('link_contested')}", "medium"))
    return pieces
