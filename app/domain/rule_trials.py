"""What other rules make of a document: the findings of two rulebooks on the same document and day, and how they differ."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from app.domain.analysis import analyse
from app.domain.catalogue import Catalogue
from app.domain.compare import flat
from app.domain.document import Document
from app.domain.findings import Analysis, Finding, RuleOutcome
from app.domain.policy import Policy
from app.domain.rulebook import Rulebook
from app.domain.terms import Language


class Trial(NamedTuple):
    """Findings that are there by the second rulebook only, by the first only, and in both with another level, worst first; and how the
    rules that are tried came out."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    regraded: tuple[tuple[Finding, Finding], ...]
    outcomes: tuple[RuleOutcome, ...]
    before: Analysis
    after: Analysis


def trial(
    document: Document,
    catalogue: Catalogue,
    before: Rulebook,
    after: Rulebook,
    tried: Iterable[str],
    *,
    as_of: date,
    policy: Policy,
    language: Language = "en",
) -> Trial:
    """Try the rules of a rulebook against another one."""

    def run(book: Rulebook) -> Analysis:
        return analyse(
            document,
            catalogue,
            as_of=as_of,
            language=language,
            with_recommendations=False,
            policy=policy._replace(rulebook=book),
        )

    first, second = run(before), run(after)
    old, new = ({one.fingerprint: one for one in _all(each)} for each in (first, second))
    asked = set(tried)
    return Trial(
        new=_worst_first(one for key, one in new.items() if key not in old),
        gone=_worst_first(one for key, one in old.items() if key not in new),
        regraded=tuple(
            (old[one.fingerprint], one)
            for one in _worst_first(new.values())
            if one.fingerprint in old and old[one.fingerprint].level != one.level
        ),
        outcomes=tuple(one for one in second.rules if one.id in asked),
        before=first,
        after=second,
    )


def _all(analysis: Analysis) -> Iterable[Finding]:
    """Every finding, those that are accepted included: a rule is tried on what it reports."""
    return (*flat(analysis.findings), *(one.finding for one in analysis.waived if one.finding is not None))


def _worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: (-one.severity, -one.confidence, one.fingerprint)))
