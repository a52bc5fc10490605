"""Several verdicts at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from app.domain.false_rates import held


def test_the_example_of_benjamini_and_hochberg() -> None:
    """Of the fifteen p-values of their section 4 the first four hold at 0.05, where Bonferroni keeps three."""
    chances = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]

    assert [chance for chance, holds in zip(chances, held(chances), strict=True) if holds] == chances[:4]


@given(some.lists(some.none() | some.floats(0, 1), max_size=30))
def test_what_holds_is_what_is_least_likely_by_chance(chances: list[float | None]) -> None:
    """Never one that is more likely than one that does not hold; alone a chance of a twentieth holds; what was not tested never does."""
    holds = held(chances)
    kept = [chance for chance, one in zip(chances, holds, strict=True) if one and chance is not None]
    dropped = [chance for chance, one in zip(chances, holds, strict=True) if not one and chance is not None]

    assert not kept or not dropped or max(kept) < min(dropped)
    assert not any(one for chance, one in zip(chances, holds, strict=True) if chance is None)
    assert held([0.05]) == [True]
