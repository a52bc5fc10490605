"""Scorecards that several departments carry together: the measures of what they harm, each answered for by all who harm it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from app.domain.finders.found import Found, listed, together
from app.domain.finders.quality import is_quality
from app.domain.goals import Item
from app.domain.parameters import INTERNALISED_FROM
from app.domain.patch_templates import Bindings
from app.domain.situation import Company, Situation
from app.domain.terms import LEVELS

MOST_MEASURES = 3
"""Measures of one joint scorecard: more are minded by nobody (judgement)."""

FEWEST_DEPARTMENTS = 3
"""Departments that make a scorecard a joint one; what two carry together is a shared KPI."""


def joint_scorecard(s: Situation, _: Bindings) -> Iterator[Found]:
    """The measures that answer for what departments harm most, to be carried by all of them; then fewer measures."""
    burdens = _burdens(s.company)
    items = sorted(burdens, key=lambda key: (-sum(burdens[key].values()), key))[:MOST_MEASURES]
    for count in range(len(items), 0, -1):
        carried = [(s.company.goals.kpis[key], sorted(burdens[key])) for key in items[:count]]
        departments = {d for item, others in carried for d in (str(item.department), *others)}
        if len(departments) >= FEWEST_DEPARTMENTS:
            yield _scorecard(s.company, carried, sorted(departments))


def answering_kpis(company: Company, target: Item, department: str) -> list[Item]:
    """KPIs of other departments that answer for a target, those first that answer most: the same thing, or what the department sees."""
    found = []
    for _, item in sorted(company.goals.kpis.items()):
        if item.department not in (None, department) and _may_be_carried(company, item):
            share = _answers(company, item, target)
            if share >= 1 or (share >= INTERNALISED_FROM and company.sees(department, item)):
                goal = company.goal(item, str(item.department))
                found.append((-share * (goal.pressure if goal else 0.0), item.key, item))
    return [item for *_, item in sorted(found, key=lambda f: f[:2])]


def _burdens(company: Company) -> dict[str, dict[str, float]]:
    """KPI → department that should carry it, too → severity of its conflicts with what the KPI answers for."""
    burdens: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for match in company.detection.matches:
        conflict = match.conflict
        if conflict is None or conflict.tension or LEVELS.index(match.level) < LEVELS.index("medium"):
            continue
        department = conflict.goal.department
        for item in answering_kpis(company, conflict.target.item, department):
            if department not in company.goals.holders.get(item.key, ()):
                burdens[item.key][department] += match.severity
    return burdens


def _may_be_carried(company: Company, item: Item) -> bool:
    """Whether a measure is one of quality that does no harm itself."""
    if item.kind != "kpi" or item.wanted == "maintain" or company.is_harmful(item):
        return False
    return is_quality(company.goals.metric(item))


def _answers(company: Company, item: Item, target: Item) -> float:
    """How far whoever carries a measure answers for a target: 1 for the same thing, else how far what moves it moves the target."""
    goal = company.goal(item, str(item.department))
    if goal is None or item is target:
        return 0.0
    if goal.movement is None or target.movement is None:
        return company.goals.parameters.family_unknown if set(goal.families) & set(target.families) else 0.0
    if goal.movement == target.movement:
        return 1.0
    number = company.field.graph.movement_index(target.movement)
    if number is None or goal.movement.metric == target.movement.metric:
        return 0.0
    return company.field.reach_of(goal).best(number)


def _scorecard(company: Company, carried: Sequence[tuple[Item, Sequence[str]]], departments: Sequence[str]) -> Found:
    names = [company.departments[key].name for key in departments]
    items = [
        {"key": item.key, "name": item.name, "path": company.path("kpis", item.key), "with": department}
        for item, others in carried
        for department in others
    ]
    return {**together(items), "departments": listed(names)}
