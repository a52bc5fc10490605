"""Audits take turns."""

from __future__ import annotations

import asyncio
import threading

import pytest

from app.web.problems import Refused
from app.web.turns import Turns


def test_no_more_work_runs_at_once_than_may() -> None:
    """The rest waits."""
    running, most, lock = 0, 0, threading.Lock()
    both = threading.Barrier(2, timeout=10)

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        both.wait()
        with lock:
            running -= 1

    async def six() -> None:
        turns = Turns(at_once=2, waiting=4)
        await asyncio.gather(*(turns.run(work) for _ in range(6)))

    asyncio.run(six())

    assert most == 2


def test_what_cannot_wait_is_refused_at_once() -> None:
    """With the seconds after which it is worth asking again; what waits is done."""
    gate = threading.Event()

    async def three() -> list[object]:
        turns = Turns(at_once=1, waiting=1)
        first, second = asyncio.create_task(turns.run(gate.wait, 10)), asyncio.create_task(turns.run(gate.wait, 10))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        with pytest.raises(Refused) as refused:
            await turns.run(gate.wait, 10)
        gate.set()
        return [refused.value, await first, await second]

    refused, *done = asyncio.run(three())

    assert isinstance(refused, Refused)
    assert (refused.type.status, refused.headers) == (503, {"Retry-After": "5"})
    assert done == [True, True]


def test_a_turn_ends_when_the_work_fails() -> None:
    """A failure takes no turn away from others."""

    async def twice() -> int:
        turns = Turns(at_once=1, waiting=0)
        with pytest.raises(ZeroDivisionError):
            await turns.run(lambda: 1 // 0)
        return await turns.run(lambda: 7)

    assert asyncio.run(twice()) == 7
