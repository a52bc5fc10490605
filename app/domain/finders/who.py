"""Who acts, who suffers, and who could answer for customers or approve pay?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.facts.governance import named_department
from app.domain.finders.found import Found, department, plan, together
from app.domain.patch_templates import Bindings, Text
from app.domain.situation import Company, Situation

ACCOUNTABLE = ("customer_success", "service", "marketing", "product", "executive")
"""Functions in the order in which one looks for somebody to answer for customers (judgement)."""

CHIEF = Text("the chief executive", "die Geschäftsleitung")
CHIEF_AS_OWNER = Text("Chief executive", "Geschäftsleitung")

APPROVERS = ("hr", "finance", "legal", "executive")
"""Functions that can approve pay that others designed, the nearest to the craft first."""


def pusher(s: Situation, _: Bindings) -> Iterator[Found]:
    """The department that acts."""
    if s.department is not None:
        yield department(s.company, s.department)


def organization(s: Situation, _: Bindings) -> Iterator[Found]:
    """The company itself, named as submitted."""
    yield {"name": s.company.raw["organization"]["name"]}


def answerable(s: Situation, _: Bindings) -> Iterator[Found]:
    """Who could answer for the customers' outcomes: a department near to them that does not work against them, else the chief executive."""
    yield from _could_answer(s.company, None)


def answerable_instead(s: Situation, _: Bindings) -> Iterator[Found]:
    """The same, of those that do not answer for them yet."""
    yield from _could_answer(s.company, s.company.document.governance.outcome_owner)


def approver(s: Situation, _: Bindings) -> Iterator[Found]:
    """The plans of a department that are designed and approved by one, or approved by itself, and who could approve them instead."""
    plans = [
        p
        for p in s.company.document.incentive_plans
        if p.department == s.department and p.approved_by and p.approved_by in (p.designed_by, p.department)
    ]
    concerned = {s.department, *(p.designed_by for p in plans)}
    for function in APPROVERS:
        for key in sorted(s.company.departments):
            if plans and key not in concerned and s.company.departments[key].function == function:
                yield {**together([plan(s.company, p) for p in plans]), "by": department(s.company, key)}


def accountable(company: Company, functions: Sequence[str] = ACCOUNTABLE) -> list[str]:
    """Departments in the order in which one would make them answer for customers: those first that do no grave harm."""
    harming = departments_in_the_way(company)
    rank = {function: n for n, function in enumerate(functions)}
    known = [d for d in company.document.departments if d.function in rank]
    return [d.key for d in sorted(known, key=lambda d: (d.key in harming, rank[d.function], d.key))]


def _could_answer(company: Company, present: str | None) -> Iterator[Found]:
    harming = departments_in_the_way(company)
    known = named_department(present, company.document)
    for key in accountable(company):
        if key not in harming and key != known:
            home = department(company, key)
            yield {"name": home["name"], "value": key, "test": {"path": f"{home['path']}/key", "value": key}}
            return
    if known != "":
        test = {"path": "/organization/name", "value": company.raw["organization"]["name"]}
        yield {"name": CHIEF, "value": CHIEF_AS_OWNER, "test": test}


def departments_in_the_way(company: Company) -> frozenset[str]:
    """Departments whose goals do grave harm to an outcome."""
    grave = company.goals.parameters.flaw_grave
    return frozenset(
        match.conflict.goal.department
        for match in company.detection.matches
        if match.conflict is not None and match.conflict.target.is_outcome and match.severity >= grave
    )
