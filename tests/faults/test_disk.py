"""No room on the disk: writes are refused, reads go on, nothing breaks, and work goes on by itself when there is room again."""

from __future__ import annotations

import os
import pwd
import resource
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from app.storage.database import Database
from app.web.stored_problem_types import STORAGE_FULL
from tests.contract.problem_shape import check_problem
from tests.databases import address, fresh
from tests.faults.postgres import postgres
from tests.faults.served import Served, a_key, serving
from tests.faults.whole import check_whole
from tests.faults.writers import a_company

pytestmark = pytest.mark.slow

DOCUMENT = "/v1/organizations/acme/document"
ROOM = 400_000
"""Bytes that are left when the disk is nearly full."""

GOES_ON = 5
"""Seconds after which work goes on when there is room."""


class Filling:
    """A client that writes until there is no room."""

    def __init__(self, served: Served, key: str) -> None:
        headers = {"Authorization": f"Bearer {key}", "If-Match": "*"}
        self._client = httpx.Client(base_url=served.address, headers=headers, timeout=60)
        made = self._client.post("/v1/organizations", json={"key": "acme", "name": "Acme"})
        assert made.status_code == 201, made.text
        self._written = made.json()["name"]

    def __enter__(self) -> Filling:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def write(self) -> httpx.Response:
        """Write a document that takes some room and cannot be packed."""
        name = uuid4().hex
        raw = a_company("acme", name)
        kpis = [{**raw["kpis"][0], "key": f"k{number}", "name": os.urandom(60).hex()} for number in range(100)]
        answer = self._client.put(DOCUMENT, json={**raw, "kpis": [*raw["kpis"], *kpis]})
        if answer.status_code == 200:
            self._written = name
        return answer

    def check_full(self) -> None:
        """Write until that is refused, and then go on reading what was acknowledged."""
        answer = self.write()
        for _ in range(500):
            if answer.status_code != 200:
                break
            answer = self.write()
        assert answer.status_code == 503, answer.text
        assert str(check_problem(answer)["type"]).endswith(f"/{STORAGE_FULL.slug}")
        assert int(answer.headers["Retry-After"]) > 0
        for path in (DOCUMENT, "/v1/organizations?limit=5", "/v1/audit-events", "/readyz"):
            read = self._client.get(path)
            assert read.status_code == 200, read.text
        self.check_written()

    def check_goes_on(self) -> None:
        """Write again."""
        until = time.monotonic() + GOES_ON
        while (answer := self.write()).status_code != 200:
            assert time.monotonic() < until, answer.text
            time.sleep(0.1)
        self.check_written()

    def check_written(self) -> None:
        """What was acknowledged last is there."""
        assert self._client.get(DOCUMENT).json()["organization"]["name"] == self._written


def check_sound(url: str) -> None:
    """The file is sound, and nothing in it half done."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as opened:
        assert opened.execute("pragma integrity_check").fetchall() == [("ok",)]
    opened.close()
    store = Database(url)
    check_whole(store)
    store.close()


@contextmanager
def a_small_disk(megabytes: int) -> Iterator[Path]:
    """A file system of its own with so much room."""
    folder = Path(tempfile.mkdtemp(prefix="concord-disk-", dir="/tmp"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if mounted.returncode != 0:
        folder.rmdir()
        pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def fill(folder: Path) -> Path:
    """Take nearly all the room that is left."""
    found = os.statvfs(folder)
    file = folder / "filler"
    file.write_bytes(bytes(max(0, found.f_bavail * found.f_frsize - ROOM)))
    return file


def test_the_disk_of_sqlite_is_full() -> None:
    """A small file system."""
    with a_small_disk(16) as disk:
        url = f"sqlite:///{disk / 'concord.db'}"
        key = a_key(url)
        with serving(url) as served, Filling(served, key) as client:
            filler = fill(disk)
            client.check_full()

            filler.unlink()
            client.check_goes_on()
        check_sound(url)


def test_files_may_not_grow_on_sqlite() -> None:
    """A limit of the process, as a quota would be: some write fails in the middle, at any file."""
    with fresh("sqlite") as url, serving(url) as served, Filling(served, a_key(url)) as client:
        assert served.process is not None
        size = max(file.stat().st_size for file in Path(url.removeprefix("sqlite:///")).parent.iterdir())
        before = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (size + ROOM, resource.RLIM_INFINITY))
        client.check_full()

        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, before)
        client.check_goes_on()
        served.kill()
        check_sound(url)


def test_the_disk_of_postgresql_is_full() -> None:
    """That of the tables; a server that cannot write its log any more stops, and is away."""
    with a_small_disk(48) as disk, postgres() as server:
        place = disk / "tables"
        place.mkdir()
        server_user = pwd.getpwnam("pgserver")
        os.chown(place, server_user.pw_uid, server_user.pw_gid)
        server.run(f"create tablespace small location '{place}'")
        server.run("create database filled tablespace small")
        url = address(server.uri, "filled")
        key = a_key(url)
        with serving(url) as served, Filling(served, key) as client:
            filler = fill(disk)
            client.check_full()

            filler.unlink()
            client.check_goes_on()
        store = Database(url)
        check_whole(store)
        store.close()
