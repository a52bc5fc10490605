"""One flat sheet, a row for each component, as compensation tools export."""

from __future__ import annotations

from app.domain.document.checks import document_from
from app.domain.errors import DocumentInvalid
from app.exchange.read import read

EXPORT = """\
Department;Plan;Role;Pay period;Variable share;Measure;Direction;Weight;Payout;Cap;Gate
Customer Service;Agents 2026;Agent;Month;15 %;Short calls;decrease;60 %;linear;1,5;CSAT
customer service;Agents 2026;Agent;month;15 %;Calls taken;increase;40 %;linear;;
Vertrieb;Sales 2026;Seller;Quarter;40 %;New contracts;increase;100 %;tiered;2;
"""
KPI = "Customer Service;;;;;;;;;;\n"


def values(text: str, name: str = "acme.csv"):
    """What a flat sheet holds."""
    return read(text.encode(), name).raw


def test_rows_become_departments_plans_and_components():
    """Keys are made from names, functions are known by their words, and every row is a component."""
    raw = values(EXPORT.replace(";CSAT", ";"))

    assert raw["organization"] == {"name": "acme"}
    assert raw["departments"] == [
        {"key": "customer-service", "name": "Customer Service", "function": "service"},
        {"key": "vertrieb", "name": "Vertrieb", "function": "sales"},
    ]
    assert [(plan["key"], plan["department"], plan["role"], plan["period"]) for plan in raw["incentive_plans"]] == [
        ("agents-2026", "customer-service", "Agent", "month"),
        ("sales-2026", "vertrieb", "Seller", "quarter"),
    ]
    assert raw["incentive_plans"][0]["components"][0] == {
        "key": "agents-2026-short-calls",
        "measure": "Short calls",
        "direction": "decrease",
        "weight": 0.6,
        "payout": {"kind": "linear", "cap": 1.5},
    }
    assert document_from(raw).organization.name == "acme"


def test_kpis_are_named_once_and_referred_to_by_name():
    """What only KPIs have makes a measure one; gates and other references may use names."""
    raw = values(
        "department,kpi,direction,baseline,target,incentive_plan,period,variable share,weight,payout,gate\n"
        "Service,Average handling time,decrease,420,330,Agents,month,0.1,1,linear,CSAT\n"
        "Service,CSAT,increase,,4.5,,,,,,\n"
    )

    assert raw["kpis"] == [
        {
            "key": "average-handling-time",
            "name": "Average handling time",
            "direction": "decrease",
            "department": "service",
            "baseline": 420,
            "target": 330,
        },
        {"key": "csat", "name": "CSAT", "direction": "increase", "department": "service", "target": 4.5},
    ]
    assert raw["incentive_plans"][0]["components"] == [
        {
            "key": "agents-average-handling-time",
            "kpi": "average-handling-time",
            "weight": 1,
            "payout": {"kind": "linear"},
            "gate": {"kpi": "csat"},
        }
    ]
    assert document_from(raw).kpis[0].target == 330


def test_rows_have_to_agree():
    """A plan that is paid monthly in one row and quarterly in another is a problem, with both cells."""
    problem = _only_problem(EXPORT.replace(";CSAT", ";").replace("month;15", "year;15"), "row_disagrees")

    assert (problem.sheet, problem.cell, problem.pointer) == ("acme", "D3", "/incentive_plans/0/period")
    assert (
        problem.message
        == "'period' of 'agents-2026' is 'year' here and 'month' in cell acme!D2; it can be one thing only"
    )


def test_a_component_needs_a_plan():
    """A row with a weight and no plan says so."""
    problem = _only_problem(EXPORT.replace("Vertrieb;Sales 2026", "Vertrieb;"), "missing")

    assert (problem.cell, problem.message.partition(";")[0]) == ("B4", "'incentive_plan' is missing")


def test_problems_of_the_document_are_shown_in_their_cells():
    """What is made out of rows keeps their places."""
    source = read(EXPORT.encode(), "acme.csv")
    try:
        document_from(source.raw)
    except DocumentInvalid as invalid:
        problems = source.located(invalid).problems

    assert [(p.code, p.cell) for p in problems] == [("unknown_kpi", "K2")]


def test_names_of_people_are_not_read():
    """A column `name` in such an export is often a person's, and is refused."""
    assert _only_problem("Name;Department;Plan\nJane;Service;Agents\n", "unknown_column").cell == "A1"


def _only_problem(text: str, code: str):
    try:
        values(text)
    except DocumentInvalid as invalid:
        (problem,) = [p for p in invalid.problems if p.code == code]
        return problem
    raise AssertionError("nothing was refused")
