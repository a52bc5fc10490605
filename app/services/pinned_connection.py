"""Connections to network addresses that were checked before, within a budget of time and bytes.

The HTTP library is given the name of the host, which it puts into the request, the TLS greeting and the check of the certificate; what is
really dialled are the addresses given here. So a name that resolves to something else meanwhile leads nowhere else.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from app.domain.networks import Address


class TooMuch(Exception):
    """More bytes came than are read."""


class NotTrusted(Exception):
    """The other side speaks no TLS, or its certificate is not valid for the name."""


class Budget:
    """What one exchange may take: seconds until the connection stands, seconds in all, bytes that are read."""

    def __init__(self, *, connect: float, total: float, most_bytes: int, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._started = clock()
        self._connect, self._total = connect, total
        self._bytes = most_bytes

    @property
    def spent(self) -> float:
        """Seconds since the beginning."""
        return self._clock() - self._started

    def to_connect(self) -> float:
        """Seconds left until the connection must stand. Raises ConnectTimeout when there are none."""
        return self._left(self._connect, httpcore.ConnectTimeout)

    def to_write(self) -> float:
        """Seconds left for sending. Raises WriteTimeout when there are none."""
        return self._left(self._total, httpcore.WriteTimeout)

    def to_read(self) -> float:
        """Seconds left for the answer. Raises ReadTimeout when there are none."""
        return self._left(self._total, httpcore.ReadTimeout)

    def readable(self, most: int) -> int:
        """How many bytes may be read of at most so many. Raises TooMuch when there are none."""
        if self._bytes <= 0:
            raise TooMuch
        return min(most, self._bytes)

    def read(self, count: int) -> None:
        """Note bytes that were read."""
        self._bytes -= count

    def _left(self, limit: float, over: type[httpcore.TimeoutException]) -> float:
        left = limit - self.spent
        if left <= 0:
            raise over
        return left


class PinnedNetwork(httpcore.NetworkBackend):
    """Dials the given addresses, one after the other, whatever host is asked for."""

    def __init__(self, addresses: Sequence[Address], budget: Budget) -> None:
        self._network = httpcore.SyncBackend()
        self._addresses = addresses
        self._budget = budget

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that answers; each gets an equal part of the time that is left."""
        *others, last = self._addresses
        for place, address in enumerate(others):
            share = self._budget.to_connect() / (len(self._addresses) - place)
            try:
                return self._dial(address, port, share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._dial(last, port, self._budget.to_connect())

    def _dial(self, address: Address, port: int, seconds: float) -> httpcore.NetworkStream:
        return _Watched(self._network.connect_tcp(str(address), port, timeout=seconds), self._budget)


class _Watched(httpcore.NetworkStream):
    """A stream that keeps to its budget, however slowly or much the other side sends."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come, at most what the budget leaves."""
        data = self._stream.read(self._budget.readable(max_bytes), timeout=self._budget.to_read())
        self._budget.read(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._stream.write(buffer, timeout=self._budget.to_write())

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same stream, encrypted, once the certificate was found valid for the name. Raises NotTrusted when it is not."""
        try:
            encrypted = self._stream.start_tls(ssl_context, server_hostname, timeout=self._budget.to_connect())
        except httpcore.ConnectError as failed:
            if isinstance(failed.__cause__, ssl.SSLError):
                raise NotTrusted from failed
            raise
        return _Watched(encrypted, self._budget)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)
