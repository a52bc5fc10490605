"""What people and the model answer, and what that comes to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.catalogue.instruments import instruments
from app.domain.assessments import Answer, assessed
from app.domain.spread import spread_of, student

PRINCIPLES = instruments()["seven-principles"]
KEYS = [question.key for question in PRINCIPLES.questions()]


def answers(question: str, *scores: int, department: str | None = None) -> list[Answer]:
    """One person each."""
    return [
        Answer(f"{department}-{place}", "employees", question, score, department) for place, score in enumerate(scores)
    ]


def test_the_model_answers_where_nobody_did() -> None:
    """A sponsor is named, so that question is answered by the fact, which is shown; nothing else is."""
    came = assessed(PRINCIPLES, [], {"executive_sponsor": True})
    (answered,) = [score for section in came.sections for score in section.questions if score.score is not None]

    assert (answered.question, answered.score, answered.by) == ("sponsor", 5.0, "model")
    assert answered.model is not None
    assert answered.model.facts == (("executive_sponsor", True),)
    assert (came.score, came.answered_by_model) == (5.0, 1.0)
    assert came.coverage == pytest.approx(1 / 18)


def test_people_come_before_the_model_and_differences_are_told() -> None:
    """Three people think little of the sponsor whom the document names."""
    came = assessed(PRINCIPLES, answers("sponsor", 1, 2, 2, department="sales"), {"executive_sponsor": True})
    (sponsor,) = [score for section in came.sections for score in section.questions if score.question == "sponsor"]

    assert sponsor.by == "people"
    assert sponsor.score == pytest.approx(5 / 3)
    assert sponsor.differs
    assert sponsor.departments == (("sales", pytest.approx(5 / 3)),)


def test_gaps_are_ranked_by_what_closing_them_adds() -> None:
    """The worst answer of a section of one question weighs more than the same of a section of two."""
    given_ = [*answers("top_first", 1), *answers("sponsor", 1), *answers("horizon_of_goals", 4)]
    came = assessed(PRINCIPLES, given_, {})

    assert [gap.question for gap in came.gaps] == ["top_first", "sponsor", "horizon_of_goals"]
    assert came.score is not None
    assert came.score + sum(gap.gain for gap in came.gaps) >= 4.9


def test_a_share_is_held_against_all_departments() -> None:
    """One department of five that reaches no outcome is a fifth: four of five points."""
    came = assessed(PRINCIPLES, [], {"departments_without_outcome": 1, "departments": 5})
    (only,) = [score for section in came.sections for score in section.questions if score.model]

    assert only.model is not None
    assert only.model.score == 4


def test_all_of_one_mind_agree() -> None:
    """Agreement is one then, and none for answers like those of dice; the interval is Student's."""
    assert spread_of([4, 4, 4], 1, 5).agreement == 1
    assert spread_of([1, 2, 3, 4, 5] * 20, 1, 5).agreement == pytest.approx(0, abs=0.02)
    assert spread_of([3], 1, 5).interval is None
    interval = spread_of([2, 4], 1, 5).interval
    assert interval == (1, 5)
    low, high = spread_of([3, 3, 4, 4, 4], 1, 5).interval or (0, 0)
    assert (low, high) == (pytest.approx(2.92, abs=0.01), pytest.approx(4.28, abs=0.01))


@pytest.mark.parametrize(
    ("freedoms", "quantile"), [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)]
)
def test_quantiles_are_those_of_the_tables(freedoms: int, quantile: float) -> None:
    """Two-sided at 95 %."""
    assert student(0.975, freedoms) == pytest.approx(quantile, rel=2e-3)


@given(some.lists(some.tuples(some.sampled_from(KEYS), some.integers(1, 5)), max_size=30))
def test_a_score_lies_among_its_answers(given_: list[tuple[str, int]]) -> None:
    """And the order in which people answered does not matter."""
    said = [Answer(str(place), "employees", key, score) for place, (key, score) in enumerate(given_)]
    came = assessed(PRINCIPLES, said, {})

    assert (came.score is None) == (not said)
    if came.score is not None:
        assert min(one.score for one in said) - 1e-9 <= came.score <= max(one.score for one in said) + 1e-9
    assert 0 <= came.coverage <= 1
    assert assessed(PRINCIPLES, said[::-1], {}).score == pytest.approx(came.score)
