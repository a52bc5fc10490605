"""Who acts, who suffers, and who could answer for customers or approve pay?"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.facts.governance import named_department
from app.domain.finders.found import Found, department, plan, together
from app.domain.remedies import Bindings
from app.domain.situation import Company, Situation

ACCOUNTABLE = ("customer_success", "service", "marketing", "product", "executive", "operations", "sales")
"""Functions in the order in which one looks for somebody to answer for customers (judgement)."""

APPROVERS = ("hr", "finance", "legal", "executive")
"""Functions that can approve pay that others designed, the nearest to the craft first."""


def pusher(s: Situation, _: Bindings) -> Iterator[Found]:
    """The department that acts."""
    if s.department is not None:
        yield department(s.company, s.department)


def organization(s: Situation, _: Bindings) -> Iterator[Found]:
    """The company itself."""
    yield {"name": s.company.document.organization.name}


def answerable(s: Situation, _: Bindings) -> Iterator[Found]:
    """The departments that could answer for the customers' outcomes: near to them, and not working against them."""
    harming = departments_in_the_way(s.company)
    for key in accountable(s.company)[:2]:
        if key not in harming:
            yield department(s.company, key)


def answerable_instead(s: Situation, found: Bindings) -> Iterator[Found]:
    """The same, of those that do not answer for them yet."""
    governance = s.company.document.governance
    present = named_department(governance.outcome_owner, s.company.document)
    yield from (owner for owner in answerable(s, found) if owner["key"] != present)


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


def accountable(company: Company) -> list[str]:
    """Departments in the order in which one would make them answer for customers."""
    harming = departments_in_the_way(company)
    rank = {function: n for n, function in enumerate(ACCOUNTABLE)}
    known = [d for d in company.document.departments if d.function in rank]
    return [d.key for d in sorted(known, key=lambda d: (d.key in harming, rank[d.function], d.key))]


def departments_in_the_way(company: Company) -> frozenset[str]:
    """Departments whose goals do grave harm to an outcome."""
    return frozenset(
        match.conflict.goal.department
        for match in company.detection.matches
        if match.conflict is not None and match.conflict.target.is_outcome and match.level in ("high", "critical")
    )
