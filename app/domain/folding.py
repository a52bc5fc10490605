"""Folding: one entry of the report for the flaws of a component, and one for the outcome conflicts of a source (semantics §6)."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.findings import Finding


def fold(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings (worst first) as entries: the worst stands for the entry, others of level medium or worse follow in its `also`.

    Low findings stay entries of their own, at the end.
    """
    heads: dict[object, Finding] = {}
    low: list[Finding] = []
    for finding in findings:
        if finding.level == "low":
            low.append(finding)
            continue
        entry = _entry(finding)
        head = heads.get(entry)
        heads[entry] = finding if head is None else head._replace(also=(*head.also, finding))
    return (*heads.values(), *low)


def _entry(finding: Finding) -> object:
    if finding.kind == "incentive_flaw":
        components = tuple(s.key for s in finding.subjects if s.kind == "component")
        if components:
            return ("flaw", components)
    if finding.kind == "outcome_conflict":
        source = min((s.kind != "kpi", s.kind, s.key) for s in finding.subjects if s.role == "source")
        return ("outcome", source)
    return finding.fingerprint
