"""Killed at any moment, the service and its database lose nothing that was acknowledged and leave nothing half done."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import httpx
import pytest

from app.domain.pages import Wanted
from app.services import jobs
from app.storage.database import Database
from tests.counts import costly
from tests.databases import fresh
from tests.faults.postgres import postgres
from tests.faults.served import Served, a_key, serving
from tests.faults.whole import check_whole, reader
from tests.faults.writers import SHARED, Round, Writer, a_company

pytestmark = pytest.mark.slow

CLIENTS = 4
"""Clients that write at the same time."""

KILLS_OF_A_PART = 20
"""Kills after which the clients write to another service, so that looking at all that it keeps stays quick."""

SECONDS = (0.05, 1.5)
"""How long they write before the kill."""

JOBS_END = 180
"""Seconds that jobs may take to end after the last kill: those of a killed worker are taken over when its lease ends."""


def parts(kills: int) -> list[tuple[int, int]]:
    """So many kills, in parts: the number of each, and its kills."""
    return [(seed, min(KILLS_OF_A_PART, kills - begun)) for seed, begun in enumerate(range(0, kills, KILLS_OF_A_PART))]


@pytest.mark.parametrize(("seed", "kills"), parts(costly(200)))
def test_the_service_is_killed_on_sqlite(seed: int, kills: int) -> None:
    """While clients write parts and documents, import, and ask for analyses."""
    with fresh("sqlite") as url, serving(url) as served:

        def kill(number: int) -> None:
            served.kill()
            if number % 10 == 9:
                served.begin()
                time.sleep(random.Random(number).uniform(0.3, 3))
                served.kill()

        kill_again_and_again(url, served, kills, kill, seed)


@pytest.mark.parametrize(("seed", "kills"), parts(costly(100)))
def test_the_service_and_its_server_are_killed_on_postgresql(seed: int, kills: int) -> None:
    """The service and then the server, or the server alone: then the service goes on by itself."""
    with postgres() as server:
        url = server.database()
        with serving(url) as served:

            def kill(number: int) -> None:
                if number % 2:
                    served.kill()
                server.kill()
                server.start()

            kill_again_and_again(url, served, kills, kill, seed)


def kill_again_and_again(url: str, served: Served, kills: int, kill: Callable[[int], None], seed: int) -> None:
    """Let clients write to a workspace through so many kills, and look at all of it after each."""
    workspace, chance = f"kills-{seed}", random.Random(seed)
    key, store = a_key(url, workspace), Database(url)
    caller = reader(store, workspace)
    document = f"{served.address}/v1/organizations/{SHARED}/document"
    made = httpx.put(document, json=a_company(SHARED), headers={"Authorization": f"Bearer {key}"}, timeout=30)
    assert made.status_code == 201, made.text
    writers = [Writer(f"w{number}", served.address, key, seed * 100 + number) for number in range(CLIENTS)]
    for number in range(kills):
        writing = Round(writers)
        time.sleep(chance.uniform(*SECONDS))
        kill(number)
        writing.end()
        check_whole(store, workspace)
        for writer in writers:
            writer.check(store, caller)
        if served.is_running:
            served.wait()
        else:
            served.start()
    for writer in writers:
        writer.finish()
    until = time.monotonic() + JOBS_END
    while jobs.listed(store, caller, Wanted(filters={"status": ("queued", "running")})).items:
        assert time.monotonic() < until, "a job does not end"
        time.sleep(0.2)
    check_whole(store, workspace)
    for writer in writers:
        writer.check_once(store, caller)
    store.close()
