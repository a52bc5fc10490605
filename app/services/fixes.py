"""Fixes: what a document can be changed to by machine, and the proof of what that does. Nothing is written here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.compare import flat
from app.domain.detection import detect
from app.domain.document import Document
from app.domain.document.checks import checked
from app.domain.findings import Analysis, Recommendation, Subject
from app.domain.fixes import Applied, Fixed, SafeFix, missing_members, pins
from app.domain.json_patch import apply
from app.domain.policy import NO_POLICY, Policy
from app.domain.rulebook import Rulebook, built_in
from app.domain.terms import Language, Level, from_level
from app.exchange.source import Source
from app.services.audits import document_of

MOST_CHANGES = 20
"""Recommendations that are applied to one document at most."""

LEAST = 0.5
"""Points of severity that a change must clear."""

Raw = Mapping[str, Any]


def fix(
    source: Source,
    *,
    as_of: date,
    language: Language = "en",
    unsafe_until: Level | None = None,
    policy: Policy = NO_POLICY,
) -> Fixed:
    """Make the safe changes, each seen to change no finding; then, where asked for, change what people are measured and paid on.

    `unsafe_until`: recommendations are applied, the best first, until no finding of this level or worse is open or none helps any
    more. After each the engine runs on the changed document, and what follows rests on what it found there. Raises DocumentInvalid.
    """
    filled = missing_members(source.raw)
    raw = _with(source.raw, filled)
    document = document_of(source) if not filled else _valid(raw) or document_of(source)
    pinned = _harmless(raw, document, as_of, policy.rulebook or built_in(catalogue()))
    raw = _with(raw, pinned)
    document = _valid(raw) or document
    with_recommendations = unsafe_until is not None
    before = _analysis(document, raw, as_of, language, policy, with_recommendations)
    applied: list[Applied] = []
    after = before
    while unsafe_until is not None and len(applied) < MOST_CHANGES:
        step = _best(after, raw, unsafe_until, as_of, language, policy)
        if step is None:
            break
        raw, done, after = step
        applied.append(done)
    return Fixed(raw, (*filled, *pinned), tuple(applied), None if filled else before, after)


def _best(
    analysis: Analysis, raw: Raw, until: Level, as_of: date, language: Language, policy: Policy
) -> tuple[Raw, Applied, Analysis] | None:
    """The first recommendation that helps a finding of the level, applied and proved on the document as it is now."""
    grave = {f.fingerprint for f in flat(analysis.findings) if f.level in from_level(until)}
    for recommendation in analysis.recommendations:
        if not grave & set(recommendation.addresses):
            continue
        changed = apply(raw, recommendation.patch)
        document = _valid(changed)
        if document is None:
            continue
        after = _analysis(document, changed, as_of, language, policy, with_recommendations=True)
        if _total(analysis) - _total(after) >= LEAST:
            return changed, _applied(recommendation, analysis, after), after
    return None


def _applied(recommendation: Recommendation, before: Analysis, after: Analysis) -> Applied:
    left = {finding.fingerprint for finding in flat(after.findings)}
    return Applied(
        recommendation=recommendation,
        severity_before=_total(before),
        severity_after=_total(after),
        alignment_before=before.summary.alignment_index,
        alignment_after=after.summary.alignment_index,
        fixed=tuple(finding.title for finding in flat(before.findings) if finding.fingerprint not in left),
    )


def _harmless(raw: Raw, document: Document, as_of: date, rulebook: Rulebook) -> tuple[SafeFix, ...]:
    """The pins with which the engine finds exactly what it finds without them: all of them, else those that do so one by one."""
    seen = detect(document, catalogue(), rulebook.compiled, as_of)
    found = {match.fingerprint: match.severity for match in seen.matches}

    def same(fixes: Sequence[SafeFix]) -> bool:
        changed = _valid(_with(raw, fixes))
        if changed is None:
            return False
        again = {m.fingerprint: m.severity for m in detect(changed, catalogue(), rulebook.compiled, as_of).matches}
        return again.keys() == found.keys() and all(math.isclose(again[key], found[key]) for key in found)

    resolutions = (r._replace(subject=Subject(*key)) for key, r in sorted(seen.resolutions.items()))
    wanted = pins(raw, resolutions)
    together = [fix for fixes in wanted for fix in fixes]
    if not together or same(together):
        return tuple(together)
    return tuple(fix for fixes in wanted if same(fixes) for fix in fixes)


def _analysis(
    document: Document, raw: Raw, as_of: date, language: Language, policy: Policy, with_recommendations: bool
) -> Analysis:
    return analyse(
        document,
        catalogue(),
        as_of=as_of,
        raw=raw,
        language=language,
        with_recommendations=with_recommendations,
        policy=policy,
    )


def _with(raw: Any, fixes: Iterable[SafeFix]) -> Any:
    return apply(raw, [fix.step for fix in fixes])


def _valid(raw: Any) -> Document | None:
    document, faults = checked(raw, catalogue())
    return None if faults else document


def _total(analysis: Analysis) -> float:
    return math.fsum(finding.severity for finding in flat(analysis.findings))
