"""Texts of pages, English and German, a module for each group of pages; beside those of drawings and of the text report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.terms import Language
from app.pages.texts import (
    assessments,
    changes,
    comparisons,
    conflicts,
    console,
    customers,
    forms,
    imports,
    model,
    plans,
    recommendations,
    reports,
    roadmaps,
    rules,
    scenarios,
    sensitivities,
    settings,
    sign_in,
    views,
)
from app.reports.drawings.words import DrawingWords

Texts = Mapping[str, tuple[str, str]]

GROUPS: tuple[Texts, ...] = (
    views.TEXTS,
    console.TEXTS,
    forms.TEXTS,
    conflicts.TEXTS,
    settings.TEXTS,
    rules.TEXTS,
    imports.TEXTS,
    model.TEXTS,
    sign_in.TEXTS,
    comparisons.TEXTS,
    changes.TEXTS,
    recommendations.TEXTS,
    reports.TEXTS,
    scenarios.TEXTS,
    plans.TEXTS,
    sensitivities.TEXTS,
    assessments.TEXTS,
    roadmaps.TEXTS,
    customers.TEXTS,
)
"""Name of a text → it in English and in German. A name stands in one group only."""

PAGE_TEXTS: Texts = {name: said for group in GROUPS for name, said in group.items()}


class PageWords(DrawingWords):
    """The texts in one language."""

    def __init__(self, language: Language = "en") -> None:
        super().__init__(language)
        self.direction = "ltr"

    def __call__(self, text: str, /, **values: object) -> str:
        """A text with its placeholders filled."""
        if text in PAGE_TEXTS:
            return PAGE_TEXTS[text][self.language == "de"].format(**values)
        return super().__call__(text, **values)

    def plain(self, text: str) -> str:
        """A text with its placeholders as they are, for scripts that fill them."""
        return PAGE_TEXTS[text][self.language == "de"]

    def cost(self, cost: Mapping[str, float]) -> str:
        """What a change costs to make."""
        told = []
        if cost["weight_moved"] > 0:
            told.append(self("weight_moved", share=self.share(cost["weight_moved"])))
        if cost["pay_moved"] > 0:
            told.append(self("pay_moved", share=self.share(cost["pay_moved"])))
        if cost["plans"]:
            told.append(self("one_plan") if cost["plans"] == 1 else self("n_plans", n=self.count(int(cost["plans"]))))
        if cost["people"]:
            told.append(
                self("one_person") if cost["people"] == 1 else self("n_people", n=self.count(int(cost["people"])))
            )
        return ", ".join(told) or self("costs_nothing")

    def sure(self, confidence: float) -> str:
        """How well something is supported, in words."""
        name = "sure_high" if confidence >= 0.6 else "sure_middle" if confidence >= 0.4 else "sure_low"
        return self(name, share=self.share(confidence))

    def on(self, day: str) -> str:
        """A day that is written as a date."""
        return self.day(date.fromisoformat(day[:10]).isoformat())

    def figure(self, value: float) -> str:
        """A number as it was written, thousands apart."""
        told = f"{value:,.12g}".replace("-", "−")
        return told.translate(str.maketrans(",.", ".,")) if self.language == "de" else told

    def at(self, instant: str) -> str:
        """An instant that is written as in RFC 3339, to the minute."""
        return f"{self.on(instant)}, {instant[11:16]} UTC"
