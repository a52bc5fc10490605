"""The worker: takes jobs and does them, and does what comes round by itself. It calls the same services as the routers.

It runs within the service or alone, on a database that others work on as well. Nothing of it needs to end well: what a worker leaves behind
when it is killed is taken over by the others, or by itself when it comes back.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from app.domain.errors import ConcordError, SchemaTooNew, StorageTrouble
from app.domain.jobs import LEASE
from app.services import job_runs, recurring
from app.services.job_kinds import KINDS, Work
from app.services.job_runs import Lost, Run
from app.services.jobs import RELEASE
from app.services.sealing import Sealer
from app.services.stores import Schema
from app.services.webhook_transport import WebhookTransport
from app.storage import directory
from app.storage.database import Database
from app.storage.due import Kind
from app.storage.tables import owned_tables
from app.web.clock import present

log = logging.getLogger("concord.worker")

BETWEEN_LOOKS = 0.5
"""Seconds after which a worker that has nothing to do looks again; within the service it is woken."""
SIGNS = 5
"""Signs of life that are given in the time of a lease."""
AFTER_TROUBLE = 1.0
"""Seconds after which a database that is away is tried again."""
AT_ONCE = 10
"""Workspaces with jobs that are looked at before it is asked again who waits longest."""
LEADS_FOR = timedelta(seconds=30)
"""For how long others leave recurring work to a worker that is not heard of any more."""

_JOBS: tuple[Kind, ...] = ("jobs",)
_ROUND: tuple[Kind, ...] = ("schedules", "waivers", "cleanup")
_MESSAGES: tuple[Kind, ...] = ("messages",)


class Worker:
    """Does jobs, `at_once` at the same time, and the recurring work of the database while no other worker does it.

    `release`: up to which it does jobs; `lease`: for how long jobs are its own when it is not heard of; `kinds`: the jobs that it knows.
    """

    def __init__(
        self,
        store: Database,
        sealer: Sealer,
        *,
        at_once: int = 2,
        release: int = RELEASE,
        lease: timedelta = LEASE,
        kinds: Mapping[str, Work] = KINDS,
        transport: WebhookTransport | None = None,
    ) -> None:
        self.name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        self._store, self._schema = store, Schema(store)
        self._release, self._lease, self._kinds, self._at_once = release, lease, kinds, at_once
        self._recurring = recurring.recurring(sealer, transport or WebhookTransport())
        self._runs: dict[str, Run] = {}
        self._closing, self._ending, self._leads = threading.Event(), threading.Event(), threading.Event()
        self._woken = threading.Semaphore(0)
        self._threads: list[threading.Thread] = []
        self._asks_at = 0.0

    def start(self) -> None:
        """Begin. A database that is away is waited for."""
        owned_tables()
        self._go("signs", self._lease.total_seconds() / SIGNS, self._give_sign)
        self._go("messages", BETWEEN_LOOKS, lambda: self._look_after(_MESSAGES))
        self._go("recurring", 10 * BETWEEN_LOOKS, lambda: self._look_after(_ROUND))
        for number in range(self._at_once):
            self._go(f"jobs-{number + 1}", BETWEEN_LOOKS, self._do_next, waits=self._woken.acquire)

    def wake(self) -> None:
        """There is a job: do not wait until it is time to look."""
        self._woken.release()

    def take_no_more(self) -> None:
        """Begin no job any more, and go on with those that were begun."""
        self._closing.set()

    def stop(self, within: float) -> None:
        """Take no more jobs; hand those back that do not end in so many seconds. What a thread computes then is in vain."""
        self._ending.set()
        for _ in range(self._at_once):
            self.wake()
        until = time.monotonic() + within
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        for run in list(self._runs.values()):
            with _told("a job is not handed back; others take it over"):
                job_runs.hand_back(run, present())
        if self._leads.is_set():
            with _told("others do the recurring work a little later"):
                directory.lead(self._store, self.name, present(), present())

    def do_one(self, workspace: str) -> bool:
        """Do the next job of a workspace; false when there is none."""
        run = job_runs.take(self._store, workspace, self.name, self._release, present(), lease=self._lease)
        if run is None:
            return False
        self._runs[run.id] = run
        try:
            self._do(run)
        finally:
            del self._runs[run.id]
        return True

    def _do_next(self) -> bool:
        """Do the job that waits longest, in whichever workspace."""
        if self._closing.is_set():
            return False
        due = directory.due(self._store, _JOBS, present(), AT_ONCE)
        return any(self.do_one(workspace) for workspace, _ in due)

    def _do(self, run: Run) -> None:
        """Do a job, and say what it came to."""
        try:
            result = self._kinds[run.kind](run)
        except Lost:
            log.info("job %s was taken away", run.id)
        except StorageTrouble:
            self._insist(lambda: job_runs.hand_back(run, present()))
        except Exception as error:
            failure = error
            if not isinstance(error, ConcordError):
                log.exception("job %s failed", run.id)
            self._insist(lambda: job_runs.fail(run, failure, present()))
        else:
            self._insist(lambda: job_runs.succeed(run, result, present()))

    def _insist(self, said: Callable[[], None]) -> None:
        """Say what became of a job as soon as the database can be told; at the end of the process others find out."""
        while True:
            try:
                return said()
            except Lost:
                return None
            except StorageTrouble:
                if self._ending.wait(AFTER_TROUBLE):
                    return None

    def _give_sign(self) -> bool:
        """Keep the jobs that are being done, and the lead."""
        if workspaces := {run.workspace for run in list(self._runs.values())}:
            job_runs.stay(self._store, workspaces, self.name, present(), lease=self._lease)
        if time.monotonic() >= self._asks_at:
            self._asks_at = time.monotonic() + LEADS_FOR.total_seconds() / 3
            if directory.lead(self._store, self.name, present(), present() + LEADS_FOR):
                self._leads.set()
            else:
                self._leads.clear()
        return False

    def _look_after(self, kinds: tuple[Kind, ...]) -> bool:
        """Do the recurring work of these kinds that is due, if it is ours to do."""
        if not self._leads.is_set():
            return False
        if "cleanup" in kinds:
            recurring.note_new_workspaces(self._store, present())
        has_worked = False
        for _ in recurring.run_due(self._store, self._recurring, present(), only=kinds):
            has_worked = True
            if self._ending.is_set():
                break
        return has_worked

    def _go(self, name: str, pause: float, work: Callable[[], bool], waits: Callable[..., bool] | None = None) -> None:
        """Let a thread do some work again and again, with a pause whenever there is none, until the end."""

        def loop() -> None:
            is_away = False
            while not self._ending.is_set():
                try:
                    self._schema.ensure()
                    has_worked = work()
                except (StorageTrouble, SchemaTooNew) as trouble:
                    if not is_away:
                        log.warning("%s: %s", name, trouble)
                    is_away = True
                    self._ending.wait(AFTER_TROUBLE)
                except Exception:
                    log.exception("%s: an error that nobody expected", name)
                    self._ending.wait(AFTER_TROUBLE)
                else:
                    is_away = False
                    if not has_worked:
                        (waits or self._ending.wait)(timeout=pause)

        thread = threading.Thread(target=loop, name=f"worker-{name}", daemon=True)
        self._threads.append(thread)
        thread.start()


@contextmanager
def _told(otherwise: str) -> Iterator[None]:
    """Within the block the database may be away; then it is said what happens otherwise."""
    try:
        yield
    except Lost:
        pass
    except StorageTrouble as trouble:
        log.warning("%s: %s", trouble, otherwise)
