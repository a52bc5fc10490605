"""Entries of a report: whom a source harms (semantics §6)."""

from __future__ import annotations

from typing import Any

from app.domain.findings import ChainLink, Finding, Subject
from app.domain.folding import fold
from app.domain.terms import Movement


def conflict(number: int, kind: Any, harmed: tuple[str, str], department: str, ends_at: str, **more: Any) -> Finding:
    """A conflict of the KPI `won` of sales with a KPI or outcome, whose chain lowers one metric."""
    link = ChainLink(
        "", Movement("sales.new_customers", "up"), Movement(ends_at, "down"), "pressure", "moderate", 30, "case", "direct", (), ""
    )  # fmt: skip
    departments = ("sales",) if kind == "outcome_conflict" else ("sales", department)
    subjects = (Subject("kpi", "won", "source"), Subject(*harmed, "target"))
    found = Finding(
        f"{number:016}", kind, "FLU001", 1, None, "medium", 50.0 - number, 0.5, subjects, departments, "", "", (),
        basis="metric", chain=(link,),
    )  # fmt: skip
    return found._replace(**more)


OWED = conflict(1, "outcome_conflict", ("outcome", "content"), "", "customer.satisfaction")
SURVEY = conflict(2, "goal_conflict", ("kpi", "csat"), "service", "customer.satisfaction")
WAITING = conflict(3, "goal_conflict", ("kpi", "wait"), "service", "operations.timely_access")
SOLVED = conflict(4, "goal_conflict", ("kpi", "solved"), "service", "service.first_contact_resolution")
MARGIN = conflict(5, "goal_conflict", ("kpi", "margin"), "finance", "finance.gross_margin")


def entries(*findings: Finding) -> list[list[str]]:
    """What is harmed, entry by entry."""
    return [[one.subjects[1].key for one in (entry, *entry.also)] for entry in fold(findings)]


def test_what_a_goal_does_to_one_department_is_one_entry() -> None:
    """Two KPIs of service stand together, that of finance by itself."""
    assert entries(WAITING, SOLVED, MARGIN) == [["wait", "solved"], ["margin"]]


def test_a_kpi_that_measures_an_outcome_is_no_second_harm() -> None:
    """The survey of service and the customers' satisfaction are one entry, whichever is worse; other KPIs of service are not."""
    assert entries(OWED, SURVEY, WAITING) == [["content", "csat"], ["wait"]]
    assert entries(SURVEY._replace(severity=60.0), OWED) == [["csat", "content"]]


def test_a_likeness_of_families_is_no_sameness() -> None:
    """Where a chain ends at a family nobody knows whether both measure the same."""
    assert entries(OWED, SURVEY._replace(basis="family")) == [["content"], ["csat"]]


def test_low_findings_stay_by_themselves_at_the_end() -> None:
    """They are kept, and folded under nothing."""
    assert entries(OWED, SURVEY._replace(level="low"), WAITING) == [["content"], ["wait"], ["csat"]]
