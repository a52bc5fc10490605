"""A place of one's own: folders for logins and states, no variables of others, a running service to log in to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest

from tests.cli.runner import concord
from tests.databases import KINDS, fresh
from tests.faults.served import Served, a_key, serving


class Running(NamedTuple):
    """A process of the service, and the address of its database."""

    served: Served
    database_url: str


@pytest.fixture(scope="module", params=KINDS)
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    """A service as a process, on each database in turn."""
    with fresh(request.param) as url:
        a_key(url)
        with serving(url) as served:
            yield Running(served, url)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and folders of the user's own beside it."""
    for name in [name for name in os.environ if name.startswith("CONCORD_")]:
        monkeypatch.delenv(name)
    for kind in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def logged_in(running: Running, home: Path) -> Running:
    """Logged in to a workspace of one's own."""
    key = a_key(running.database_url, f"workspace-{uuid4().hex}")
    assert concord("login", running.served.address, stdin=f"{key}\n").status == 0
    return running
