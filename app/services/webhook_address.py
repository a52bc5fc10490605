"""Where webhooks may go: addresses are read strictly, their hosts resolved by us, and all that they resolve to must be public."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import NamedTuple

import httpx

from app.domain.deliveries import Reason
from app.domain.faults import Fault, Path
from app.domain.networks import Address, address_of
from app.domain.public_addresses import is_public

PORTS = (443, 8443)
LONGEST = 2_048
"""Characters of an address."""

_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.(?!-)[a-z0-9_-]{1,63})*")

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port → the network addresses that its name has now. Raises OSError when it has none."""


class Undeliverable(Exception):
    """A message that cannot be handed over, and why."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)


class Target(NamedTuple):
    """Where a message goes: the address in its normal form, and its parts as one reader read them.

    `authority`: host and port as the `Host` header names them; `host`: as the certificate does; `path`: with the query.
    """

    url: str
    authority: str
    host: str
    port: int
    path: str


def target(url: str, *, allow_private: bool = False) -> Target | None:
    """The address as it is used; None for one that is never connected to.

    It must be https, on port 443 or 8443, without user name or fragment, at most 2,048 characters. What a name resolves to is not looked
    at: that is done at each delivery, by `public_addresses`. `allow_private` is for tests, which listen on any port of this machine.
    """
    if len(url) > LONGEST or not url.isprintable():
        return None
    try:
        read = httpx.URL(url)
        host, port = read.raw_host.decode("ascii"), 443 if read.port is None else read.port
    except (httpx.InvalidURL, ValueError):
        return None
    if read.scheme != "https" or read.userinfo or "#" in url:
        return None
    if not (allow_private or (port in PORTS and _may_be_public(host))):
        return None
    return Target(str(read), read.netloc.decode("ascii"), host, port, read.raw_path.decode("ascii"))


def address_faults(url: object, path: Path) -> list[Fault]:
    """What is wrong with the address of a webhook at a place of a body."""
    fits = isinstance(url, str) and target(url) is not None
    return [] if fits else [Fault(path, "bad_form", url, "webhook_address")]


def addresses(target: Target, resolve: Resolve, seconds: float) -> list[Address]:
    """What the host resolves to now, for at most `seconds`. Raises Undeliverable when it has no address or does not answer in time."""
    found = [ip_address(text) for text in _resolved(target, resolve, seconds)]
    if not found:
        raise Undeliverable("name_unknown")
    return list(dict.fromkeys(found))


def public_addresses(target: Target, resolve: Resolve, seconds: float) -> list[Address]:
    """The same, where every address is public. Raises Undeliverable even when only one of several is not."""
    found = addresses(target, resolve, seconds)
    if not all(is_public(address) for address in found):
        raise Undeliverable("address_refused")
    return found


def resolve_by_system(host: str, port: int) -> list[str]:
    """What the system's resolver says, in the order in which it should be tried."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(entry[4][0]) for entry in found]


def _may_be_public(host: str) -> bool:
    """Whether a host is a name that others may know, or a network address that is public."""
    address = address_of(host)
    return bool(_NAME.fullmatch(host)) and not host.endswith(_OURS) if address is None else is_public(host)


_OURS = ("localhost", ".local", ".internal", ".home.arpa")
"""Ends of names that mean another machine to everybody who says them (RFC 6761, 6762, 8375)."""


def _resolved(target: Target, resolve: Resolve, seconds: float) -> Sequence[str]:
    """Resolvers cannot be told when to stop; one that does not answer is left behind in its thread."""
    answers: list[Sequence[str]] = []

    def ask() -> None:
        try:
            answers.append(resolve(target.host, target.port))
        except (OSError, UnicodeError):
            answers.append(())

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not answers:
        raise Undeliverable("timed_out")
    return answers[0]
