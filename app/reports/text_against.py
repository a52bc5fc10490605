"""What a change does, for people: findings that it introduces, makes worse, fixes, makes better, and the clauses that do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.compare import Comparison, Grade, Shift
from app.domain.compare_causes import Cause
from app.domain.findings import Analysis
from app.domain.terms import Language
from app.reports.text_clauses import Places, change_text, place_of
from app.reports.text_line import Piece
from app.reports.text_names import Names
from app.reports.text_page import Page
from app.reports.text_words import Words

_INDENT, _GAP = 4, 10
_MOST_CLAUSES = 6

_TEXTS = {
    "before": ("against {name}", "gegenüber {name}"),
    "nothing": ("Both documents say the same.", "Beide Dokumente sagen dasselbe."),
    "no_effect": ("{n} changes, none of which changes a finding.", "{n} Änderungen, keine ändert einen Befund."),
    "one_without": ("1 change, which changes no finding.", "1 Änderung, die keinen Befund ändert."),
    "first": ("There was no such document before: all of it is new.", "Dieses Dokument gab es vorher nicht: Alles ist neu."),
    "sum": (
        "{new} new · {worse} worse · {fixed} fixed · {better} better",
        "{new} neu · {worse} schlimmer · {fixed} behoben · {better} milder",
    ),
    "unread": (
        "No longer understood, so what it does is not judged any more: {names}. Pin “metric”, or give a “family”.",
        "Nicht mehr verstanden und deshalb nicht mehr beurteilt: {names}. Legen Sie „metric“ fest oder geben Sie „family“ an.",
    ),
    "findings": ("Findings", "Befunde"),
    "unchanged": ("{n} unchanged", "{n} unverändert"),
    "waived": ("{n} newly waived", "{n} neu hingenommen"),
    "severity": ("Severity", "Schwere"),
    "total": ("{before} → {after} in all", "{before} → {after} insgesamt"),
    "new_heading": ("Introduced", "Neu"),
    "worse_heading": ("Worse", "Schlimmer"),
    "fixed_heading": ("Fixed", "Behoben"),
    "better_heading": ("Better", "Milder"),
    "waived_heading": ("Newly waived", "Neu hingenommen"),
    "was": (" (was {grade})", " (war {grade})"),
    "clause": ("Clause", "Klausel"),
    "gone_without": ("without it there is no such finding", "ohne sie gibt es diesen Befund nicht"),
    "there_without": ("without it: {grade}", "ohne sie: {grade}"),
    "still_without": ("without it still {grade}", "ohne sie noch {grade}"),
    "together": ("all of these together", "nur alle zusammen"),
    "no_clause": (
        "none was found that does it; the change as a whole",
        "keine gefunden, die es bewirkt; die Änderung als Ganzes",
    ),
    "more": ("and {n} more changes", "und {n} weitere Änderungen"),
    "several": ("{n} documents", "{n} Dokumente"),
    "same": ("says the same", "sagt dasselbe"),
    "same_findings": ("no finding changed", "kein Befund geändert"),
}  # fmt: skip


def against_page(
    comparison: Comparison,
    causes: Mapping[str, Sequence[Cause]],
    *,
    analysis: Analysis,
    against: str,
    changes: int | None,
    unread: Sequence[str],
    raw: Mapping[str, Any],
    old_raw: Mapping[str, Any],
    places: Places,
    catalogue: Catalogue,
    language: Language,
    width: int,
    brief: bool,
) -> Page:
    """The page. `changes`: how many parts of the document differ, None where there was no document before. `unread`: names that are
    no longer understood. `brief`: a line for each finding."""
    page = Page(width)
    words = Words(language)
    new_names, old_names = Names(words, raw, catalogue, analysis.resolutions), Names(words, old_raw, catalogue)
    _Teller(page, words, new_names, old_names, places, causes, brief=brief).tell(comparison, against, changes, unread)
    return page


def several_page(told: Sequence[tuple[str, Comparison, bool]], language: Language, width: int) -> Page:
    """Several changes side by side: what each does; of each the file, and whether its document differs at all."""
    page, say = Page(width), _Say(language)
    page.heading(say("several", n=len(told)))
    for file, comparison, differs in told:
        style = next((shift.finding.level for shift in comparison.introduced), "good")
        page.labelled(
            "•", (file, style), f"  {say.sum(comparison) or say('same_findings' if differs else 'same')}", gap=2
        )
    return page


class _Say:
    """The texts of the page in a language."""

    def __init__(self, language: Language) -> None:
        self._german = language == "de"

    def __call__(self, text: str, **values: object) -> str:
        return _TEXTS[text][self._german].format(**values)

    def sum(self, comparison: Comparison) -> str:
        """How many findings moved which way; empty when none did."""
        moved = (comparison.new, comparison.worse, comparison.fixed, comparison.better)
        if not any(moved) and not comparison.waived:
            return ""
        new, worse, fixed, better = (len(shifts) for shifts in moved)
        return self("sum", new=new, worse=worse, fixed=fixed, better=better)


class _Teller:
    def __init__(
        self,
        page: Page,
        words: Words,
        names: Names,
        old_names: Names,
        places: Places,
        causes: Mapping[str, Sequence[Cause]],
        *,
        brief: bool,
    ) -> None:
        self._page, self._words, self._names, self._old_names = page, words, names, old_names
        self._places, self._causes, self._brief = places, causes, brief
        self._say = _Say(words.language)

    def tell(self, comparison: Comparison, against: str, changes: int | None, unread: Sequence[str]) -> None:
        page = self._page
        page.sides((self._names.organization, "title"), (self._say("before", name=against), "aside"))
        page.rule()
        page.paragraph((self._headline(comparison, changes), "title"))
        page.blank()
        self._figures(comparison)
        if unread:
            page.blank()
            page.paragraph((self._say("unread", names=", ".join(f"“{n}”" for n in unread)), "medium"))
        sections = (
            ("new_heading", comparison.new),
            ("worse_heading", comparison.worse),
            ("fixed_heading", comparison.fixed),
            ("better_heading", comparison.better),
            ("waived_heading", comparison.waived),
        )
        for heading, shifts in sections:
            if shifts:
                page.heading(self._say(heading))
            for shift in shifts:
                self._shift(shift)

    def _headline(self, comparison: Comparison, changes: int | None) -> str:
        if changes is None:
            return self._say("first")
        if moved := self._say.sum(comparison):
            return moved
        if changes == 1:
            return self._say("one_without")
        return self._say("no_effect", n=changes) if changes else self._say("nothing")

    def _figures(self, comparison: Comparison) -> None:
        words = self._words
        self._figure(words("alignment"), self._index(comparison))
        before, after = (words.number(s) for s in (comparison.severity_before, comparison.severity_after))
        self._figure(self._say("severity"), self._say("total", before=before, after=after))
        rest = [self._say("unchanged", n=len(comparison.unchanged))]
        if comparison.waived:
            rest.append(self._say("waived", n=len(comparison.waived)))
        self._figure(self._say("findings"), " · ".join(rest))

    def _index(self, comparison: Comparison) -> str:
        before, after = (
            "–" if index is None else self._words.signed(index)
            for index in (comparison.alignment_before, comparison.alignment_after)
        )
        return before if before == after else f"{before} → {after}"

    def _figure(self, label: str, text: str) -> None:
        self._page.labelled((label, "label"), text, gap=12)

    def _shift(self, shift: Shift) -> None:
        page, finding = self._page, shift.finding
        if self._brief:
            level = (self._grade(Grade(finding.severity, finding.level)), finding.level)
            page.labelled("•", level, f"  {finding.title}", (f"  {finding.rule}", "aside"), gap=2)
            return
        page.blank()
        grade = (self._grade(Grade(finding.severity, finding.level)).upper(), finding.level)
        was = ""
        if shift.before is not None and shift.after is not None:
            was = self._say("was", grade=self._grade(Grade(shift.before.severity, shift.before.level)))
        page.paragraph(grade, (was, "aside"), "  ", (finding.title, "name"))
        about = " · ".join(p for p in (self._names.parties(finding), finding.rule, finding.fingerprint) if p)
        page.paragraph((about, "aside"), indent=_INDENT)
        self._clauses(shift)

    def _clauses(self, shift: Shift) -> None:
        causes = self._causes.get(shift.finding.fingerprint)
        if causes is None:
            return
        if not causes:
            self._line(self._say("clause"), (self._say("no_clause"), "aside"))
        lines = [line for cause in causes for line in self._cause(cause, shift)]
        for number, line in enumerate(lines[:_MOST_CLAUSES]):
            self._line(self._say("clause") if number == 0 else "", *line)
        if len(lines) > _MOST_CLAUSES:
            self._line("", (self._say("more", n=len(lines) - _MOST_CLAUSES), "aside"))

    def _cause(self, cause: Cause, shift: Shift) -> list[list[Piece]]:
        """A line for each change of a clause; the last one says how the finding is without the clause."""
        lines: list[list[Piece]] = []
        for change in cause.clause.changes:
            said: list[Piece] = [change_text(change, self._names, self._old_names)]
            if place := place_of(change, self._places):
                said.append((f" ({place})", "reference"))
            lines.append(said)
        lines[-1].append((f"; {self._without(cause, shift)}", "aside"))
        return lines

    def _without(self, cause: Cause, shift: Shift) -> str:
        if cause.together:
            return self._say("together")
        if cause.without is None:
            return self._say("gone_without")
        told = "there_without" if shift.after else "still_without"
        return self._say(told, grade=self._grade(cause.without))

    def _grade(self, grade: Grade) -> str:
        return self._words.grade(grade.level, grade.severity)

    def _line(self, label: str, *pieces: Piece) -> None:
        self._page.labelled((label, "label"), *pieces, indent=_INDENT, gap=_GAP)
