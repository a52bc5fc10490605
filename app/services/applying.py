"""Applying changes: recommendations and plans become a changed document, with the audits before and after. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document import Document
from app.domain.document.checks import document_from
from app.domain.errors import Unknown
from app.domain.findings import Analysis
from app.domain.json_patch import Operation, apply
from app.domain.nearest import nearest
from app.domain.policy import NO_POLICY, Policy
from app.domain.terms import Language
from app.exchange.source import Source
from app.services.audits import document_of

Patch = Sequence[Operation]


class Applied(NamedTuple):
    """A changed document as submitted, and the audits before and after."""

    raw: Mapping[str, Any]
    before: Analysis
    after: Analysis


def recommended(source: Source, *, as_of: date, language: Language = "en", policy: Policy = NO_POLICY) -> Analysis:
    """The audit with its recommendations. Raises DocumentInvalid with every problem and its place."""
    return _audit(document_of(source), source.raw, as_of, language, policy, with_recommendations=True)


def applied(
    source: Source,
    changes: Sequence[str | Patch],
    *,
    as_of: date,
    language: Language = "en",
    policy: Policy = NO_POLICY,
) -> Applied:
    """The document with the changes made one after the other: recommendations by their ids, anything else as patches.

    Ids are those of recommendations for the document as the changes before left it. Raises DocumentInvalid for a document that is not
    valid, before or afterwards; Unknown for an id that nothing recommended has; PatchFailed for a patch that does not fit.
    """
    before = _audit(document_of(source), source.raw, as_of, language, policy)
    raw: Mapping[str, Any] = source.raw
    for change in changes:
        raw = apply(raw, _patch_of(change, raw, as_of, policy) if isinstance(change, str) else change)
    after = _audit(document_from(raw, catalogue()), raw, as_of, language, policy)
    return Applied(raw, before, after)


def _patch_of(recommendation: str, raw: Mapping[str, Any], as_of: date, policy: Policy) -> Patch:
    analysis = _audit(document_from(raw, catalogue()), raw, as_of, "en", policy, with_recommendations=True)
    known = {one.id: one.patch for one in analysis.recommendations}
    if recommendation not in known:
        raise Unknown("recommendation", recommendation, tuple(nearest(recommendation, known)))
    return known[recommendation]


def _audit(
    document: Document,
    raw: Mapping[str, Any],
    as_of: date,
    language: Language,
    policy: Policy,
    *,
    with_recommendations: bool = False,
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
