"""The smallest set that meets every one of many."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.hitting_sets import smallest_hitting_set
from tests.counts import many

MEMBERS = "abcdefgh"


def by_name(member: str) -> tuple[int, str]:
    """All at one price."""
    return 0, member


def vowels_first(member: str) -> tuple[int, str]:
    """Vowels are free, the others are not."""
    return int(member not in "aeiou"), member


def by_trying_all(sets: list[frozenset[str]]) -> frozenset[str]:
    """The first of the smallest, found by looking at every set there is."""
    for size in range(len(MEMBERS) + 1):
        found = [set(c) for c in combinations(MEMBERS, size) if all(set(c) & each for each in sets)]
        if found:
            return frozenset(min(found, key=lambda c: (sum(vowels_first(m)[0] for m in c), sorted(c))))
    raise AssertionError


def test_one_member_that_all_sets_share_is_enough():
    """Two would do as well, but one is fewer."""
    assert smallest_hitting_set(["ab", "cb", "bd"], by_name) == {"b"}


def test_sets_that_share_nothing_need_a_member_each():
    """The first of each, where all are at one price."""
    assert smallest_hitting_set(["ab", "cd", "ef"], by_name) == {"a", "c", "e"}


def test_of_as_few_members_the_cheaper_ones_are_taken():
    """`b` and `e` meet the set alike."""
    assert smallest_hitting_set(["be"], vowels_first) == {"e"}


def test_nothing_is_needed_where_there_is_nothing_to_meet():
    """No set, no member."""
    assert smallest_hitting_set([], by_name) == frozenset()


def test_an_empty_set_cannot_be_met():
    """It is refused, not passed over."""
    with pytest.raises(ValueError, match="empty set"):
        smallest_hitting_set(["ab", ""], by_name)


@settings(max_examples=many(2_000), deadline=None)
@given(st.lists(st.frozensets(st.sampled_from(MEMBERS), min_size=1, max_size=5), max_size=10))
def test_it_is_what_trying_all_finds(sets: list[frozenset[str]]):
    """As small, as cheap and as early in the order of names as any other."""
    assert smallest_hitting_set(sets, vowels_first) == by_trying_all(sets)


@given(st.lists(st.frozensets(st.sampled_from(MEMBERS), min_size=1), max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_sets_changes_nothing(sets: list[frozenset[str]], chance: object):
    """The same sets, shuffled and with some of them twice."""
    shuffled = list(chain(sets, sets[:2]))
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert smallest_hitting_set(shuffled, by_name) == smallest_hitting_set(sets, by_name)
