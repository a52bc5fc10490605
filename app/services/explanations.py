"""Explanations: one finding of a document with all that it rests on, and what would have to change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.changes import changed
from app.domain.compare import Grade, flat
from app.domain.detection import detect
from app.domain.errors import Unknown
from app.domain.findings import Analysis, Finding, Recommendation
from app.domain.level_drops import LevelDrop, level_drops
from app.domain.parameters import Parameters, parameters
from app.domain.policy import Policy
from app.domain.rulebook import Rulebook, built_in
from app.domain.rules.rule import CompiledRule
from app.domain.severity_steps import severity_steps, tell_steps
from app.domain.terms import Language
from app.exchange.source import Source
from app.services.audits import document_of

MOST_PROVED = 5
"""Recommendations that are shown with what they leave of a finding."""


class Proved(NamedTuple):
    """A recommendation, and how bad the finding is once it is followed; None when it is gone."""

    recommendation: Recommendation
    left: Grade | None


class Explained(NamedTuple):
    """A finding and what is behind it. `steps`: the arithmetic of its severity; `drops`: what would lower its level, nearest first."""

    finding: Finding
    analysis: Analysis
    rule: CompiledRule
    parameters: Parameters
    steps: tuple[str, ...]
    drops: tuple[LevelDrop, ...]
    proved: tuple[Proved, ...]
    is_waived: bool


class Ambiguous(Unknown):
    """A prefix that several fingerprints, or none, begin with; `findings` are those that it may have meant, worst first."""

    def __init__(self, prefix: str, findings: tuple[Finding, ...]) -> None:
        super().__init__("finding", prefix)
        self.findings = findings


def explain(
    source: Source, prefix: str, *, as_of: date, language: Language = "en", rulebook: Rulebook | None = None
) -> Explained:
    """Explain the finding whose fingerprint begins so, by the rules of a rulebook, else by the built-in ones.

    Raises DocumentInvalid, and Ambiguous with the findings that there are.
    """
    document, book = document_of(source), rulebook or built_in(catalogue())
    analysis = analyse(
        document, catalogue(), as_of=as_of, raw=source.raw, language=language, policy=Policy(rulebook=book)
    )
    finding, is_waived = _the_one(analysis, prefix.strip().lower())
    rule = next(one for one in book.compiled if one.rule.id == finding.rule)
    chosen = parameters(document.parameters)
    return Explained(
        finding=finding,
        analysis=analysis,
        rule=rule,
        parameters=chosen,
        steps=tell_steps(severity_steps(finding, rule.rule, chosen), language),
        drops=level_drops(finding, rule.rule, chosen),
        proved=_proved(finding, analysis, source.raw, as_of, book),
        is_waived=is_waived,
    )


def _the_one(analysis: Analysis, prefix: str) -> tuple[Finding, bool]:
    open_ones = flat(analysis.findings)
    waived = tuple(one.finding for one in analysis.waived if one.finding)
    begun = [finding for finding in (*open_ones, *waived) if prefix and finding.fingerprint.startswith(prefix)]
    if len(begun) != 1:
        worst = sorted(begun or (*open_ones, *waived), key=lambda f: (-f.severity, -f.confidence, f.fingerprint))
        raise Ambiguous(prefix, tuple(worst))
    return begun[0], begun[0] in waived


def _proved(
    finding: Finding, analysis: Analysis, raw: Mapping[str, Any], as_of: date, book: Rulebook
) -> tuple[Proved, ...]:
    """The recommendations that help, those that leave least first; each is looked at on the document that it makes."""
    found = []
    for recommendation in analysis.recommendations:
        if finding.fingerprint not in recommendation.addresses:
            continue
        document = changed(raw, recommendation.patch, catalogue())
        if document is None:
            continue
        matches = detect(document, catalogue(), book.compiled, as_of).matches
        left = next((m for m in matches if m.fingerprint == finding.fingerprint), None)
        found.append(Proved(recommendation, Grade(left.severity, left.level) if left else None))
    return tuple(sorted(found, key=lambda one: one.left.severity if one.left else 0.0)[:MOST_PROVED])
