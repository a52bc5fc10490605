"""A cheap client for benchmarks: requests that were written beforehand, over connections that stay open, from a process of its own.

    python -m tests.bench.http_load < runs.json > measured.json

Runs are done one after the other. One without a rate sends a request as soon as the one before it is answered; one with a rate sends at
fixed instants, whether or not answers have come, and counts the time that a request waits for a free connection as the server's.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle
from typing import Any, NamedTuple, TypedDict

CONNECTIONS = 16

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length: "


class Run(TypedDict):
    """What to send where, for how long. `requests`: for each connection those that it sends in turn; `rate`: requests a second, or None."""

    port: int
    requests: Sequence[Sequence[str]]
    seconds: float
    rate: float | None


class Measured(NamedTuple):
    """Requests that were answered in a second, and the time that 99 of 100 did not exceed, in milliseconds."""

    per_second: float
    p99: float


class _Connection(asyncio.Protocol):
    """Sends a request when it is told to, and says when its answer has come whole."""

    def __init__(self, requests: Sequence[str], load: _Load) -> None:
        self._requests: Iterator[bytes] = cycle([request.encode() for request in requests])
        self._load, self._got, self._since = load, b"", 0.0
        self._transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def send(self, since: float) -> None:
        """Send the next request; its time counts from that instant."""
        self._since = since
        self._transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, end, body = self._got.partition(_END_OF_HEAD)
        if not end or len(body) < int(head.lower().partition(_LENGTH)[2].partition(b"\r")[0]):
            return
        if not head.startswith(b"HTTP/1.1 200 "):
            self._load.failed = self._got.decode()
        self._got = b""
        self._load.answered(self, self._since)

    def connection_lost(self, error: Exception | None) -> None:
        if not self._load.is_over:
            self._load.failed = f"the server hung up: {error}"


class _Load:
    """One run."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.failed: str | None = None
        self.is_over = False
        self._taken: list[float] = []
        self._free: deque[_Connection] = deque()
        self._waiting: deque[float] = deque()

    async def measured(self) -> Measured:
        """Do it; the first fifth of the time is not counted."""
        loop = asyncio.get_running_loop()
        for requests in self._run["requests"]:
            connection = _Connection(requests, self)
            await loop.create_connection(partial(_same, connection), "127.0.0.1", self._run["port"])
            self._free.append(connection)
        opened = list(self._free)
        await self._drive(self._run["seconds"] / 4)
        self._taken.clear()
        started = time.perf_counter()
        await self._drive(self._run["seconds"])
        per_second = len(self._taken) / (time.perf_counter() - started)
        taken = sorted(self._taken)
        self.is_over = True
        for connection in opened:
            connection._transport.close()
        return Measured(per_second, 1000 * taken[int(0.99 * len(taken))])

    async def _drive(self, seconds: float) -> None:
        """Send for so long."""
        start = time.perf_counter()
        sent = 0
        while (now := time.perf_counter()) < start + seconds:
            if self.failed is not None:
                raise RuntimeError(self.failed)
            rate = self._run["rate"]
            if rate is None:
                self._waiting.extend([now] * len(self._free))
            else:
                while start + sent / rate <= now:
                    self._waiting.append(start + sent / rate)
                    sent += 1
            self._hand_out()
            await asyncio.sleep(0.05 if rate is None else max(0.0, start + sent / rate - time.perf_counter()))

    def answered(self, connection: _Connection, since: float) -> None:
        """An answer has come."""
        now = time.perf_counter()
        self._taken.append(now - since)
        if self._run["rate"] is None:
            connection.send(now)
        else:
            self._free.append(connection)
            self._hand_out()

    def _hand_out(self) -> None:
        while self._free and self._waiting:
            self._free.popleft().send(self._waiting.popleft())


def _same(connection: _Connection) -> _Connection:
    return connection


async def _all(runs: Sequence[Run]) -> list[Measured]:
    return [await _Load(run).measured() for run in runs]


if __name__ == "__main__":
    json.dump(asyncio.run(_all(json.load(sys.stdin))), sys.stdout)
