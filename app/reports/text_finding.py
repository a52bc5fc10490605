"""One finding: what is wrong, how it comes about, what it rests on, and the change that clears it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.findings import Finding, Recommendation
from app.reports.text_chain import write_chain
from app.reports.text_line import Piece
from app.reports.text_names import Names, Sources
from app.reports.text_page import Page
from app.reports.text_recommendations import proof

INDENT = 4
_GAP = 10
_MOST_ALSO = 4
_MOST_GUARDS = 3
_SURE = 0.995


class Teller:
    """Tells findings one after the other; a chain or a change that was told before is referred to."""

    def __init__(
        self,
        page: Page,
        names: Names,
        sources: Sources,
        recommendations: Sequence[Recommendation],
        numbers: Mapping[str, int],
        *,
        arithmetic: bool,
    ) -> None:
        self._page, self._names, self._sources = page, names, sources
        self._words = names.words
        self._recommendations, self._numbers = recommendations, numbers
        self._arithmetic = arithmetic
        self._changes_told: set[str] = set()
        self._chains_told: dict[tuple[str, ...], int] = {}

    def tell(self, number: int, finding: Finding) -> None:
        """A block of the report."""
        words = self._words
        level = (words.grade(finding.level, finding.severity).upper(), finding.level)
        self._page.labelled(f"{number:>2}", level, "  ", (finding.title, "name"), gap=INDENT)
        about = " · ".join(
            p for p in (self._names.parties(finding), finding.rule, finding.fingerprint, *self._standing(finding)) if p
        )
        self._page.paragraph((about, "aside"), indent=INDENT)
        self._page.paragraph(self._explanation(finding), indent=INDENT)
        self._chain(number, finding)
        if self._arithmetic:
            self._line("sum", self._sum(finding))
        self._line("doubt", "; ".join(self._doubts(finding)))
        self._line("rests_on", "; ".join(dict.fromkeys(self._sources.named(r) for r in finding.references)))
        self._change(finding)
        self._also(finding)

    def _line(self, label: str, *pieces: Piece) -> None:
        if any(piece for piece in pieces):
            said = self._words(label) if label else ""
            self._page.labelled((said, "label"), *pieces, indent=INDENT, gap=_GAP)

    def _standing(self, finding: Finding) -> tuple[str, ...]:
        """What settings and baseline make of it."""
        words = self._words
        known = words(finding.baseline) if finding.baseline else ""
        if not finding.override or finding.engine_level is None:
            return (known,)
        was, now = words(finding.engine_level), words(finding.level)
        return known, words("overridden", was=was, now=now, origin=finding.override)

    def _explanation(self, finding: Finding) -> str:
        """The explanation; the sources that end it stand on a line of their own, with numbers."""
        before, mark, _ = finding.explanation.rpartition(self._words("rests_on_told"))
        return before.rstrip() if mark and finding.references else finding.explanation

    def _chain(self, number: int, finding: Finding) -> None:
        links = tuple(link.id for link in finding.chain)
        if links in self._chains_told:
            self._line("how", (self._words("chain_as_in", n=self._chains_told[links]), "aside"))
            return
        write_chain(self._page, self._words("how"), finding.chain, self._names, self._sources, _GAP, indent=INDENT)
        if links:
            self._chains_told[links] = number

    def _sum(self, finding: Finding) -> str:
        """What a conflict's severity is made of."""
        if "net" not in finding.facts or finding.flaw is not None:
            return ""
        figures = {
            name: self._words.number(float(finding.facts.get(name) or 0.0), 2)
            for name in ("pressure", "importance", "harm", "help", "net", "internalised")
        }
        return self._words("sum_told", lag=self._words.lag(int(finding.facts.get("lag_days") or 0)), **figures)

    def _doubts(self, finding: Finding) -> list[str]:
        """Why one may hesitate to believe it."""
        words = self._words
        said = []
        if finding.basis == "family":
            said.append(words("by_family"))
        if finding.sign_reliability is not None and finding.sign_reliability < _SURE:
            said.append(words("sign_unsure", share=words.share(finding.sign_reliability)))
        if finding.contested:
            said.append(words("contested"))
        if finding.confidence < _SURE:
            said.append(words("confidence", share=words.share(finding.confidence)))
        if guards := sorted({self._names.subject(s) for s in finding.related}):
            said.append(words("held_by", names=words.listed(guards, _MOST_GUARDS)))
        return said

    def _change(self, finding: Finding) -> None:
        if not self._recommendations:
            return
        best = best_change(finding, self._recommendations)
        if best is None:
            self._line("change", (self._words("no_change_found"), "aside"))
            return
        reference = f"R{self._numbers[best.id]}"
        if best.id in self._changes_told:
            self._line("change", (self._words("see_change", ref=reference), "reference"))
            return
        self._changes_told.add(best.id)
        self._line("change", (reference, "reference"), f"  {best.title}")
        self._line("", (proof(best, self._words), "aside"))

    def _also(self, finding: Finding) -> None:
        words = self._words
        for number, folded in enumerate(finding.also[:_MOST_ALSO]):
            level = (words.grade(folded.level, folded.severity), folded.level)
            told = self._folded(folded)
            self._line("" if number else "also", level, f"  {told}", (f"  {folded.rule}", "aside"))
        if len(finding.also) > _MOST_ALSO:
            self._line("", (words("more_also", n=len(finding.also) - _MOST_ALSO), "aside"))

    def _folded(self, folded: Finding) -> str:
        """What a finding folds, in short: conflicts of one goal differ in what they harm."""
        target = next((s for s in folded.subjects if s.role == "target"), None)
        if target is None or not folded.kind.endswith(("conflict", "tension")):
            return folded.title
        return self._words("also_against", name=self._names.subject(target))


def best_change(finding: Finding, recommendations: Sequence[Recommendation]) -> Recommendation | None:
    """The first that removes the finding, else the first that weakens it, else one for what it folds."""
    for keys in ({finding.fingerprint}, {folded.fingerprint for folded in finding.also}):
        for cleared in (_removed, _weakened, _addressed):
            for recommendation in recommendations:
                if keys & cleared(recommendation):
                    return recommendation
    return None


def _removed(recommendation: Recommendation) -> frozenset[str]:
    return frozenset(recommendation.effect.removed)


def _weakened(recommendation: Recommendation) -> frozenset[str]:
    return frozenset(recommendation.effect.weakened)


def _addressed(recommendation: Recommendation) -> frozenset[str]:
    return frozenset(recommendation.addresses)
