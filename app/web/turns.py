"""Audits take turns: a few are computed at once, some wait, and what is beyond is refused at once rather than late."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, ParamSpec, TypeVar

import anyio
from anyio.to_thread import run_sync
from fastapi import Depends, Request

from app.web.problem_types import OVERLOADED
from app.web.problems import Refused

P = ParamSpec("P")
T = TypeVar("T")

RETRY_AFTER = 5
"""Seconds."""


class Turns:
    """Runs work in threads, so that nothing blocks the loop: `at_once` at the same time, while at most `waiting` wait."""

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._limiter = anyio.CapacityLimiter(at_once)
        self._most = at_once + waiting
        self._inside = 0

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do the work when its turn comes; raises Refused (503) when too much waits already."""
        if self._inside >= self._most:
            raise Refused(OVERLOADED, headers={"Retry-After": str(RETRY_AFTER)})
        self._inside += 1
        try:
            return await run_sync(partial(work, *args, **kwargs), limiter=self._limiter)
        finally:
            self._inside -= 1


async def the_turns(request: Request) -> Turns:
    """The turns of this application."""
    turns: Turns = request.app.state.turns
    return turns


async def most_goals(request: Request) -> int:
    """How many goals a document may have, so that its turn ends in good time."""
    most: int = request.app.state.most_goals
    return most


InTurn = Annotated[Turns, Depends(the_turns)]
MostGoals = Annotated[int, Depends(most_goals)]
