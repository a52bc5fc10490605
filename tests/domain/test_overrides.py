"""Which override a finding gets."""

from __future__ import annotations

import pytest

from app.domain.overrides import Grade, Override, Overrides


def given(grade: Grade, place: str = "") -> dict[str, Override]:
    return {"FLU101": Override(grade, place or grade)}


OVERRIDES = Overrides(
    everywhere=given("low"),
    departments={"sales": given("medium")},
    incentive_plans={"sellers": given("high"), "managers": given("off")},
)


@pytest.mark.parametrize(
    ("department", "plans", "grade"),
    [
        (None, [], "low"),
        ("service", [], "low"),
        ("sales", [], "medium"),
        ("sales", ["sellers"], "high"),
        ("sales", ["sellers", "managers"], "high"),
        ("sales", ["managers"], "off"),
        ("sales", ["sellers", "others"], "medium"),
    ],
)
def test_the_narrower_one_wins(department: str | None, plans: list[str], grade: Grade):
    """Plan before department before rule; several plans only together, by the gravest."""
    override = OVERRIDES.of("FLU101", department, plans)

    assert override is not None
    assert override.grade == grade


def test_other_rules_are_left_alone():
    """What nothing is said of keeps its level."""
    assert OVERRIDES.of("FLU102", "sales", ["sellers"]) is None
