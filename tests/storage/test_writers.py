"""Writers on SQLite that come at the same time share the wait for the disk, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from app.domain.errors import StorageTrouble
from app.storage import directory
from app.storage.audit_events import AuditHeadRow
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.organizations import OrganizationRow
from app.storage.workspace import Transaction, adding
from app.storage.writers import Writers
from tests.databases import fresh
from tests.services.stored import EPOCH

Block = Callable[[Transaction], Any]

ADD = adding(OrganizationRow)


class Store:
    """A database on SQLite in which one writer holds its turn until all others wait for theirs. `commits`: how many there were."""

    def __init__(self, database: Database) -> None:
        self.database, self.workspace = database, directory.workspace_named(database, "mine", EPOCH)
        assert database.turns is not None
        self.turns: Writers = database.turns
        self.commits = 0
        event.listen(database.engine, "commit", self._count)
        self._threads = ThreadPoolExecutor(10)
        self.is_free = Event()

    def write(self, block: Block, **options: Any) -> Future[None]:
        """Begin a transaction in a thread of its own."""
        return self.begin(lambda: self._write(block, options))

    def hold(self, block: Block) -> Future[None]:
        """The same, and hold the turn until `is_free`."""
        has_begun = Event()

        def held(tx: Transaction) -> None:
            block(tx)
            has_begun.set()
            assert self.is_free.wait(10)

        held_turn = self.write(held)
        assert has_begun.wait(10)
        return held_turn

    def queue(self, block: Block, **options: Any) -> Future[None]:
        """The same while another one holds the turn; it waits for its own when this returns."""
        waiting, queued = self.turns.waiting, self.write(block, **options)
        _until(lambda: self.turns.waiting > waiting)
        return queued

    def begin(self, work: Callable[[], Any]) -> Future[None]:
        """Do something in a thread of its own."""
        return self._threads.submit(work)

    def keys(self) -> set[str]:
        """The organizations that are there for everybody."""
        with self.database.reading(self.workspace) as tx:
            return {row.key for row in tx.all(tx.mine(OrganizationRow, OrganizationRow.key))}

    def close(self) -> None:
        self.is_free.set()
        self._threads.shutdown()
        self.database.close()

    def _write(self, block: Block, options: dict[str, Any]) -> None:
        with self.database.writing(self.workspace, **options) as tx:
            block(tx)

    def _count(self, _: Any) -> None:
        self.commits += 1


@pytest.fixture
def store() -> Iterator[Store]:
    with fresh("sqlite") as url:
        opened = Store(Database(url))
        opened.turns.longest = 10
        yield opened
        opened.close()


def adds(key: str) -> Block:
    """What adds an organization."""
    own = {"id": new_id("org", EPOCH), "key": key, "name": key, "revision": 1}
    times = {"created_at": EPOCH, "updated_at": EPOCH, "deleted_at": None}
    return lambda tx: tx.do(ADD, **own, **times, industry=None, body={}, content_hash="", searched=key)


def breaks_off(tx: Transaction) -> None:
    """What fails after it has written."""
    adds("broken")(tx)
    raise ZeroDivisionError


def takes_a_key(tx: Transaction) -> None:
    """What the database refuses after something was written."""
    adds("broken")(tx)
    tx.add(AuditHeadRow(workspace_id=tx.workspace, number=1, hash=""))
    tx.session.expunge_all()
    tx.add(AuditHeadRow(workspace_id=tx.workspace, number=1, hash=""))


def loses_the_transaction(tx: Transaction) -> None:
    """What the database takes back whole, as it does when the disk is full."""
    adds("broken")(tx)
    tx.session.connection().exec_driver_sql("rollback")
    raise ZeroDivisionError


def breaks_the_commit(tx: Transaction) -> None:
    """What only the commit finds out: the organization belongs to a workspace that goes."""
    tx.session.execute(text("pragma defer_foreign_keys=on"), execution_options={"concord_workspace": tx.workspace})
    tx.session.connection().execute(text("delete from workspace"))


def test_writers_that_wait_share_one_commit(store: Store) -> None:
    """Ten writers, one wait for the disk; each finds what it wrote."""
    writes = [store.hold(adds("k0")), *(store.queue(adds(f"k{number}")) for number in range(1, 10))]

    store.is_free.set()
    for write in writes:
        write.result(10)

    assert (store.keys(), store.commits) == ({f"k{number}" for number in range(10)}, 1)


def test_nobody_returns_and_nobody_sees_anything_before_the_commit(store: Store) -> None:
    """Who has written waits for the one who came behind, and so do readers for what it wrote."""
    goes_on = Event()
    first, last = store.hold(adds("first")), store.queue(lambda tx: (adds("last")(tx), goes_on.wait(10)))

    store.is_free.set()
    _until(lambda: store.turns.waiting == 0)
    assert (store.keys(), first.done(), last.done()) == (set(), False, False)
    goes_on.set()

    first.result(10), last.result(10)
    assert store.keys() == {"first", "last"}


@pytest.mark.parametrize(("fails", "failure"), [(breaks_off, ZeroDivisionError), (takes_a_key, IntegrityError)])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_fails_alone_goes_alone(store: Store, place: int, fails: Block, failure: type[Exception]) -> None:
    """Whoever it is of those that share: the others are kept, and it learns why it failed."""
    blocks = [adds("a"), adds("b")]
    blocks.insert(place, fails)
    held = store.hold(blocks[0]) if place else store.hold(lambda tx: None)
    writes = [store.queue(block) for block in (blocks[1:] if place else blocks)]

    store.is_free.set()
    outcomes = [type(write.exception(10)) for write in ([held, *writes] if place else writes)]

    assert outcomes == [failure if n == place else type(None) for n in range(3)]
    assert store.keys() == {"a", "b"}


def test_a_failure_that_is_expected_leaves_what_was_written_before(store: Store) -> None:
    """A savepoint of a writer of its own goes back to where it began, and no further."""

    def takes_what_is_taken(tx: Transaction) -> None:
        adds("c")(tx)
        with suppress(IntegrityError), tx.attempt():
            adds("a")(tx)

    writes = [store.hold(adds("a")), store.queue(adds("b")), store.queue(takes_what_is_taken)]

    store.is_free.set()
    assert [write.exception(10) for write in writes] == [None, None, None]
    assert store.keys() == {"a", "b", "c"}


def test_a_dry_run_leaves_nothing(store: Store) -> None:
    """Among others as alone."""
    writes = [store.hold(adds("a")), store.queue(adds("b"), dry_run=True), store.queue(adds("c"))]
    store.is_free.set()
    for write in writes:
        write.result(10)
    store.write(adds("d"), dry_run=True).result(10)

    assert store.keys() == {"a", "c"}


def test_a_commit_that_fails_is_told_to_everybody(store: Store) -> None:
    """Nothing of what they wrote happened, and the next one begins anew."""
    writes = [store.hold(adds("a")), store.queue(adds("b")), store.queue(breaks_the_commit)]

    store.is_free.set()
    assert [type(write.exception(10)) for write in writes] == [IntegrityError] * 3
    assert store.keys() == set()

    store.write(adds("c")).result(10)
    assert store.keys() == {"c"}


def test_a_transaction_that_is_lost_is_told_to_everybody(store: Store) -> None:
    """Those who wrote before learn that nothing of it happened; those who come later begin anew."""
    writes = [store.hold(adds("a")), store.queue(loses_the_transaction), store.queue(adds("b"))]

    store.is_free.set()
    assert [type(write.exception(10)) for write in writes] == [StorageTrouble, ZeroDivisionError, type(None)]
    assert store.keys() == {"b"}


def test_who_waited_and_gave_up_keeps_nobody_waiting(store: Store) -> None:
    """A transaction that was left to somebody who does not come is committed by those who wait for it."""
    store.turns.waiting += 1

    store.write(adds("a")).result(10)

    assert (store.keys(), store.commits) == ({"a"}, 1)


def test_who_does_not_get_a_turn_is_refused(store: Store) -> None:
    """It has written nothing."""
    held, refused = store.hold(adds("a")), store.queue(adds("b"), patience=0.05)

    assert isinstance(refused.exception(10), StorageTrouble)
    store.is_free.set()
    held.result(10)
    assert store.keys() == {"a"}


def test_those_who_share_for_long_do_not_wait_for_more(store: Store) -> None:
    """A transaction that is old enough is committed, whoever waits."""
    store.turns.longest = 0
    writes = [store.hold(adds("k0")), *(store.queue(adds(f"k{number}")) for number in range(1, 4))]

    store.is_free.set()
    for write in writes:
        write.result(10)

    assert store.commits == 4


def test_what_stands_outside_of_workspaces_is_committed_by_itself(store: Store) -> None:
    """Whoever needs a transaction of its own ends the one that was left open first."""
    made: list[str] = []
    held = store.hold(adds("a"))
    other = store.begin(lambda: made.append(directory.workspace_named(store.database, "theirs", EPOCH)))
    _until(lambda: store.turns.waiting == 1)

    store.is_free.set()
    held.result(10), other.result(10)

    assert (store.keys(), len(made), store.commits) == ({"a"}, 1, 2)


def _until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.002)
