"""What is open in a document, as an audit of it would say: settings, waivers and all, without a word of text where none is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.domain.alignment import alignment_index
from app.domain.detection import Detection, Match
from app.domain.document import Document
from app.domain.findings import Finding
from app.domain.policy import Policy, graded, with_policy
from app.domain.proofs import Grades, Pair
from app.domain.telling import tell_all
from app.domain.waivers import granted, waive


def grades_of(detection: Detection, document: Document, policy: Policy, as_of: date) -> Grades:
    """Severities and levels of what is open. Waivers may rest on grounds, which are only known of findings that are told."""
    matches: Sequence[Match] = graded(detection.matches, document, policy).matches
    if document.suppressions or policy.grants:
        open_ = {finding.fingerprint for finding in open_findings(detection, document, policy, as_of)}
        matches = [match for match in matches if match.fingerprint in open_]
    return Grades(
        {match.fingerprint: match.severity for match in matches},
        {match.fingerprint: match.level for match in matches},
        alignment_index(detection.departments),
        {match.fingerprint: match.row.departments[0] for match in matches if match.row.departments},
        dict(_pairs(matches)),
    )


def _pairs(matches: Iterable[Match]) -> Iterator[tuple[str, Pair]]:
    for match in matches:
        if match.conflict is not None and match.rule.rule.fact_kind == "goal_pair":
            ends = (match.conflict.goal.item, match.conflict.target.item)
            yield match.fingerprint, frozenset((item.kind, item.key) for item in ends)


def open_findings(detection: Detection, document: Document, policy: Policy, as_of: date) -> list[Finding]:
    """Findings that are wanted and that nobody accepted, worst first."""
    wanted = graded(detection.matches, document, policy)
    told = with_policy(tell_all(wanted.matches, detection, "en"), wanted.overridden, policy)
    _, left = waive(told, (*granted(document.suppressions), *policy.grants), as_of)
    return left
