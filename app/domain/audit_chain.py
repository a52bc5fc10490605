"""The chain of audit events: each carries the hash of the one before, so that what was recorded cannot be changed or removed unseen.

The hash is SHA-256 over canonical JSON (members sorted, no white space, UTF-8) of the event's members, with `at` as RFC 3339 in UTC with
milliseconds, and `previous`, the hash before. Whoever exports events can recompute it with any JSON library.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, NamedTuple

GENESIS = "sha256:" + "0" * 64
"""Stands for the hash before the first event."""


class AuditEvent(NamedTuple):
    """Who did what, when. `number` counts from 1 without gaps; `before` and `after` are hashes of what was changed."""

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
    """An event as it is kept in the chain."""

    event: AuditEvent
    previous: str
    hash: str


class Head(NamedTuple):
    """Where a chain ends. A copy kept elsewhere later shows whether the chain was cut short or written anew."""

    number: int = 0
    hash: str = GENESIS


BEGINNING = Head()
"""Before the first event."""

Fault = Literal["missing", "out_of_order", "unchained", "changed", "cut_short"]
"""An event is absent before this one · it stands where it does not belong · it names another event before it · its content is not what
was hashed · events at the end are absent, or are others than were recorded."""


class Broken(NamedTuple):
    """The first place at which a chain does not hold."""

    number: int
    fault: Fault


def hash_of(event: AuditEvent, previous: str) -> str:
    """The hash of an event that follows the one with the hash `previous`. What is below a millisecond does not count."""
    members = {**event._asdict(), "at": _instant(event.at), "previous": previous}
    canonical = json.dumps(members, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return "sha256:" + hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def verify(links: Iterable[Link], head: Head | None = None, *, after: Head = BEGINNING) -> Broken | None:
    """The first place at which the chain does not hold, None when it holds throughout.

    `links` come in the order of their numbers, all that follow `after`, which is where the chain begins unless a part of it was verified
    before. `head` is where the chain is known to end: without it, events that were taken off the end cannot be missed.
    """
    for link in links:
        if fault := _fault(link, after):
            return Broken(link.event.number, fault)
        after = Head(link.event.number, link.hash)
    return Broken(after.number + 1, "cut_short") if head is not None and head != after else None


def _fault(link: Link, before: Head) -> Fault | None:
    if link.event.number > before.number + 1:
        return "missing"
    if link.event.number <= before.number:
        return "out_of_order"
    if link.previous != before.hash:
        return "unchained"
    return None if link.hash == hash_of(link.event, link.previous) else "changed"


def _instant(at: datetime) -> str:
    utc = at.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"
