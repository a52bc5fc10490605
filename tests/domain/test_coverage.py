"""What an analysis could judge, and which goals are gone since another."""

from __future__ import annotations

from app.domain.coverage import Coverage, GoalGone, GoalKey, coverage, goals_gone, pushed
from app.domain.findings import DepartmentView, GoalView, Subject


def a_department(key: str, alignment: float | None, share: float, pressure: float) -> DepartmentView:
    return DepartmentView(key, alignment, share, pressure, ())


def a_goal(key: str, pressure: float, metric: str | None = "service.cost", department: str = "service") -> GoalView:
    return GoalView(department, Subject("kpi", key), metric, "up", pressure, {})


def test_coverage_counts_departments_by_their_pressure() -> None:
    """One that pushes three times as hard counts three times; one that reaches no outcome is not in the index."""
    departments = [a_department("service", 0.4, 1.0, 3.0), a_department("sales", None, 0.0, 1.0)]

    found = coverage(departments, [a_goal("aht", 0.5), a_goal("odd", 0.5, metric=None)])

    assert found == Coverage(outcomes=0.75, departments=0.5, goals=2, resolved=0.5)


def test_nothing_pushed_is_nothing_covered() -> None:
    """There are no shares of nothing."""
    assert coverage([], []) == Coverage(None, None, 0, None)


def test_a_goal_that_is_gone_is_named_with_its_pressure() -> None:
    """The hardest pushed first; a goal that another department takes over is another goal."""
    before = pushed([a_goal("aht", 0.2), a_goal("fcr", 0.7), a_goal("csat", 0.4), a_goal("csat", 0.1)])
    after = pushed([a_goal("csat", 0.1), a_goal("aht", 0.2, department="sales")])

    gone = goals_gone(before, after)

    assert gone == (
        GoalGone(GoalKey("service", "kpi", "fcr"), 0.7),
        GoalGone(GoalKey("service", "kpi", "aht"), 0.2),
    )
