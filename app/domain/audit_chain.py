"""The chain of audit events: each carries the hash of the one before, so that a change, a gap or a swap shows.

The hash of an event is SHA-256 over the hash before it and the event's canonical JSON (RFC 8785). Chains begin with `GENESIS`, one for
each workspace.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from app.domain.canonical import canonical_text

GENESIS = "0" * 64


class AuditEvent(NamedTuple):
    """Who did what to what, when; `before` and `after` are content hashes of the target. Events of a workspace are numbered from 1."""

    number: int
    at: datetime
    actor: str
    credential: str
    action: str
    target: str
    request_id: str | None = None
    before: str | None = None
    after: str | None = None


class Link(NamedTuple):
    """An event as it is stored, with the hashes that tie it to its neighbours."""

    event: AuditEvent
    previous: str
    hash: str


def hash_of(event: AuditEvent, previous: str) -> str:
    """The hash that an event carries, 64 hexadecimal digits, when `previous` is that of the event before."""
    at = event.at.astimezone(UTC)
    said = event._replace(at=None)._asdict() | {"at": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"}  # type: ignore[arg-type]
    return hashlib.sha256(f"{previous}\n{canonical_text(said)}".encode()).hexdigest()


def first_broken(links: Iterable[Link]) -> int | None:
    """The number that the first event which does not fit should have, None when the whole chain holds."""
    previous, expected = GENESIS, 1
    for link in links:
        if link.event.number != expected or link.previous != previous or link.hash != hash_of(link.event, previous):
            return expected
        previous, expected = link.hash, expected + 1
    return None
