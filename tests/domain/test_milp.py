"""Mixed-integer programmes: the answer is the best of all, and there is none where nothing fits."""

from __future__ import annotations

import random
from itertools import product

import pytest

from app.domain.milp import Programme


@pytest.mark.parametrize("seed", range(5))
def test_the_answer_is_the_best_of_all(seed: int):
    """A knapsack with two bounds: no choice of things within them is worth more than the one that is found."""
    chance = random.Random(seed)
    worth = [chance.randint(1, 20) for _ in range(8)]
    sizes = [[chance.randint(1, 9) for _ in range(8)] for _ in range(2)]
    programme = Programme()
    things = [programme.variable(-value, whole=True) for value in worth]
    for size in sizes:
        programme.row(dict(zip(things, size, strict=True)), high=20)

    answer = programme.solved()

    fitting = (c for c in product((0, 1), repeat=8) if all(sum(map(int.__mul__, c, size)) <= 20 for size in sizes))
    best = max(sum(map(int.__mul__, choice, worth)) for choice in fitting)
    assert answer is not None
    assert -sum(v * w for v, w in zip(answer.values, worth, strict=True)) <= -0.99 * best
    assert answer.bound <= -0.99 * best


def test_there_is_no_answer_where_nothing_fits():
    """Two things of which at least three are to be chosen."""
    programme = Programme()
    things = [programme.variable(whole=True) for _ in range(2)]
    programme.row(dict.fromkeys(things, 1.0), low=3)

    assert programme.solved() is None


def test_an_answer_that_was_not_found_in_time_is_not_taken_for_none():
    """A market to be split exactly, four times over, which takes far more nodes than are looked at: nothing is found, nothing excluded."""
    chance = random.Random(1)
    programme = Programme()
    things = [programme.variable(whole=True) for _ in range(30)]
    for _ in range(4):
        sizes = [float(chance.randint(1, 99)) for _ in things]
        half = sum(sizes) // 2
        programme.row(dict(zip(things, sizes, strict=True)), low=half, high=half)

    answer = programme.solved()

    assert answer is not None and answer.values == ()
