"""Recommendations by themselves, for people: what to write, what it does and costs, why, what may go wrong, and by which id to apply it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.compare import flat
from app.domain.findings import Analysis, Recommendation
from app.domain.terms import Language
from app.reports.text_names import Names
from app.reports.text_page import Page
from app.reports.text_recommendations import costs, proof, written
from app.reports.text_words import Words

_INDENT, _LABEL, _MOST_NAMED = 4, 10, 3

_TEXTS = {
    "none": ("No single change helps.", "Keine einzelne Änderung hilft."),
    "clear": ("Nothing is found; there is nothing to change.", "Nichts wurde gefunden; es gibt nichts zu ändern."),
    "intro": (
        "Each was made on a copy of the document, and the engine ran again.",
        "Jede wurde an einer Kopie des Dokuments gemacht, und die Prüfung lief neu.",
    ),
    "apply": ("Apply", "Anwenden"),
    "gone": ("Clears", "Behebt"),
    "new": ("Brings up", "Neu"),
    "write": ("Write", "Schreibe"),
    "costs": ("Costs", "Kostet"),
    "why": ("Why", "Warum"),
    "risk": ("Risk", "Risiko"),
    "more": ("and {n} more", "und {n} weitere"),
    "others": ("{n} more with --limit {all}", "{n} weitere mit --limit {all}"),
}


def recommended_page(
    analysis: Analysis,
    shown: Sequence[Recommendation],
    *,
    raw: Mapping[str, Any],
    language: Language,
    width: int,
) -> Page:
    """The page. `shown`: the recommendations of the analysis that are told."""
    page, words, german = Page(width), Words(language), language == "de"
    names = Names(words, raw, None, analysis.resolutions)
    titles = {finding.fingerprint: finding.title for finding in flat(analysis.findings)}

    def say(text: str, **values: object) -> str:
        return _TEXTS[text][german].format(**values)

    def named(keys: Sequence[str]) -> str:
        said = [titles[key] for key in keys if key in titles][:_MOST_NAMED]
        left = len(keys) - len(said)
        return "; ".join([*said, *([say("more", n=left)] if left and said else [])]) or (str(left) if left else "")

    def under(label: str, *lines: str) -> None:
        for number, line in enumerate(line for line in lines if line):
            page.labelled((say(label) if number == 0 else "", "label"), line, indent=_INDENT, gap=_LABEL)

    if not shown:
        page.paragraph(say("none" if analysis.findings else "clear"))
        return page
    page.paragraph((say("intro"), "aside"))
    for number, one in enumerate(shown, 1):
        page.blank()
        page.labelled((f"{number:>2}", "reference"), (one.title, "name"), gap=_INDENT)
        page.paragraph((proof(one, words), "good"), indent=_INDENT)
        under("gone", named(one.effect.removed))
        under("new", named(one.effect.worsened))
        under("write", *written(one.patch, raw, words))
        under("costs", costs(one, names))
        under("why", one.rationale)
        under("risk", *one.risks)
        under("apply", one.id)
    if left := len(analysis.recommendations) - len(shown):
        page.blank()
        page.paragraph((say("others", n=left, all=len(analysis.recommendations)), "aside"))
    return page
