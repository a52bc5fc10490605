"""The first start on an empty database: a key and a link, once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.services import first_start, identity
from app.storage import directory
from app.storage.database import Database
from app.storage.workspace import Transaction
from tests.databases import KINDS, fresh
from tests.services.stored import EPOCH as NOW
from tests.services.stored import new_caller


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without a workspace."""
    with fresh(request.param) as url:
        opened = Database(url)
        yield opened
        opened.close()


def test_the_key_may_do_everything_in_the_first_workspace(empty: Database) -> None:
    """It opens the door at once."""
    welcome = first_start.welcome(empty, NOW)

    assert welcome is not None
    holder = identity.holder_of(empty, welcome.key, NOW)
    assert holder is not None
    assert holder.caller.may("admin")
    assert directory.workspaces(empty) == [(holder.caller.workspace, first_start.WORKSPACE)]


def test_several_that_start_at_once_greet_once(empty: Database) -> None:
    """Whoever comes first."""
    with ThreadPoolExecutor(8) as threads:
        greeted = list(threads.map(lambda _: first_start.welcome(empty, NOW), range(8)))

    assert sum(one is not None for one in greeted) == 1


def test_a_start_that_is_broken_off_leaves_nothing_behind(empty: Database) -> None:
    """The next one greets: nobody is locked out of a workspace that nobody has a key of."""

    def broken(_: Transaction) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        directory.make_first(empty, first_start.WORKSPACE, NOW, broken)

    assert directory.workspaces(empty) == []
    assert first_start.welcome(empty, NOW) is not None


def test_a_database_that_is_in_use_is_not_new(empty: Database) -> None:
    """Its users have keys."""
    new_caller(empty)

    assert first_start.welcome(empty, NOW) is None


def test_the_link_makes_one_key_within_the_hour(empty: Database) -> None:
    """Opened by several at once, it makes one; later none."""
    welcome = first_start.welcome(empty, NOW)
    assert welcome is not None
    assert first_start.open_link(empty, welcome.link, NOW + timedelta(hours=1)) is None

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: first_start.open_link(empty, welcome.link, NOW), range(4)))

    texts = [one.text for one in made if one is not None]
    assert len(texts) == 1
    assert identity.holder_of(empty, str(texts[0]), NOW) is not None
