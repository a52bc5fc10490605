"""How a page names what a claim rests on: links to the page of citations, the clause, what was seen of the source."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.catalogue import Catalogue, Citation
from app.domain.citations import EDITORIAL, cited_by_id

SEEN = {
    "abstract": "abstract seen",
    "excerpt": "part of the text seen",
    "secondary": "seen as others describe it",
    "record": "bibliographic record seen",
}


def status(citation: Citation) -> str:
    """What was seen of a source."""
    if citation.status == EDITORIAL:
        return "no source: a mark of the catalogue itself"
    return SEEN.get(citation.seen, "seen") if citation.verified else "unverified: nobody has looked it up"


def links(references: Iterable[str], knowledge: Catalogue, up: str = "../") -> str:
    """References in a row, marks that are no source left out; `up` leads to the folder docs/."""
    return ", ".join(link for reference in references if (link := _link(reference, knowledge, up)))


def told(reference: str, knowledge: Catalogue) -> str:
    """A reference with title and venue, and what was seen of it."""
    citation = _citation(reference, knowledge)
    where = f", {citation.venue}" if citation.venue else ""
    return f"{_link(reference, knowledge, '../') or 'Judgement'}: *{citation.title}*{where} ({status(citation)})"


def _link(reference: str, knowledge: Catalogue, up: str) -> str:
    """A reference (`baker2002`, or a clause of it: `fsa_fg13_1#section-4`) as a link."""
    name = cited_by_id(reference, knowledge.citations)
    return f"[{name}]({up}citations.md#{_citation(reference, knowledge).id})" if name else ""


def _citation(reference: str, knowledge: Catalogue) -> Citation:
    return knowledge.citations[reference.partition("#")[0]]
