"""Pages that explain types of problems."""

from __future__ import annotations

from app.domain.terms import Language
from app.web.pages.layout import Page, phrase, prose
from app.web.problem_types import PROBLEM_TYPES, ProblemType, Told

_HEADINGS = (
    (Told("What it means", "Was es bedeutet"), "meaning"),
    (Told("What usually causes it", "Was es meist verursacht"), "cause"),
    (Told("What helps", "Was hilft"), "remedy"),
)
_ALL = Told("All types of problems", "Alle Problemarten")
_NOTE = Told(
    "Every error is an application/problem+json document (RFC 9457); its `type` is the address of one of these pages.",
    "Jeder Fehler ist ein Dokument der Art application/problem+json (RFC 9457); sein `type` ist die Adresse einer dieser Seiten.",
)


def problem_page(type_: ProblemType, language: Language) -> Page:
    """What a type of problem means, what causes it, what helps."""
    parts = [f'<p class="soft">{type_.status} · <code>/problems/{type_.slug}</code></p>']
    for heading, member in _HEADINGS:
        told: Told = getattr(type_, member)
        parts.append(f"<h2>{heading.said(language)}</h2>{prose(told.said(language))}")
    parts.append(f'<p><a href="/problems">{_ALL.said(language)}</a></p>')
    return Page(type_.title.said(language), "\n".join(parts), language)


def problems_page(language: Language) -> Page:
    """Every type of problem by status."""
    rows = [
        f'<tr><td>{type_.status}</td><td><a href="/problems/{type_.slug}">{phrase(type_.title.said(language))}</a></td>'
        f"<td>{phrase(type_.meaning.said(language))}</td></tr>"
        for type_ in PROBLEM_TYPES.values()
    ]
    return Page(_ALL.said(language), f"{prose(_NOTE.said(language))}<table>{''.join(rows)}</table>", language)
