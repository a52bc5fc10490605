"""Settings for every test."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.counts import IN_FEW

settings.register_profile(
    "concord", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("concord")

MOST_CASES = 4
"""Cases of a test under `make quick`."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is read before the first test stays until the last: no garbage is looked for while it is read, nor in it afterwards."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Do not even read modules all of whose tests are slow when those are left out: reading takes time, too."""
    wholly_slow = ("\npytestmark = pytest.mark.slow", "\npytestmark = [pytest.mark.slow")
    if (
        IN_FEW
        and collection_path.suffix == ".py"
        and any(mark in collection_path.read_text("utf-8") for mark in wholly_slow)
    ):
        return True
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a test with many cases leave a few that are far from each other, where few are asked for."""
    if not IN_FEW:
        return
    cases = defaultdict[str, list[pytest.Item]](list)
    for item in items:
        cases[item.nodeid.partition("[")[0]].append(item)
    left = {item for of_one in cases.values() for item in of_one[:: -(-len(of_one) // MOST_CASES)]}
    config.hook.pytest_deselected(items=[item for item in items if item not in left])
    items[:] = [item for item in items if item in left]
