"""`concord serve` as processes that tests start, kill and start again on one port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx

from app.services import api_keys
from app.storage.database import Database
from app.storage.schema import migrate
from tests.faults.forked import Forked, a_log

START = 300
"""Seconds that a start may take on a machine that has other things to do."""

UNLIMITED = {f"CONCORD_RATE_LIMIT{name}": "off" for name in ("", "_HEAVY", "_ADDRESS")}


class Served:
    """A service on a port of its own. Its processes are a group, so that a kill leaves none of them behind."""

    def __init__(self, database_url: str, **environment: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = a_log()
        self._environment = {
            **UNLIMITED,
            "CONCORD_DATABASE_URL": database_url,
            "CONCORD_LOG_LEVEL": "info",
            **environment,
        }
        self.process: Forked | subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start it, without waiting; as a shell would where it starts processes of its own, which a forked one cannot."""
        arguments, environment = ("serve", "--port", str(self.port)), {**os.environ, **self._environment}
        if "CONCORD_WORKERS" not in self._environment:
            self.process = Forked(arguments, environment, self.log)
            return
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", "from app.cli.main import run; run()", *arguments],
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=environment,
                start_new_session=True,
            )

    def start(self, path: str = "/readyz") -> None:
        """Start it, and wait until it answers well: by default until it is ready."""
        self.begin()
        self.wait(path)

    def wait(self, path: str = "/readyz") -> None:
        """Wait until it answers well."""
        assert self.process is not None
        until = time.monotonic() + START
        while time.monotonic() < until:
            if self.status(path) == 200:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"not ready: {self.said}")

    def status(self, path: str, **options: object) -> int | None:
        """The status of an answer, None where there is none. Asked so often that reading certificates, which none needs, took longest."""
        try:
            return httpx.get(f"{self.address}{path}", timeout=10, verify=False, **options).status_code  # type: ignore[arg-type]
        except httpx.HTTPError:
            return None

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """Kill every process of it at once, as if the power went."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        """Tell it to end, and wait for its status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    @property
    def said(self) -> str:
        """What it has logged."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def serving(database_url: str, **environment: str) -> Iterator[Served]:
    """A service that has started; it is killed when the block ends."""
    served = Served(database_url, **environment)
    try:
        served.start()
        yield served
    finally:
        if served.is_running:
            served.kill()


def a_key(database_url: str, workspace: str = "tests") -> str:
    """A key that may do everything in a workspace of a database, which is brought up to date."""
    store = Database(database_url)
    try:
        migrate(store)
        made = api_keys.from_the_shell(store, workspace, "tests", ("read", "write", "admin"), datetime.now(UTC))
    finally:
        store.close()
    assert made.text is not None
    return made.text


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
