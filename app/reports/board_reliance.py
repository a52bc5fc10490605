"""What could not be judged, and how far to rely on what was: in sentences, with their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from app.domain.findings import Analysis, Finding
from app.domain.terms import Evidence, Level, from_level
from app.domain.verdicts import each
from app.reports.board_words import BoardWords
from app.reports.text_missing import filled_by
from app.reports.text_names import Names

GUESSED = ("fuzzy", "semantic")
_UNKNOWN = ("unresolved", "family")
_SURE = 0.5
_MOST_NAMES, _MOST_FIELDS = 6, 6
_BY_WEIGHT: tuple[Evidence, ...] = (
    "meta_analysis", "experiment", "quasi_experiment", "observational", "case", "practitioner", "expert", "identity",
)  # fmt: skip
"""Kinds of evidence, the strongest first; what holds by definition at the end."""


def unjudged(analysis: Analysis, names: Names, words: BoardWords) -> Iterator[str]:
    """What took no part in the result, or only in part."""
    resolutions = analysis.resolutions
    lost = [words("quoted", name=r.name) for r in resolutions if r.method == "unresolved"]
    by_kind = [words("quoted", name=r.name) for r in resolutions if r.method == "family"]
    if lost:
        yield words("names_lost", names=words.some(lost, _MOST_NAMES))
    if by_kind:
        yield words("names_by_kind", names=words.some(by_kind, _MOST_NAMES))
    if analysis.goals and not names.pays:
        yield words("pay_unseen")
    open_ = [rule for rule in analysis.rules if rule.not_assessable_rows]
    if open_:
        fields = Counter(
            field
            for rule in open_
            for field in {one for row in rule.not_assessable for column in row.missing for one in filled_by(column)}
        )
        said = words.some([words.field(one) for one, _ in _most(fields)], _MOST_FIELDS) or "–"
        yield words("rules_open", n=len(open_), all=len(analysis.rules), fields=said)
    if not (lost or by_kind or open_):
        yield words("all_judged")


def reliance(analysis: Analysis, words: BoardWords) -> Iterator[str]:
    """How sure names, evidence and findings are."""
    resolutions = analysis.resolutions
    if resolutions:
        known = sum(r.method not in _UNKNOWN for r in resolutions)
        guessed = sum(r.method in GUESSED for r in resolutions)
        yield words("names_known", known=known, all=len(resolutions), guessed=guessed)
    yield from _findings(analysis, words)
    if n := len(analysis.assumptions):
        yield words("assumed_one") if n == 1 else words("assumed", n=n)
    if n := len(analysis.waived):
        yield words("waived_single") if n == 1 else words("waived_some", n=n)
    yield words("what_it_is_not")


def _findings(analysis: Analysis, words: BoardWords) -> Iterator[str]:
    """Of the grave findings; where there is none, of those of the level medium."""
    every = tuple(each(analysis.findings))
    level: Level = "high" if any(one.level in from_level("high") for one in every) else "medium"
    grave = [one for one in every if one.level in from_level(level)]
    if not grave:
        return
    sure = sum(one.confidence >= _SURE for one in grave)
    least = words.share(min(one.confidence for one in grave))
    said = words("and_up", level=words(level))
    yield words("grave_confidence", n=len(grave), levels=said, sure=sure, least=least)
    if kinds := _steps(grave):
        told = [words("kind_of_step", n=kinds[kind], kind=words(kind)) for kind in _BY_WEIGHT if kinds[kind]]
        yield words("grave_steps", n=kinds.total(), kinds=words.listed(told))
    if n := sum(one.contested for one in grave):
        yield words("grave_contested", n=n)
    if n := sum(one.basis == "family" for one in grave):
        yield words("grave_by_kind", n=n)


def _steps(findings: Sequence[Finding]) -> Counter[Evidence]:
    """The different steps of their chains, by how they are known."""
    return Counter({link.id: link.evidence for one in findings for link in one.chain}.values())


def _most(fields: Counter[str]) -> list[tuple[str, int]]:
    return sorted(fields.items(), key=lambda one: (-one[1], one[0]))
