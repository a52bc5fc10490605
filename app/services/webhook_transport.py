"""Handing a message to a webhook's receiver: one signed POST over TLS to an address of the public internet, and what came of it.

Whoever may add a webhook names an address that *we* connect to, from within our own network. So nothing is taken on trust: the address is
read strictly, its host resolved here, every network address it has must be public, and it is these very addresses that are dialled.
Redirects are not followed, proxies of the environment not used, and neither a slow nor an endless answer holds us up.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import httpcore
import httpx

from app.domain.deliveries import Outcome, Reason
from app.services.pinned_connection import Budget, NotTrusted, PinnedNetwork, TooMuch
from app.services.webhook_address import (
    Resolve,
    Target,
    Undeliverable,
    addresses,
    public_addresses,
    resolve_by_system,
    target,
)
from app.services.webhook_signature import signed

SHOWN = 1_024
"""Bytes of an answer that are kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds until the connection stands, seconds in all, bytes that are read of an answer with its headers."""

    connect: float = 10
    total: float = 15
    most_bytes: int = 64 * 1024


class WebhookTransport:
    """Delivers messages, each over a connection of its own; can be shared by threads.

    `trust`: whose certificates are believed, None for those that the system and `SSL_CERT_FILE` name. `allow_private` lets tests deliver
    to servers on this machine, on any port. It is an argument and nothing else: no setting leads here, and a test refuses code of the
    service that gives it.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = resolve_by_system,
        trust: ssl.SSLContext | None = None,
        limits: Limits = Limits(),
        clock: Callable[[], float] = time.monotonic,
        allow_private: bool = False,
    ) -> None:
        self._resolve = resolve
        self._given_trust = trust
        self._limits = limits
        self._clock = clock
        self._allow_private = allow_private

    def deliver(self, url: str, message_id: str, body: bytes, secrets: Sequence[str], at: datetime) -> Outcome:
        """Send a message once; never raises for what the address, the network or the receiver does.

        `body`: JSON in UTF-8; `secrets`: those that sign, the newest first; `at`: the present instant, which is signed too.
        """
        limits = self._limits
        budget = Budget(connect=limits.connect, total=limits.total, most_bytes=limits.most_bytes, clock=self._clock)
        try:
            where = target(url, allow_private=self._allow_private)
            if where is None:
                raise Undeliverable("address_refused")
            checked = addresses if self._allow_private else public_addresses
            network = PinnedNetwork(checked(where, self._resolve, budget.to_connect()), budget)
            headers = {"Host": where.authority, **_HEADERS, **signed(message_id, at, body, secrets)}
            return self._exchange(where, network, headers, body, budget)
        except Undeliverable as failed:
            return Outcome(budget.spent, reason=failed.reason)
        except _FAILURES as failed:
            return Outcome(budget.spent, reason=_reason(failed))

    def _exchange(
        self, where: Target, network: PinnedNetwork, headers: Mapping[str, str], body: bytes, budget: Budget
    ) -> Outcome:
        url = httpcore.URL(scheme="https", host=where.host, port=where.port, target=where.path)
        with (
            httpcore.ConnectionPool(ssl_context=self._trust, network_backend=network) as pool,
            pool.stream("POST", url, headers=list(headers.items()), content=body) as response,
        ):
            answer = _beginning(response)
            retry_after = next((value for name, value in response.headers if name.lower() == b"retry-after"), None)
            return Outcome(
                seconds=budget.spent,
                status=response.status,
                answer=_readable(answer),
                retry_after=None if retry_after is None else retry_after[:100].decode("latin-1"),
            )

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return self._given_trust or httpx.create_ssl_context()


_FAILURES = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, NotTrusted, TooMuch)

_HEADERS = {
    "Content-Type": "application/json",
    "User-Agent": "Concord-Webhooks",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


def _beginning(response: httpcore.Response) -> bytes:
    """What is kept of an answer's body. Its status is known by then, and counts however the body goes on."""
    beginning = b""
    with suppress(*_FAILURES):
        for piece in response.iter_stream():
            beginning += piece[: SHOWN - len(beginning)]
    return beginning


def _readable(answer: bytes) -> str:
    """As text that can be kept and shown anywhere."""
    text = answer.decode("utf-8", "replace")
    return "".join(character if character.isprintable() or character in "\n\t" else "\ufffd" for character in text)


def _reason(failed: Exception) -> Reason:
    if isinstance(failed, httpcore.TimeoutException):
        return "timed_out"
    if isinstance(failed, httpcore.NetworkError):
        return "not_reached"
    return "not_trusted" if isinstance(failed, NotTrusted) else "not_http"
