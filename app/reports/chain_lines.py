"""Witness chains as plain lines: the movement it starts with, then each link with its strength, its lag and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.citations import cited_by_id
from app.domain.findings import ChainLink
from app.reports.text_names import Names


def start_line(chain: Sequence[ChainLink], names: Names) -> str:
    """The movement with which a chain begins."""
    return names.movement(chain[0].source)


def link_line(link: ChainLink, names: Names) -> str:
    """`→ Retention ↓: moderate, after 6 months, observed (Kerr 1975)`."""
    words = names.words
    said = [words(link.strength), words.lag(link.lag_days), words(link.evidence)]
    if link.support == "analogy":
        said.append(words("analogy"))
    if link.contested or link.counters:
        said.append(words("link_contested"))
    known = names.catalogue.citations if names.catalogue else {}
    sources = [name for id_ in link.citations if (name := cited_by_id(id_, known, words.language))]
    by = f" ({'; '.join(dict.fromkeys(sources))})" if sources else ""
    return f"→ {names.movement(link.target)}: {', '.join(said)}{by}"
