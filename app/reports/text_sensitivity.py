"""Sensitivity for people: which findings stand, what they hang on, what is left with measured influences only, which advice helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.compare import flat
from app.domain.findings import Analysis
from app.domain.sensitivity import Deciding, Sensitivity, Stability
from app.domain.terms import LEVELS, Language
from app.reports.text_names import Names
from app.reports.text_page import Page
from app.reports.text_robustness import Teller
from app.reports.text_words import Words

SURE = 0.9
"""The share of samples from which on a finding is said to hold its level."""

_GAP, _LABEL = 13, 9


def sensitivity_page(
    found: Sensitivity,
    analysis: Analysis,
    *,
    seed: int,
    raw: Mapping[str, Any],
    catalogue: Catalogue,
    language: Language,
    width: int,
) -> Page:
    """The page. `analysis` is the audit that was asked about, `raw` the document as it was submitted."""
    words = Words(language)
    teller = Teller(words, Names(words, raw, catalogue, analysis.resolutions))
    return _Writer(Page(width), teller, found, analysis).written(seed)


class _Writer:
    def __init__(self, page: Page, teller: Teller, found: Sensitivity, analysis: Analysis) -> None:
        self._page, self._teller, self._found, self._analysis = page, teller, found, analysis
        self._say, self._words = teller.say, teller.words
        self._titles = {finding.fingerprint: finding.title for finding in flat(analysis.findings)}
        self._counted = [one for one in found.findings if one.level != "low"]

    def written(self, seed: int) -> Page:
        page, words = self._page, self._words
        day = words("as_of", day=words.day(self._analysis.as_of))
        page.sides((self._teller.names.organization, "title"), (day, "aside"))
        page.paragraph((self._say("sampled", samples=words.count(self._found.samples)), "aside"))
        page.blank()
        self._findings()
        self._measured()
        self._recommendations()
        self._deciding()
        page.blank()
        page.paragraph((self._say("sensitivity_foot", seed=seed), "aside"))
        return page

    def _findings(self) -> None:
        resting = [one for one in self._counted if one.rests_on_strengths]
        held = sum(one.holds >= SURE for one in resting)
        said = "none_rest" if not resting else "all_hold" if held == len(resting) else "some_hold"
        share = self._words.share(SURE)
        self._page.paragraph((self._say(said, n=len(resting), held=held, share=share), "headline"))
        if resting:
            self._page.heading(self._say("stands"))
        for one in sorted(resting, key=lambda one: (one.holds, -one.severity, one.fingerprint)):
            self._finding(one)
        if others := len(self._counted) - len(resting):
            self._page.blank()
            self._page.paragraph((self._say("not_resting", n=others), "aside"))

    def _finding(self, one: Stability) -> None:
        page, words = self._page, self._words
        page.labelled((words.grade(one.level, one.severity), one.level), self._titles[one.fingerprint], gap=_GAP)
        said = [
            self._say("holds", level=words(one.level), share=words.share(one.holds)),
            self._say("range", low=words.severity(one.low), high=words.severity(one.high)),
        ]
        if one.remains < 1:
            said.append(self._say("remains", share=words.share(one.remains)))
        if one.measured is None:
            said.append(self._say("measured_gone"))
        elif LEVELS.index(one.measured) < LEVELS.index(one.level):
            said.append(self._say("measured_level", level=words(one.measured)))
        page.paragraph(("; ".join(said), "good" if one.holds >= SURE else "medium"), indent=_GAP)
        self._hangs_on(one.deciding)

    def _hangs_on(self, deciding: Sequence[Deciding]) -> None:
        for number, each in enumerate(deciding):
            label = self._say("hangs_on") if number == 0 else ""
            self._page.labelled((label, "label"), self._teller.influence(each.influence), indent=_GAP, gap=_LABEL)

    def _measured(self) -> None:
        if not self._counted:
            return
        remain = sum(
            one.measured is not None and LEVELS.index(one.measured) >= LEVELS.index(one.level) for one in self._counted
        )
        self._page.heading(self._say("measured"))
        self._page.paragraph(self._say("measured_sum", n=remain, of=len(self._counted)))

    def _recommendations(self) -> None:
        if not self._found.recommendations:
            return
        titles = {one.id: one.title for one in self._analysis.recommendations}
        self._page.heading(self._say("helps"))
        for one in self._found.recommendations:
            label = self._say("helps_in", share=self._words.share(one.helps))
            style = "good" if one.helps >= SURE else "medium"
            self._page.labelled(
                (label, style), titles[one.recommendation], gap=len(self._say("helps_in", share="100 %")) + 1
            )
        self._page.paragraph((self._say("tried", tried=self._words.count(self._found.tried)), "aside"))

    def _deciding(self) -> None:
        self._page.heading(self._say("deciding"))
        for one in self._found.deciding:
            said = self._say("correlation", value=self._words.signed(one.correlation))
            self._page.paragraph(f"{self._teller.influence(one.influence)}  ", (said, "aside"))
        if not self._found.deciding:
            self._page.paragraph(self._say("none_decides"))
