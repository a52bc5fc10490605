"""Audits of a change: two documents in, what the change does to the findings and which of its clauses do it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.compare import Comparison, Grade, compare
from app.domain.compare_causes import MOST_CLAUSES, Cause, Grades, find_causes
from app.domain.detection import NOTHING_KNOWN, Detection, Resolutions, detect
from app.domain.document import Document
from app.domain.document.changes import Change, changes_between
from app.domain.document.checks import checked
from app.domain.findings import Analysis
from app.domain.policy import NO_POLICY, Policy, graded, with_rulebook
from app.domain.rulebook import built_in
from app.domain.terms import Language
from app.exchange.source import Source
from app.services.audits import document_of

FEWEST_CLAUSES, MOST_PAIRS = 6, 200_000
"""Clauses that are tried in any case, and pairs that all these runs look at together."""


@dataclass(frozen=True, slots=True)
class ChangeAudit:
    """What a change does. `causes`: fingerprint → the clauses of the change that lie behind a finding."""

    changes: tuple[Change, ...]
    comparison: Comparison
    causes: Mapping[str, tuple[Cause, ...]]
    before: Analysis | None
    after: Analysis
    unread: tuple[str, ...] = ()
    """Names whose metric was known before and is not any more: what they do is unseen, not mended."""


def audit_change(
    old: Source | None, new: Source, *, as_of: date, language: Language = "en", policy: Policy = NO_POLICY
) -> ChangeAudit:
    """Audit what makes a new document differ from an old one, both as of one day and as one policy wants it.

    Without an old one everything is new.

    Raises DocumentInvalid with every problem and the place of each in the document that has it.
    """
    after_document = document_of(new)
    before_document = document_of(old) if old is not None else None
    after = _analysis(after_document, new, as_of, language, policy)
    if old is None or before_document is None:
        return ChangeAudit((), compare(None, after), {}, None, after)
    before = _analysis(before_document, old, as_of, language, policy)
    changes = changes_between(old.raw, new.raw)
    comparison = compare(before, after)
    grader = _Grader(after_document, as_of, policy)
    causes = find_causes(comparison, changes, new.raw, grader, before.waived, most=grader.affordable)
    return ChangeAudit(changes, comparison, causes, before, after, _no_longer_read(before, after))


def _no_longer_read(before: Analysis, after: Analysis) -> tuple[str, ...]:
    known = {r.subject for r in before.resolutions if r.metric is not None}
    return tuple(r.name for r in after.resolutions if r.metric is None and r.subject in known)


def _analysis(document: Document, source: Source, as_of: date, language: Language, policy: Policy) -> Analysis:
    return analyse(
        document,
        catalogue(),
        as_of=as_of,
        raw=source.raw,
        language=language,
        with_recommendations=False,
        policy=policy,
    )


class _Grader:
    """Runs the engine on variants of a document; what was learnt of it is not asked again."""

    def __init__(self, document: Document, as_of: date, policy: Policy) -> None:
        self._as_of, self._policy = as_of, with_rulebook(policy)
        self._rules = (policy.rulebook or built_in(catalogue())).compiled
        self._seen: Detection = detect(document, catalogue(), self._rules, as_of)
        self._document = document

    @property
    def affordable(self) -> int:
        """How many clauses are taken back one by one: fewer where each run looks at many pairs of goals and targets."""
        pairs = len(self._seen.goals.goals) * len(self._seen.field.targets)
        return max(FEWEST_CLAUSES, min(MOST_CLAUSES, MOST_PAIRS // max(pairs, 1)))

    def __call__(self, raw: Mapping[str, Any]) -> Grades | None:
        document, faults = checked(raw, catalogue())
        if document is None or faults:
            return None
        found = detect(document, catalogue(), self._rules, self._as_of, self._names(document), self._seen.field)
        wanted = graded(found.matches, found.document, self._policy).matches
        return {match.fingerprint: Grade(match.severity, match.level) for match in wanted}

    def _names(self, document: Document) -> Resolutions:
        """What the names mean that stand in the variant as they do in the document."""
        known = self._document
        if _functions(document) != _functions(known) or {*document.metrics} != {*known.metrics}:
            return NOTHING_KNOWN
        same = {("kpi", kpi.key) for kpi in set(document.kpis) & set(known.kpis)}
        same |= {("outcome", outcome.key) for outcome in set(document.outcomes) & set(known.outcomes)}
        return {key: resolution for key, resolution in self._seen.resolutions.items() if key in same}


def _functions(document: Document) -> set[tuple[str, str]]:
    """What kind of department each is, by which names are read."""
    return {(department.key, department.function) for department in document.departments}
