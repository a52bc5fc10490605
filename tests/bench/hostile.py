"""The slowest answer to a body that would take a service without bounds minutes, one after the other, and the memory that they take four at
once: `concord serve` on a new SQLite database, bodies of up to 25 MiB."""

from __future__ import annotations

from collections.abc import Iterator

import httpx

from app.routers.examples import DOCUMENT
from app.web.body import YAML
from tests.bench.timing import Ratio
from tests.contract.heavy import MEBI, ORGANIZATION, answered, heavy, most_memory
from tests.databases import fresh
from tests.faults.served import a_key, serving

SLOWEST = 5.0
"""Seconds."""
MOST = 512
"""Mebibytes beyond what ordinary requests take."""


def ratios() -> Iterator[Ratio]:
    """Both, once every body was sent to every operation that reads its kind."""
    with fresh("sqlite") as url:
        key = a_key(url)
        with serving(url) as served:
            address = f"{served.address}{ORGANIZATION}/document"
            headers = {"Authorization": f"Bearer {key}", "Content-Type": YAML}
            httpx.put(address, content=DOCUMENT, headers=headers, timeout=60).raise_for_status()
            before = most_memory(served)
            answered(served, key, list(heavy()))
            said = answered(served, key, list(heavy()), at_once=1)
            slowest = max(said, key=lambda one: one.seconds)
            more = (most_memory(served) - before) / MEBI
            yield Ratio(
                f"Slowest of {len(said)} hostile bodies: {slowest.what}", slowest.seconds, SLOWEST, "one second"
            )
            yield Ratio("Memory that they take, at most", more, MOST, "one mebibyte more than ordinary requests take")
