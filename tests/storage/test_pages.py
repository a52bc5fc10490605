"""Pages in the database say what sorting and slicing in memory would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import PlaceLost
from app.domain.pages import Place, Wanted, folded
from app.storage.database import Database
from app.storage.organizations import LISTING, OrganizationRow
from app.storage.pages import Listing, page_of
from tests.counts import many
from tests.databases import KINDS, fresh
from tests.services.stored import EPOCH, caller

Key = tuple[Any, ...]

LIST = Listing(
    OrganizationRow,
    shown=LISTING.shown,
    sort={**LISTING.sort, "industry": OrganizationRow.industry, "revision": OrganizationRow.revision},
    total=("id",),
    filters=LISTING.filters,
    searched=LISTING.searched,
)
NAMES = ("a", "B", "ä", "Z", "ß", "ab")
INDUSTRIES = (None, "banking", "Telecom", "")


@pytest.fixture(scope="module", params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Sixty rows with equal values, missing ones, and texts that languages order differently."""
    with fresh(request.param) as url:
        opened = Database(url)
        with opened.writing(caller(opened).workspace) as tx:
            tx.add_all(OrganizationRow, [a_row(number) for number in range(60)])
        yield opened
        opened.close()


def a_row(number: int) -> dict[str, Any]:
    name, industry = NAMES[number * 7 % len(NAMES)], INDUSTRIES[number % len(INDUSTRIES)]
    at = EPOCH + timedelta(milliseconds=number // 5)
    return {
        "id": f"org_{number:03d}", "key": f"k{number * 37 % 60:02d}", "name": name, "industry": industry,
        "revision": number % 3, "body": {}, "content_hash": "", "searched": folded(name, industry),
        "created_at": at, "updated_at": at, "deleted_at": None,
    }  # fmt: skip


def expected(sort: list[str]) -> list[str]:
    """The ids in an order: what is missing last, texts by code point, equal ones by id."""
    found = [a_row(number) for number in range(60)]
    for member in reversed([*sort, "id"] if not {"id", "-id"} & set(sort) else sort):
        name = member.removeprefix("-")
        found.sort(key=lambda row: (row[name] is None, row[name]), reverse=member.startswith("-"))
    return [row["id"] for row in found]


def walked(store: Database, wanted: Wanted, side: str) -> list[list[str]]:
    """The pages from the wanted one on, to the end on that side."""
    pages = []
    with store.reading(caller(store).workspace) as tx:
        while True:
            found = page_of(tx, LIST, wanted)
            pages.append([row.id for row in found.items])
            place = found.after if side == "after" else found.before
            if place is None:
                return pages
            wanted = wanted._replace(place=place)


MEMBERS = ("id", "key", "name", "industry", "revision", "created_at")
ORDERS = st.lists(st.sampled_from(MEMBERS), max_size=3, unique=True).flatmap(
    lambda names: st.tuples(*(st.sampled_from((name, f"-{name}")) for name in names)).map(list)
)


@settings(max_examples=many(2_000))
@given(sort=ORDERS, limit=st.integers(1, 70))
def check_walk(store: Database, sort: list[str], limit: int) -> None:
    wanted = Wanted(limit=limit, sort=tuple(sort))

    there = walked(store, wanted, "after")
    assert [id_ for page in there for id_ in page] == expected(sort)
    assert all(len(page) == limit for page in there[:-1])


@pytest.mark.slow
def test_every_order_is_walked_whole_without_repeating(store: Database) -> None:
    """Whatever the order and the size of pages: all rows once, as the same values sort in memory."""
    check_walk(store)


@pytest.mark.parametrize("sort", [(), ("-name", "key"), ("industry", "-created_at"), ("-id",)])
def test_the_way_back_has_the_same_pages(store: Database, sort: tuple[str, ...]) -> None:
    """From the last page to the first."""
    there = walked(store, Wanted(limit=7, sort=sort), "after")
    with store.reading(caller(store).workspace) as tx:
        place: Place | None = None
        for _ in there[:-1]:
            place = page_of(tx, LIST, Wanted(limit=7, sort=sort, place=place)).after
    back = walked(store, Wanted(limit=7, sort=sort, place=place), "before")

    assert back == there[::-1]


def test_filters_words_and_instants_narrow_together(store: Database) -> None:
    """A value of several will do; every word must occur; the total counts what is left."""
    wanted = Wanted(
        filters={"industry": ("banking", "Telecom"), "created_after": (EPOCH + timedelta(milliseconds=3),)},
        words=("telecom",),
        counted=True,
    )
    with store.reading(caller(store).workspace) as tx:
        found = page_of(tx, LIST, wanted)

    rows = [a_row(number) for number in range(60)]
    fitting = [
        r["id"] for r in rows if r["industry"] == "Telecom" and r["created_at"] > EPOCH + timedelta(milliseconds=3)
    ]
    assert (found.total, sorted(row.id for row in found.items)) == (len(fitting), fitting)


@pytest.mark.parametrize("word", ["%", "_", "/", "\\", "'"])
def test_a_word_of_a_search_means_itself(store: Database, word: str) -> None:
    """Signs that patterns have a use for are nothing but signs."""
    with store.reading(caller(store).workspace) as tx:
        assert page_of(tx, LIST, Wanted(words=(word,))).items == ()


@pytest.mark.parametrize(
    "values", [(), ("a",), (1, "x"), ("a", 1), ("a\0", "x"), ("\ud800", "x"), (None, "x"), (["a"], "x"), (True, "x")]
)
def test_a_place_that_cannot_be_one_is_refused(store: Database, values: Key) -> None:
    """Too few values, or of another kind than what the list is ordered by: never a fault of the database."""
    with store.reading(caller(store).workspace) as tx, pytest.raises(PlaceLost):
        page_of(tx, LIST, Wanted(sort=("name",), place=Place("after", values)))


@pytest.mark.parametrize("number", [2**63, -(2**63), 10**400])
def test_a_number_that_no_column_holds_is_no_place(store: Database, number: int) -> None:
    """Instants and numbers are bounded as the database bounds them."""
    with store.reading(caller(store).workspace) as tx, pytest.raises(PlaceLost):
        page_of(tx, LIST, Wanted(sort=("created_at",), place=Place("after", (number, "x"))))


def test_rows_that_come_and_go_neither_skip_nor_repeat_those_that_stay(database_url: str) -> None:
    """Between two pages others insert and delete, also the very row that the page ended with."""
    store = Database(database_url)
    workspace = caller(store).workspace
    with store.writing(workspace) as tx:
        tx.add_all(OrganizationRow, [a_row(number) for number in range(0, 60, 2)])
    seen: list[str] = []
    wanted, number = Wanted(limit=4, sort=("-name",)), 1
    while True:
        with store.reading(workspace) as tx:
            found = page_of(tx, LIST, wanted)
        seen += [row.id for row in found.items]
        if found.after is None:
            break
        wanted = wanted._replace(place=found.after)
        with store.writing(workspace) as tx:
            tx.run(tx.removing(OrganizationRow).where(OrganizationRow.id == seen[-1]))  # type: ignore[arg-type]
            tx.add_all(OrganizationRow, [a_row(number)])
        number += 2

    assert len(seen) == len(set(seen))
    assert {f"org_{number:03d}" for number in range(0, 60, 2)} <= set(seen)
    store.close()


def test_a_list_belongs_to_its_workspace(store: Database) -> None:
    """Nobody pages through what others have."""
    with store.reading(caller(store, "others").workspace) as tx:
        assert page_of(tx, LIST, Wanted(counted=True)).total == 0
