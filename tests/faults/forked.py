"""`concord` as processes of their own, which are forked from one that has loaded all of it: nine tenths of a start are imports."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path

_FORKS = get_context("forkserver")
_LOADED = (
    *("app.cli.main", "app.cli.serve", "app.main", "app.web.server", "app.worker", "app.storage.schema"),
    *("app.catalogue.check", "alembic.command", "anyio._backends._asyncio", "psycopg"),
)
_FORKS.set_forkserver_preload(list(_LOADED))

A_LOOK = 0.005
"""Seconds between two looks at whether something has come."""


def a_log() -> Path:
    """An empty file for what a process writes, which is there until the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="concord-log-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    log = folder / "log"
    log.touch()
    return log


def concord() -> None:
    """The command as a shell would have it. `app.main` has read the settings as it was loaded: it is loaded again."""
    del sys.modules["app.main"]

    from app.cli.main import run

    run()


class Forked:
    """A run of `concord`, or of another program, the first process of a session of its own; what it writes to standard error goes to the
    end of a file."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        program: Callable[[], None] = concord,
    ) -> None:
        self._process = _FORKS.Process(target=_run, args=(program, tuple(arguments), dict(environment), os.fspath(log)))
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid
        atexit.register(self.kill)
        while self.poll() is None and os.getpgid(self.pid) != self.pid:
            time.sleep(A_LOOK)

    def poll(self) -> int | None:
        """The status with which it ended, if it has."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """The status with which it ends."""
        self._process.join(timeout)
        status = self.poll()
        if status is None:
            raise TimeoutError(f"it has not ended after {timeout} s")
        return status

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it has not ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)


def _run(program: Callable[[], None], arguments: tuple[str, ...], environment: dict[str, str], log: str) -> None:
    """Become a process as a shell would have started it, and run the program."""
    os.setsid()
    for number, path in ((0, os.devnull), (1, os.devnull), (2, log)):
        opened = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
        os.dup2(opened, number)
        if opened != number:
            os.close(opened)
    sys.stdin = os.fdopen(0)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [program.__name__, *arguments]
    program()
