"""A small analysis made by hand, with everything in it that a report tells; `python -m tests.reports.small` writes the golden files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.domain.catalogue import Catalogue, Citation, Metric
from app.domain.findings import (
    Analysis,
    Candidate,
    ChainLink,
    Cost,
    DepartmentView,
    Effect,
    Finding,
    GoalView,
    Loop,
    MatrixCell,
    NotAssessable,
    OutcomeEffect,
    Recommendation,
    Resolution,
    RuleOutcome,
    Subject,
    Summary,
    Waived,
)
from app.domain.parameters import parameters
from app.domain.rules.rule import Rule
from app.domain.terms import Language, Movement
from app.reports import text

GOLDEN = Path(__file__).parent / "golden"

RAW: dict[str, Any] = {
    "concord": 1,
    "organization": {"name": "Acme Telecom"},
    "departments": [
        {"key": "service", "name": "Customer Service", "function": "service"},
        {"key": "sales", "name": "Sales", "function": "sales"},
    ],
    "outcomes": [{"key": "loyalty", "name": "Retention", "direction": "increase", "weight": 1}],
    "kpis": [
        {"key": "aht", "department": "service", "name": "Call time", "direction": "decrease"},
        {"key": "wins", "department": "sales", "name": "New customers", "direction": "increase"},
        {"key": "csat", "department": "service", "name": "Satisfaction", "direction": "increase"},
        {"key": "zeal", "department": "sales", "name": "Zeal 会社", "direction": "increase"},
    ],
    "incentive_plans": [
        {
            "key": "agents",
            "department": "service",
            "role": "Contact centre agent",
            "components": [{"key": "agents-aht", "kpi": "aht", "weight": 1, "payout": {"kind": "threshold"}}],
        }
    ],
}

CATALOGUE = Catalogue(
    version="2026.1",
    metrics={
        "service.handle_time": Metric(
            "service.handle_time", "Handle time", "service", "seconds", "decrease", "Bearbeitungszeit"
        ),
        "service.resolution": Metric("service.resolution", "Resolution", "service", "percent", "increase", "Lösung"),
        "customer.retention": Metric("customer.retention", "Retention", "customer", "percent", "increase", "Bindung"),
    },
    influences={},
    levers={},
    families={},
    family_influences={},
    metric_families={},
    citations={
        "kerr1975": Citation("kerr1975", ("Kerr, S.",), 1975, "On the folly of rewarding A", "AMJ 18(4)", "verified"),
        "guide": Citation("guide", ("Authority",), 2013, "Guide on incentives", "Guidance", "memory", short="AUTH G1"),
        "practice": Citation("practice", (), 2026, "Working knowledge", "", "editorial"),
    },
    rules={
        "GOV101": Rule(
            id="GOV101",
            name="nobody-answers",
            pack="governance",
            version=1,
            fact_kind="organization",
            finding="governance_gap",
            condition="true",
            title={"en": "Nobody answers for customers", "de": "Niemand verantwortet die Kunden"},
            message={"en": "", "de": ""},
            rationale="",
        )
    },
)


def analysis() -> Analysis:
    """Two conflicts, a flaw, a gap in knowledge of each kind, a change, a loop, a waiver."""
    return Analysis(
        concord=1,
        engine={"version": "0.1.0", "catalogue": "2026.1", "rule_packs": {}, "parameters": parameters().as_dict()},
        content_hash="sha256:00",
        as_of="2026-03-01",
        summary=Summary(
            -0.314,
            {"critical": 1, "high": 0, "medium": 2, "low": 1},
            {"outcome_conflict": 2, "goal_conflict": 1, "incentive_flaw": 1},
            "Service is paid for short calls; customers are owed answers.",
        ),
        departments=(
            DepartmentView("sales", None, 0.0, 0.5, ()),
            DepartmentView("service", -0.62, 0.8, 2.1, (OutcomeEffect("loyalty", 0.1, 0.4),)),
        ),
        matrix=(
            MatrixCell("service", "customer", 2, 71.0, "aaaaaaaaaaaaaaaa"),
            MatrixCell("sales", "service", 1, 33.4, "bbbbbbbbbbbbbbbb"),
        ),
        resolutions=(
            Resolution("Call time", "service.handle_time", False, None, 0.9, "fuzzy", (), Subject("kpi", "aht")),
            Resolution(
                "Zeal 会社",
                None,
                False,
                None,
                0.0,
                "unresolved",
                (Candidate("sales.effort", 0.5),),
                Subject("kpi", "zeal"),
            ),
            Resolution("Retention", "customer.retention", False, None, 1.0, "exact", (), Subject("outcome", "loyalty")),
        ),
        findings=(_conflict(), _pair(), _low()),
        recommendations=(_gate(),),
        waived=(Waived("cccccccccccccccc", "Head of Service", "known", "2027-03-31", "Pay by rank", "high"),),
        rules=(
            RuleOutcome(
                "GOV101",
                1,
                "organization",
                1,
                0,
                0,
                1,
                (NotAssessable((Subject("organization", "organization"),), ("outcome_owner_named",)),),
            ),
        ),
        loops=(Loop((Movement("service.handle_time", "down"), Movement("service.resolution", "down")), True),),
        goals=(GoalView("service", Subject("kpi", "aht"), "service.handle_time", "down", 0.7, {}),),
        assumptions=("No weight is given for one KPI of Sales: what is left goes to it.",),
    )


def report(language: Language, **wanted: Any) -> str:
    """The report of the analysis."""
    return text.render_analysis(analysis(), raw=RAW, catalogue=CATALOGUE, language=language, **wanted).decode()


def _conflict() -> Finding:
    chain = (
        _link("service.handle_time", "service.resolution", "observational", ("kerr1975",), 7, contested=True),
        _link("service.resolution", "customer.retention", "expert", ("practice",), 180),
    )
    return Finding(
        fingerprint="aaaaaaaaaaaaaaaa",
        kind="outcome_conflict",
        rule="FLU101",
        rule_version=1,
        flaw=None,
        level="critical",
        severity=71.2,
        confidence=0.34,
        subjects=(
            Subject("component", "agents-aht", "source"),
            Subject("kpi", "aht", "source"),
            Subject("outcome", "loyalty", "target"),
        ),
        departments=("service",),
        title="Paying agents for short calls works against retention",
        explanation="Short calls leave problems unsolved, and unsolved problems drive customers away after half a year.",
        remedies=("gate",),
        contested=True,
        sign_reliability=0.8,
        basis="metric",
        related=(Subject("kpi", "csat", "gate"),),
        chain=chain,
        facts={"pressure": 0.9, "importance": 0.8, "harm": 0.5, "help": 0.1, "net": 0.45, "lag_days": 187},
        references=("kerr1975", "guide#section-3"),
        also=(
            Finding(
                fingerprint="dddddddddddddddd", kind="outcome_conflict", rule="FLU101", rule_version=1, flaw=None,
                level="medium", severity=41.0, confidence=1.0, subjects=(), departments=("service",),
                title="Short calls work against effort", explanation="", remedies=(),
            ),
        ),
    )  # fmt: skip


def _pair() -> Finding:
    return Finding(
        fingerprint="bbbbbbbbbbbbbbbb", kind="goal_conflict", rule="FLU001", rule_version=1, flaw=None, level="medium",
        severity=33.4, confidence=1.0, subjects=(), departments=("sales", "service"),
        title="New customers lengthen the calls of Customer Service", explanation="Newcomers ask more.", remedies=(),
        basis="family", references=(),
    )  # fmt: skip


def _low() -> Finding:
    return Finding(
        fingerprint="eeeeeeeeeeeeeeee", kind="incentive_flaw", rule="INC101", rule_version=1, flaw="cliff", level="low",
        severity=18.0, confidence=1.0, subjects=(), departments=("service",), title="All or nothing at one value",
        explanation="", remedies=(),
    )  # fmt: skip


def _gate() -> Recommendation:
    return Recommendation(
        id="rec_1",
        remedy="gate",
        title="Pay “Call time” only while “Satisfaction” holds",
        rationale="What would suffer decides whether anything is paid.",
        addresses=("aaaaaaaaaaaaaaaa",),
        patch=(
            {"op": "test", "path": "/incentive_plans/0/components/0/key", "value": "agents-aht"},
            {
                "op": "add",
                "path": "/incentive_plans/0/components/0/gate",
                "value": {"kpi": "csat", "condition": ">= 4.2"},
            },
        ),
        effect=Effect(162.0, 101.4, -0.314, 0.05, ("aaaaaaaaaaaaaaaa",), ("bbbbbbbbbbbbbbbb", "dddddddddddddddd"), ()),
        cost=Cost(0.0, 0.0, 1, 1260),
        effort="low",
        owners=("service",),
        risks=("The gate itself may be gamed (judgement)",),
    )


def _link(
    source: str, target: str, evidence: Any, citations: tuple[str, ...], lag: int, contested: bool = False
) -> ChainLink:
    return ChainLink(
        f"{source}>{target}", Movement(source, "down"), Movement(target, "down"), "pressure", "moderate", lag, evidence,
        "direct", citations, "Because.", contested=contested,
    )  # fmt: skip


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for language in ("en", "de"):
        (GOLDEN / f"small.{language}.txt").write_text(report(language), encoding="utf-8")
