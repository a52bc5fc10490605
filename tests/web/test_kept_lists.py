"""Pages of lists that are kept in memory: by the state that they show, and no more than fit."""

from __future__ import annotations

import pytest

from app.web.kept_lists import KeptLists, ListPage


def page(text: str) -> ListPage:
    return ListPage(text.encode(), '"tag"', '<http://concord.test/>; rel="self"')


@pytest.mark.parametrize(
    "asked", [("ours", "/kpis", 2), ("theirs", "/kpis", 1), ("ours", "/kpis?limit=1", 1), ("ours", "/kpis", None)]
)
def test_a_page_is_found_by_workspace_address_and_state(asked: tuple[str, str, int | None]) -> None:
    """Where one of them is another one, there is none."""
    kept = KeptLists()

    kept.keep("ours", "/kpis", 1, page("one"))

    assert kept.find("ours", "/kpis", 1) == page("one")
    assert kept.find(*asked) is None


def test_a_page_of_no_state_is_never_found() -> None:
    """What nobody may see has no state, whatever is kept."""
    kept = KeptLists()

    kept.keep("ours", "/kpis", None, page("one"))

    assert kept.find("ours", "/kpis", None) is None


def test_a_page_goes_for_the_one_that_shows_the_next_state() -> None:
    """Of a list that is written again and again only the last page is kept."""
    kept = KeptLists()
    kept.keep("ours", "/kpis", 1, page("one"))
    size = kept.size

    kept.keep("ours", "/kpis", 2, page("two"))

    assert kept.find("ours", "/kpis", 1) is None
    assert (kept.find("ours", "/kpis", 2), kept.size) == (page("two"), size)


def test_what_was_not_asked_for_longest_goes_when_there_is_no_room() -> None:
    """No more is kept than the bytes that were promised."""
    kept = KeptLists()
    kept.keep("ours", "/kpis", 1, page("x" * 5000))
    kept = KeptLists(most=kept.size * 5 // 2)
    for address in ("/a", "/b"):
        kept.keep("ours", address, 1, page("x" * 5000))
    kept.find("ours", "/a", 1)

    kept.keep("ours", "/c", 1, page("x" * 5000))

    assert [kept.knows("ours", address) for address in ("/a", "/b", "/c")] == [True, False, True]


def test_a_page_that_does_not_fit_is_not_kept() -> None:
    """One that is larger than all there is room for is made anew each time."""
    kept = KeptLists(most=5000)

    kept.keep("ours", "/kpis", 1, page("x" * 5000))

    assert (kept.knows("ours", "/kpis"), kept.size) == (False, 0)
