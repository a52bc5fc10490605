"""A plan for people: what to change, step by step, what it does, what it costs, how far fewer changes get, what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.compare import flat
from app.domain.findings import Analysis, Cost, Recommendation
from app.domain.optimise_constraints import Kind
from app.domain.optimise_plan import Blocker, FrontPoint, Plan
from app.domain.terms import LEVELS, Language
from app.reports.text_names import Names
from app.reports.text_page import Page
from app.reports.text_recommendations import costs, moved, proof, written
from app.reports.text_words import Words

_GAP, _INDENT, _LABEL = 12, 4, 10
_MOST_NAMED, _MOST_LEFT, _MOST_RISKS = 3, 12, 1

_TEXTS = {
    "clear": (
        "Nothing of medium level or above is found; there is nothing to plan.",
        "Ab der Stufe mittel wurde nichts gefunden; es gibt nichts zu planen.",
    ),
    "helpless": (
        "No change that is allowed lowers what is found at medium level and above.",
        "Keine erlaubte Änderung senkt, was ab der Stufe mittel gefunden wurde.",
    ),
    "one": (
        "1 change clears {share} of what is found at medium level and above",
        "1 Änderung behebt {share} von dem, was ab der Stufe mittel gefunden wurde",
    ),
    "many": (
        "{n} changes clear {share} of what is found at medium level and above",
        "{n} Änderungen beheben {share} von dem, was ab der Stufe mittel gefunden wurde",
    ),
    "none": ("No plan keeps all of these constraints", "Kein Plan hält alle diese Vorgaben ein"),
    "severity": ("Severity", "Schwere"),
    "severities": (
        "{before} → {after} at medium and above; {all_before} → {all_after} in all",
        "{before} → {after} ab der Stufe mittel; {all_before} → {all_after} insgesamt",
    ),
    "findings": ("Findings", "Befunde"),
    "alignment": ("Alignment", "Ausrichtung"),
    "price": ("Price", "Preis"),
    "steps": ("What to change, in this order", "Was zu ändern ist, in dieser Reihenfolge"),
    "clears": ("Clears", "Behebt"),
    "brings": ("Brings up", "Neu"),
    "more": ("and {n} more", "und {n} weitere"),
    "write": ("Write", "Schreibe"),
    "costs": ("Costs", "Kostet"),
    "risk": ("Risk", "Risiko"),
    "front": ("How far fewer changes get", "Wie weit weniger Änderungen reichen"),
    "front_row": ("{n:>3} {changes}: {left} left, {share} cleared", "{n:>3} {changes}: {left} übrig, {share} behoben"),
    "change": ("change ", "Änderung  "),
    "changes": ("changes", "Änderungen"),
    "knee": (
        "the bend: further changes clear less each, on average",
        "der Knick: weitere Änderungen beheben im Mittel jede weniger",
    ),
    "left": ("What is left", "Was übrig bleibt"),
    "left_more": ("and {n} more of medium level", "und {n} weitere der Stufe mittel"),
    "nothing_left": ("Nothing of medium level or above.", "Nichts ab der Stufe mittel."),
    "in_the_way": (
        "In the way, and none of it can be left out:",
        "Im Weg steht, und nichts davon lässt sich weglassen:",
    ),
    "without": (
        "Without it there is a plan that keeps all the others.",
        "Ohne das gibt es einen Plan, der alles andere einhält.",
    ),
    "foot": (
        "Every figure is what an audit of the changed document finds; {runs} sets of changes were tried.",
        "Jede Zahl ist das, was eine Prüfung des geänderten Dokuments findet; {runs} Mengen von Änderungen wurden erprobt.",
    ),
    "stopped": (
        "The search was stopped: {gap} of what is left might still go.",
        "Die Suche wurde abgebrochen: {gap} vom Rest könnten noch zu beheben sein.",
    ),
    "as_of": ("as of {day}", "Stand {day}"),
}

OPTIONS: Mapping[Kind, str] = {
    "max_changes": "--max-changes",
    "freeze": "--freeze {about}",
    "weights": "--min-weight, --max-weight",
    "budget": "--budget",
    "measures": "--max-measures",
    "claims": "--allow claims",
    "removals": "--allow removals",
    "target_pay": "--allow target-pay",
    "must_go": "--must-go {about}",
}
"""Constraint → the option that sets it, or sets it aside; the others always hold."""


def plan_page(
    plan: Plan,
    before: Analysis,
    after: Analysis,
    *,
    raw: Mapping[str, Any],
    language: Language,
    width: int,
) -> Page:
    """The page. `before`, `after`: audits of the document as it was submitted (`raw`) and as the plan makes it."""
    words = Words(language)
    names = Names(words, plan.document, None, after.resolutions)
    return _Teller(Page(width), words, names, before, after).told(plan, raw)


class _Teller:
    def __init__(self, page: Page, words: Words, names: Names, before: Analysis, after: Analysis) -> None:
        self._page, self._words, self._names = page, words, names
        self._before, self._after = before, after
        self._titles = {f.fingerprint: f.title for f in (*flat(after.findings), *flat(before.findings))}

    def told(self, plan: Plan, raw: Mapping[str, Any]) -> Page:
        page = self._page
        day = self._say("as_of", day=self._words.day(self._before.as_of))
        page.sides((self._names.organization, "title"), (day, "aside"))
        if plan.blockers:
            self._blocked(plan.blockers)
        elif not plan.changes:
            page.paragraph(self._say("helpless" if plan.severity_before > 0 else "clear"))
        else:
            self._sum(plan)
            self._steps(plan.changes, raw)
            self._front(plan.front)
            self._left()
        page.blank()
        page.paragraph((self._say("foot", runs=plan.search.runs), "aside"))
        if not plan.search.complete:
            page.paragraph((self._say("stopped", gap=self._words.share(plan.search.gap)), "aside"))
        return page

    def _sum(self, plan: Plan) -> None:
        words, effect = self._words, plan.effect
        share = words.share(_cleared(plan.severity_before, plan.severity_after))
        count = len(plan.changes)
        self._page.paragraph((self._say("one" if count == 1 else "many", n=count, share=share), "headline"))
        self._page.blank()
        self._line(
            "severity",
            self._say(
                "severities",
                before=self._number(plan.severity_before),
                after=self._number(plan.severity_after),
                all_before=self._number(effect.severity_before),
                all_after=self._number(effect.severity_after),
            ),
        )
        self._line("findings", f"{self._levels(self._before)} → {self._levels(self._after)}")
        if effect.alignment_before is not None and effect.alignment_after is not None:
            self._line("alignment", f"{words.signed(effect.alignment_before)} → {words.signed(effect.alignment_after)}")
        self._line("price", self._price(plan.cost))

    def _steps(self, changes: Sequence[Recommendation], raw: Mapping[str, Any]) -> None:
        self._page.heading(self._say("steps"))
        told: set[str] = set()
        for number, change in enumerate(changes, 1):
            page = self._page
            page.blank()
            page.labelled((f"{number:>2}", "reference"), (change.title, "name"), gap=_INDENT)
            page.paragraph((proof(change, self._words), "good"), indent=_INDENT)
            self._under("clears", self._named(change.effect.removed))
            self._under("brings", self._named(change.effect.worsened))
            self._under("write", *written(change.patch, raw, self._words))
            self._under("costs", costs(change, self._names))
            if change.remedy not in told:
                self._under("risk", *change.risks[:_MOST_RISKS])
            told.add(change.remedy)

    def _front(self, front: Sequence[FrontPoint]) -> None:
        self._page.heading(self._say("front"))
        for point in front:
            count = len(point.changes)
            row = self._say(
                "front_row",
                n=count,
                changes=self._say("change" if count == 1 else "changes"),
                left=self._number(point.severity),
                share=self._words.share(_cleared(front[0].severity, point.severity)),
            )
            self._page.paragraph(row)
            if point.knee and len(front) > 2:
                self._page.paragraph((self._say("knee"), "aside"), indent=_INDENT)

    def _left(self) -> None:
        self._page.heading(self._say("left"))
        found = [f for f in flat(self._after.findings) if f.level != "low"]
        if not found:
            self._page.paragraph(self._say("nothing_left"))
        shown = [f for f in found if f.level != "medium"] or found
        for finding in shown[:_MOST_LEFT]:
            label = self._words.grade(finding.level, finding.severity)
            self._page.labelled((label, finding.level), finding.title, gap=_GAP)
        if len(found) > len(shown[:_MOST_LEFT]):
            self._page.paragraph((self._say("left_more", n=len(found) - len(shown[:_MOST_LEFT])), "aside"))

    def _blocked(self, blockers: Sequence[Blocker]) -> None:
        page = self._page
        page.paragraph((self._say("none"), "headline"))
        page.blank()
        page.paragraph(self._say("in_the_way"))
        for blocker in blockers:
            page.labelled(("–", "reference"), blocker.said, indent=2, gap=2)
            option = OPTIONS.get(blocker.constraint.kind, "").format(about=blocker.constraint.about)
            if option:
                page.paragraph((option, "aside"), indent=4)
        page.paragraph(self._say("without"))

    def _named(self, keys: Sequence[str]) -> str:
        """Titles of findings, the first few of them."""
        titles = [self._titles[key] for key in keys if key in self._titles]
        said = titles[:_MOST_NAMED]
        if len(keys) > len(said):
            said.append(self._say("more", n=len(keys) - len(said)) if said else self._words.count(len(keys)))
        return "; ".join(said)

    def _price(self, cost: Cost) -> str:
        return "; ".join(moved(cost, self._words))

    def _levels(self, analysis: Analysis) -> str:
        levels = analysis.summary.levels
        said = [f"{levels[level]} {self._words(level)}" for level in reversed(LEVELS) if levels.get(level)]
        return " · ".join(said) or "0"

    def _number(self, value: float) -> str:
        return self._words.count(round(value))

    def _line(self, label: str, text: str) -> None:
        self._page.labelled((self._say(label), "label"), text, gap=_GAP)

    def _under(self, label: str, *lines: str) -> None:
        for number, line in enumerate(line for line in lines if line):
            self._page.labelled((self._say(label) if number == 0 else "", "label"), line, indent=_INDENT, gap=_LABEL)

    def _say(self, text: str, **values: object) -> str:
        return _TEXTS[text][self._words.language == "de"].format(**values)


def _cleared(before: float, after: float) -> float:
    return 1 - after / before if before > 0 else 0.0
