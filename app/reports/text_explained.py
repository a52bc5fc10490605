"""One finding told in full: chain, arithmetic, conditions, evidence with its status, and what would have to change."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.citations import reference
from app.domain.compare import Grade
from app.domain.findings import Analysis, Condition, Finding, Recommendation
from app.domain.level_drops import LevelDrop, Term, level_below
from app.domain.parameters import Parameters
from app.domain.rules.descriptions import described
from app.domain.rules.rule import CompiledRule
from app.domain.terms import Language
from app.reports.text_chain import write_chain
from app.reports.text_names import Names, Sources
from app.reports.text_page import Page
from app.reports.text_words import Words

_GAP = 10

_TEXTS = {
    "how": ("How it comes about", "Wie es dazu kommt"),
    "helps": ("Against it", "Dagegen"),
    "none": ("No chain of influences stands behind it.", "Dahinter steht keine Kette von Einflüssen."),
    "arithmetic": ("How severe it is", "Wie schwer es wiegt"),
    "surely": (
        "Confidence {confidence}, which is kept apart from severity.",
        "Sicherheit {confidence}; sie geht nicht in die Schwere ein.",
    ),
    "conditions": ("Why it is reported", "Warum es gemeldet wird"),
    "rule": ("Rule {rule}. It holds here, because:", "Regel {rule}. Sie greift hier, weil:"),
    "unknown": ("not known", "nicht bekannt"),
    "needed": ("What would have to change", "Was sich ändern müsste"),
    "to_level": (
        "It would be {level}, below {bound}, if one of these changed and all else stayed as it is:",
        "Es wäre {level}, unter {bound}, wenn sich eines davon änderte und alles andere bliebe:",
    ),
    "to_nothing": (
        "It would be gone if one of these changed and all else stayed as it is:",
        "Es wäre weg, wenn sich eines davon änderte und alles andere bliebe:",
    ),
    "falls": ("{term}: from {now} to under {bound}", "{term}: von {now} auf unter {bound}"),
    "rises": ("{term}: from {now} to over {bound}", "{term}: von {now} auf über {bound}"),
    "nearest": ("  nearest", "  am nächsten"),
    "no_term": (
        "No term of its severity lowers the level by itself; the flaw or the gap has to be mended.",
        "Keine einzelne Größe senkt die Stufe; der Mangel oder die Lücke selbst muss behoben werden.",
    ),
    "proved": (
        "Changes of the document that were tried, with what they leave of it:",
        "Erprobte Änderungen des Dokuments und was sie davon übrig lassen:",
    ),
    "gone": ("gone", "weg"),
    "no_change": ("No recommendation of this audit helps it.", "Keine Empfehlung dieser Prüfung hilft dagegen."),
    "waived": ("It is waived, and fails no run.", "Es ist hingenommen und lässt keine Prüfung scheitern."),
    "sources": ("Sources", "Quellen"),
    "accept": ("To accept it for a while", "Um es eine Zeit lang hinzunehmen"),
    "waiver": (
        "In a file for --waivers, or under “suppressions” of the document; it holds as long as the finding rests on what it rests on now:",
        "In einer Datei für --waivers oder unter „suppressions“ des Dokuments; gilt, solange der Befund beruht, worauf er jetzt beruht:",
    ),
}  # fmt: skip

_TERMS: Mapping[Term, tuple[str, str]] = {
    "pressure": ("pressure on the goal", "Druck auf das Ziel"),
    "importance": ("importance of what is harmed", "Bedeutung dessen, was leidet"),
    "harm": ("harm that arrives", "Schaden, der ankommt"),
    "help": ("help that arrives", "Hilfe, die ankommt"),
    "internalised": ("what the department answers for itself", "wofür die Abteilung selbst einsteht"),
    "held": (
        "share of the pay that can still be kept or taken back when the harm shows",
        "Anteil der Vergütung, der noch einbehalten oder rückholbar ist, wenn sich der Schaden zeigt",
    ),
    "stake": ("share of total pay at stake", "Anteil der Gesamtvergütung, der daran hängt"),
}


def explained_page(
    finding: Finding,
    *,
    analysis: Analysis,
    rule: CompiledRule,
    parameters: Parameters,
    steps: Sequence[str],
    drops: Sequence[LevelDrop],
    proved: Sequence[tuple[Recommendation, Grade | None]],
    is_waived: bool,
    place: str,
    raw: Mapping[str, Any],
    catalogue: Catalogue,
    language: Language,
    width: int,
) -> Page:
    """The page of a finding. `place`: where it stands in the document."""
    words = Words(language)
    teller = _Teller(Page(width), words, Names(words, raw, catalogue, analysis.resolutions))
    teller.head(finding, place, is_waived)
    teller.chain(finding)
    teller.arithmetic(finding, steps)
    teller.conditions(finding, rule)
    teller.needed(finding, drops, proved, parameters)
    if not is_waived:
        teller.waiver(finding)
    teller.sources(finding)
    return teller.page


def findings_page(findings: Sequence[Finding], width: int, language: Language, most: int) -> Page:
    """Findings in a line each, by which one of them can be named."""
    page, words = Page(width), Words(language)
    for finding in findings[:most]:
        level = (words.grade(finding.level, finding.severity), finding.level)
        page.labelled((finding.fingerprint, "reference"), level, f"  {finding.title}", gap=18)
    if len(findings) > most:
        page.paragraph((words("more_also", n=len(findings) - most), "aside"), indent=18)
    return page


class _Teller:
    def __init__(self, page: Page, words: Words, names: Names) -> None:
        self.page = page
        self._words, self._names, self._sources = words, names, Sources(names)

    def head(self, finding: Finding, place: str, is_waived: bool) -> None:
        """What is wrong, in short and in sentences."""
        page, words = self.page, self._words
        level = (words.grade(finding.level, finding.severity).upper(), finding.level)
        page.paragraph(level, "  ", (finding.title, "name"))
        about = " · ".join(p for p in (self._names.parties(finding), finding.rule, finding.fingerprint, place) if p)
        page.paragraph((about, "aside"))
        if is_waived:
            page.paragraph((self._say("waived"), "aside"))
        page.blank()
        page.paragraph(finding.explanation)

    def chain(self, finding: Finding) -> None:
        """The witness chain, and the strongest that speaks against it."""
        page = self.page
        page.heading(self._say("how"))
        if not finding.chain:
            page.paragraph((self._say("none"), "aside"))
        write_chain(page, self._words("harms"), finding.chain, self._names, self._sources, _GAP, indent=0)
        if finding.help:
            page.blank()
        write_chain(page, self._words("helps"), finding.help, self._names, self._sources, _GAP, indent=0)

    def arithmetic(self, finding: Finding, steps: Sequence[str]) -> None:
        """The severity, step by step."""
        self.page.heading(self._say("arithmetic"))
        for step in steps:
            self.page.labelled("•", step, gap=2)
        self.page.paragraph((self._say("surely", confidence=self._words.share(finding.confidence)), "aside"))

    def conditions(self, finding: Finding, rule: CompiledRule) -> None:
        """What the rule asked, and what it read."""
        page = self.page
        page.heading(self._say("conditions"))
        page.paragraph(self._say("rule", rule=self._names.rule(finding.rule)))
        for condition in finding.conditions:
            said = described(condition, rule, self._words.language)
            page.labelled("•", said, (f"  {condition.expression}{self._read(condition)}", "aside"), gap=2)

    def needed(
        self,
        finding: Finding,
        drops: Sequence[LevelDrop],
        proved: Sequence[tuple[Recommendation, Grade | None]],
        parameters: Parameters,
    ) -> None:
        """Which term must move how far; which changes of the document were seen to help."""
        page, words = self.page, self._words
        page.heading(self._say("needed"))
        level, bound = level_below(finding, parameters)
        if not drops:
            page.paragraph(self._say("no_term"))
        elif level is None:
            page.paragraph(self._say("to_nothing"))
        else:
            page.paragraph(self._say("to_level", level=words(level), bound=words.number(bound)))
        for number, drop in enumerate(drops):
            nearest = self._say("nearest") if number == 0 and len(drops) > 1 else ""
            page.labelled("•", self._drop(drop), (nearest, "aside"), gap=2)
        page.blank()
        page.paragraph(self._say("proved") if proved else self._say("no_change"))
        for recommendation, left in proved:
            page.labelled("•", f"{recommendation.title}  ", self._left(left), gap=2)

    def waiver(self, finding: Finding) -> None:
        """What to write to accept it, but who, why and until when."""
        self.page.heading(self._say("accept"))
        self.page.paragraph((self._say("waiver"), "aside"))
        for line in (
            f"- fingerprint: {finding.fingerprint}",
            "  owner:",
            "  reason:",
            "  expires:",
            f"  grounds: {finding.grounds}",
        ):
            self.page.row(line)

    def sources(self, finding: Finding) -> None:
        """Every source that was named, in full, and whether somebody has seen it."""
        page, words = self.page, self._words
        for cited in finding.references:
            self._sources.named(cited)
        listed = list(self._sources.used())
        if not listed:
            return
        page.heading(self._say("sources"))
        gap = len(str(listed[-1][0])) + 3
        for number, citation in listed:
            status = words(f"status_{citation.status}")
            page.labelled(
                (f"[{number}]", "reference"), reference(citation, words.language), (f" · {status}", "aside"), gap=gap
            )

    def _drop(self, drop: LevelDrop) -> str:
        """Rounded so that what is said is enough."""
        digits = 3 if drop.term == "stake" else 2
        scale = 10**digits
        bound = (
            math.ceil(drop.bound * scale - 1e-6) / scale
            if drop.rises
            else math.floor(drop.bound * scale + 1e-6) / scale
        )
        return self._say(
            "rises" if drop.rises else "falls",
            term=_TERMS[drop.term][self._words.language == "de"],
            now=self._words.number(drop.now, digits),
            bound=self._words.number(bound, digits),
        )

    def _left(self, left: Grade | None) -> tuple[str, str]:
        if left is None:
            return (self._say("gone"), "good")
        return (self._words.grade(left.level, left.severity), left.level)

    def _read(self, condition: Condition) -> str:
        """The values that a condition read: `(net 0.41)`."""
        read = [f"{name} {self._value(value)}" for name, value in condition.value.items()]
        return f" ({', '.join(read)})" if read else ""

    def _value(self, value: Any) -> str:
        if value is None:
            return self._say("unknown")
        if isinstance(value, bool):
            return "true" if value else "false"
        return f"{value:.4g}" if isinstance(value, float) else str(value)

    def _say(self, text: str, **values: object) -> str:
        return _TEXTS[text][self._words.language == "de"].format(**values)
