"""The analysis that a report in JSON was written from: `as_json(analysis_from(value))` is the value again.

Numbers have the digits of the report; what the contract does not show (`seen`) is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.findings import (
    Analysis,
    Candidate,
    ChainLink,
    Condition,
    Cost,
    DepartmentView,
    Effect,
    Finding,
    GoalView,
    Loop,
    MatrixCell,
    NotAssessable,
    NotRun,
    OutcomeEffect,
    Recommendation,
    Resolution,
    RuleOutcome,
    Setting,
    Subject,
    Summary,
    Waived,
)
from app.domain.terms import Movement
from app.domain.verdicts import AuditReport, verdicts_of
from app.reports.canonical_json import as_json

Json = Mapping[str, Any]


def as_in_json(report: AuditReport) -> AuditReport:
    """The report with the digits that its JSON has: what is rounded again for people is the same wherever it comes from."""
    analysis = analysis_from(as_json(report.analysis))
    return report._replace(analysis=analysis, verdicts=verdicts_of(analysis))


def analysis_from(said: Json) -> Analysis:
    """The analysis as a value."""
    return Analysis(
        concord=said["concord"],
        engine=said["engine"],
        content_hash=said["content_hash"],
        as_of=said["as_of"],
        summary=Summary(**said["summary"]),
        departments=tuple(_department(one) for one in said["departments"]),
        matrix=tuple(
            MatrixCell(one["from"], one["to"], one["count"], one["severity"], one["worst"]) for one in said["matrix"]
        ),
        resolutions=tuple(_resolution(one) for one in said["resolutions"]),
        findings=tuple(finding_from(one) for one in said["findings"]),
        recommendations=tuple(_recommendation(one) for one in said["recommendations"]),
        waived=tuple(_waived(one) for one in said["waived"]),
        rules=tuple(_rule(one) for one in said["rules"]),
        loops=tuple(Loop(tuple(map(_movement, one["movements"])), one["reinforcing"]) for one in said["loops"]),
        goals=tuple(_goal(one) for one in said["goals"]),
        assumptions=tuple(said["assumptions"]),
        notices=tuple(said.get("notices", ())),
        settings=tuple(Setting(**one) for one in said.get("settings", ())),
        not_run=tuple(NotRun(**one) for one in said.get("not_run", ())),
    )


def finding_from(said: Json) -> Finding:
    """A finding with those that it folds."""
    plain = ("fingerprint", "kind", "rule", "rule_version", "flaw", "level", "severity", "confidence", "title")
    also = ("explanation", "contested", "sign_reliability", "basis", "status", "facts", "grounds")
    graded = ("engine_level", "override", "baseline")
    return Finding(
        **{name: said[name] for name in (*plain, *also, *graded) if name in said},
        subjects=_subjects(said["subjects"]),
        departments=tuple(said["departments"]),
        remedies=tuple(said["remedies"]),
        related=_subjects(said["related"]),
        chain=tuple(map(_link, said["chain"])),
        help=tuple(map(_link, said["help"])),
        conditions=tuple(Condition(**one) for one in said["conditions"]),
        references=tuple(said.get("references", ())),
        also=tuple(map(finding_from, said["also"])),
    )


def _department(said: Json) -> DepartmentView:
    return DepartmentView(**{**said, "effects": tuple(OutcomeEffect(**one) for one in said["effects"])})


def _resolution(said: Json) -> Resolution:
    candidates = tuple(Candidate(**one) for one in said["candidates"])
    return Resolution(**{**said, "candidates": candidates, "subject": _named(said["subject"])})


def _recommendation(said: Json) -> Recommendation:
    effect = said["effect"]
    listed = {name: tuple(effect[name]) for name in ("removed", "weakened", "worsened")}
    tuples = {name: tuple(said[name]) for name in ("addresses", "patch", "owners", "risks")}
    return Recommendation(**{**said, **tuples, "effect": Effect(**{**effect, **listed}), "cost": Cost(**said["cost"])})


def _waived(said: Json) -> Waived:
    finding = {"finding": finding_from(said["finding"])} if "finding" in said else {}
    return Waived(**{**said, **finding})


def _rule(said: Json) -> RuleOutcome:
    rows = tuple(NotAssessable(_subjects(one["subjects"]), tuple(one["missing"])) for one in said["not_assessable"])
    return RuleOutcome(**{**said, "not_assessable": rows})


def _goal(said: Json) -> GoalView:
    return GoalView(**{**said, "subject": _named(said["subject"])})


def _link(said: Json) -> ChainLink:
    lists = {name: tuple(said[name]) for name in ("citations", "counters") if name in said}
    ends = {end: _movement(said[end]) for end in ("source", "target")}
    named = {name: value for name, value in said.items() if name != "influence"}
    return ChainLink(**{**named, "id": said["influence"], **lists, **ends})


def _movement(said: Json) -> Movement:
    return Movement(said["metric"], said["direction"])


def _named(said: Json) -> Subject:
    return Subject(said["kind"], said["key"])


def _subjects(said: Iterable[Json]) -> tuple[Subject, ...]:
    return tuple(Subject(one["kind"], one["key"], one["role"]) for one in said)
