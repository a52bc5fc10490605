"""Why two goals are in conflict, or why not: the answer in sentences, with the evidence of the chains beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.terms import Language
from app.domain.why import Why
from app.reports.text_chain import write_chain
from app.reports.text_names import Names, Sources
from app.reports.text_page import Page
from app.reports.text_sources import write_sources
from app.reports.text_words import Words

_GAP = 10


def why_page(
    why: Why, told: Sequence[str], *, raw: Mapping[str, Any], catalogue: Catalogue, language: Language, width: int
) -> Page:
    """The verdict, what is to be said of each side, and the chains with their sources by number."""
    words, page = Words(language), Page(width)
    names = Names(words, raw, catalogue)
    sources = Sources(names)
    for number, line in enumerate(told):
        page.paragraph((line, "title") if number == 0 else line)
        page.blank()
    for side in why.sides:
        chain = side.chain or (side.nearest.chain if side.nearest else ())
        write_chain(page, words("harms"), chain, names, sources, _GAP, indent=0)
        write_chain(page, words("helps"), side.help_chain, names, sources, _GAP, indent=0)
    write_sources(page, names, sources)
    return page
