"""Folding: an entry of the report for each component's flaws, and for each source and those it harms: customers, or one department.

A KPI that measures what customers are owed is no second harm: its conflict joins that with the outcome (semantics §6).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from app.domain.findings import Finding, Subject

CUSTOMERS: Literal["customers"] = "customers"


class Entry(NamedTuple):
    """What one entry of a report is about: a component's flaws, or a source and whom it harms."""

    kind: Literal["flaw", "conflict"]
    who: object
    harmed: str = ""


class Harm(NamedTuple):
    """A source and the movement at which its witness chain ends: the same harm, whoever owns the measure of it."""

    source: Subject
    metric: str
    direction: str


def fold(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings (worst first) as entries: the worst stands for the entry, others of level medium or worse follow in its `also`.

    Low findings stay entries of their own, at the end.
    """
    listed = [finding for finding in findings if finding.level != "low"]
    owed = {_harm(finding) for finding in listed if finding.kind == "outcome_conflict"} - {None}
    heads: dict[object, Finding] = {}
    for finding in listed:
        entry = _entry(finding, owed)
        head = heads.get(entry)
        heads[entry] = finding if head is None else head._replace(also=(*head.also, finding))
    return (*heads.values(), *(finding for finding in findings if finding.level == "low"))


def _entry(finding: Finding, owed: set[Harm | None]) -> object:
    """The entry of a finding; its fingerprint when it stands alone. `owed`: harms that reach the customers, too."""
    if finding.kind == "incentive_flaw":
        components = tuple(s.key for s in finding.subjects if s.kind == "component")
        return Entry("flaw", components) if components else finding.fingerprint
    source, target = _ends(finding)
    if source is None or target is None:
        return finding.fingerprint
    if finding.kind == "outcome_conflict" or _harm(finding) in owed:
        return Entry("conflict", source, CUSTOMERS)
    return Entry("conflict", source, finding.departments[-1])


def _ends(finding: Finding) -> tuple[Subject | None, str | None]:
    """The source of a conflict, and the department that owns what is harmed; nothing for findings of other kinds."""
    if not finding.kind.endswith(("conflict", "tension")) or not finding.departments:
        return None, None
    sources = sorted(
        (s for s in finding.subjects if s.role == "source"), key=lambda s: (s.kind != "kpi", s.kind, s.key)
    )
    return (sources[0] if sources else None), finding.departments[-1]


def _harm(finding: Finding) -> Harm | None:
    """What arrives at the end of the chain; nothing where there is none, or where it ends at a family."""
    source, _ = _ends(finding)
    if source is None or finding.basis != "metric" or not finding.chain:
        return None
    end = finding.chain[-1].target
    return Harm(source, end.metric, end.direction)
