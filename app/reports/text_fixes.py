"""What was changed by machine in a document, and the proof: severities, findings and index before and after."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.findings import Analysis
from app.domain.fixes import Applied, SafeFix
from app.domain.terms import LEVELS, Language
from app.reports.text_page import Page
from app.reports.text_words import Words

_GAP = 12
_MOST_NAMED = 3

_TEXTS = {
    "nothing": ("{file}: nothing to change", "{file}: nichts zu ändern"),
    "done": ("{file}: changed", "{file}: geändert"),
    "planned": ("{file}: would be changed", "{file}: würde geändert"),
    "pins": ("Pinned", "Festgelegt"),
    "pin": ("“{name}” is {metric}", "„{name}“ ist {metric}"),
    "opposite": (", the opposite", ", das Gegenteil"),
    "no_effect": ("these change no finding", "sie ändern keinen Befund"),
    "filled": ("Filled in", "Ergänzt"),
    "version": ("the version of the format", "die Version des Formats"),
    "key": ("key {key} of “{name}”", "Schlüssel {key} von „{name}“"),
    "proof": ("total severity {before} → {after}{index}", "Gesamtschwere {before} → {after}{index}"),
    "index": (", alignment {before} → {after}", ", Ausrichtung {before} → {after}"),
    "clears": ("clears {n}: {titles}", "behebt {n}: {titles}"),
    "severity": ("Severity", "Schwere"),
    "alignment": ("Alignment", "Ausrichtung"),
    "findings": ("Findings", "Befunde"),
    "more": ("and {n} more", "und {n} weitere"),
}


def fixes_page(
    file: str,
    safe: Sequence[SafeFix],
    applied: Sequence[Applied],
    *,
    before: Analysis | None,
    after: Analysis,
    planned: bool,
    language: Language,
    width: int,
) -> Page:
    """The page of one document. `before`: None where it was not valid before; `planned`: nothing was written."""
    return _Teller(Page(width), Words(language)).told(file, safe, applied, before, after, planned)


class _Teller:
    def __init__(self, page: Page, words: Words) -> None:
        self._page, self._words = page, words

    def told(
        self,
        file: str,
        safe: Sequence[SafeFix],
        applied: Sequence[Applied],
        before: Analysis | None,
        after: Analysis,
        planned: bool,
    ) -> Page:
        page = self._page
        if not safe and not applied:
            page.paragraph((self._say("nothing", file=file), "aside"))
            return page
        page.paragraph((self._say("planned" if planned else "done", file=file), "title"))
        self._filled([fix for fix in safe if fix.kind in ("key", "concord")])
        self._pinned(safe)
        for number, one in enumerate(applied, start=1):
            self._change(number, one)
        if applied and before is not None:
            self._sum(applied, before, after)
        return page

    def _filled(self, fixes: Sequence[SafeFix]) -> None:
        said = [
            self._say("version") if fix.kind == "concord" else self._say("key", key=fix.value, name=fix.about)
            for fix in fixes
        ]
        if said:
            self._line("filled", "; ".join(said))

    def _pinned(self, safe: Sequence[SafeFix]) -> None:
        turned = {fix.path.rpartition("/")[0] for fix in safe if fix.kind == "inverted"}
        said = [
            self._say("pin", name=fix.about, metric=fix.value)
            + (self._say("opposite") if fix.path.rpartition("/")[0] in turned else "")
            for fix in safe
            if fix.kind == "metric"
        ]
        if said:
            self._line("pins", f"{'; '.join(said)} – {self._say('no_effect')}")

    def _change(self, number: int, one: Applied) -> None:
        page, words = self._page, self._words
        page.labelled((f"{number}", "reference"), (one.recommendation.title, "name"), indent=2, gap=4)
        index = ""
        if one.alignment_before is not None and one.alignment_after is not None:
            before, after = words.signed(one.alignment_before), words.signed(one.alignment_after)
            index = self._say("index", before=before, after=after) if before != after else ""
        severities = (words.number(one.severity_before), words.number(one.severity_after))
        page.paragraph((self._say("proof", before=severities[0], after=severities[1], index=index), "aside"), indent=6)
        if one.fixed:
            titles = "; ".join(one.fixed[:_MOST_NAMED])
            if len(one.fixed) > _MOST_NAMED:
                titles += f"; {self._say('more', n=len(one.fixed) - _MOST_NAMED)}"
            page.paragraph((self._say("clears", n=len(one.fixed), titles=titles), "aside"), indent=6)

    def _sum(self, applied: Sequence[Applied], before: Analysis, after: Analysis) -> None:
        words = self._words
        first, last = applied[0], applied[-1]
        self._line("findings", f"{self._levels(before)} → {self._levels(after)}")
        self._line("severity", f"{words.number(first.severity_before)} → {words.number(last.severity_after)}")
        if first.alignment_before is not None and last.alignment_after is not None:
            self._line("alignment", f"{words.signed(first.alignment_before)} → {words.signed(last.alignment_after)}")

    def _levels(self, analysis: Analysis) -> str:
        words, levels = self._words, analysis.summary.levels
        return " · ".join(f"{levels[level]} {words(level)}" for level in reversed(LEVELS) if levels.get(level)) or "0"

    def _line(self, label: str, text: str) -> None:
        self._page.labelled((self._say(label), "label"), text, indent=2, gap=_GAP)

    def _say(self, text: str, **values: object) -> str:
        return _TEXTS[text][self._words.language == "de"].format(**values)
