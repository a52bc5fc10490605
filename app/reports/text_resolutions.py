"""What names are taken to mean, and metrics that a query finds, as a list."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.catalogue import Catalogue, Metric
from app.domain.findings import Resolution
from app.domain.terms import Language
from app.reports.text_names import FAMILY, Names
from app.reports.text_page import Page
from app.reports.text_words import Words

_GAP = 6
_MOST_CANDIDATES = 3


def search_page(query: str, found: Sequence[tuple[Metric, float]], language: Language, width: int) -> Page:
    """Metrics with their scores, best first."""
    words, page = Words(language), Page(width)
    for metric, score in found:
        name = metric.name_de if language == "de" and metric.name_de else metric.name
        page.labelled((words.number(score, 2), "reference"), (metric.id, "name"), f"  {name}", gap=_GAP)
    if not found:
        page.paragraph(words("nothing_like_it", query=query))
    return page


def resolutions_page(found: Sequence[Resolution], catalogue: Catalogue, language: Language, width: int) -> Page:
    """Each name with what it means, or with what it may mean."""
    words, page = Words(language), Page(width)
    names = Names(words, None, catalogue)
    for resolution in found:
        score = words.number(resolution.score, 2) if resolution.metric else "–"
        page.labelled((score, "reference"), (resolution.name, "name"), gap=_GAP)
        page.paragraph(_meaning(resolution, names), indent=_GAP)
    known = sum(resolution.metric is not None for resolution in found)
    page.blank()
    page.paragraph((words("names_read", known=known, n=len(found)), "aside"))
    return page


def _meaning(resolution: Resolution, names: Names) -> str:
    words = names.words
    if resolution.metric is not None:
        told = f"{names.metric(resolution.metric)} ({resolution.metric}, {resolution.method})"
        return words("opposite_of", name=told) if resolution.inverted else told
    near = [c.metric for c in resolution.candidates[:_MOST_CANDIDATES]]
    perhaps = f"; {words('perhaps', names=words.listed(near))}" if near else ""
    if resolution.family:
        return f"{words('only_kind')}: {names.metric(FAMILY + resolution.family)} ({resolution.family}){perhaps}"
    return f"{words('unresolved_name')}{perhaps}"
