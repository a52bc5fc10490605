"""Days with what happens on them → a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

MOST_OCTETS = 75
"""Of a line without its end (RFC 5545 §3.1)."""
MADE_BY = "-//Concord//Roadmap//EN"

_ESCAPED = re.compile(r"[\\;,]")
_ENDS = re.compile(r"\r\n|\r|\n")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Event(NamedTuple):
    """Something that takes whole days. `uid`: the same each time that the file is made; `ends_on`: the first day after it."""

    uid: str
    begins_on: date
    ends_on: date
    title: str
    text: str
    categories: tuple[str, ...]
    address: str


def calendar_file(name: str, events: Iterable[Event], made_at: datetime, version: int) -> bytes:
    """The calendar. `made_at`, `version`: of the state that it shows, so that readers know the later of two."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MADE_BY}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(name)}")
    for event in events:
        lines += _event(event, made_at, version)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def folded(line: str) -> bytes:
    """A content line in pieces of at most 75 octets; no letter is cut in two."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        octets = letter.encode()
        room = MOST_OCTETS - (1 if pieces else 0)
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join((*pieces, piece)) + b"\r\n"


def _event(event: Event, made_at: datetime, version: int) -> Iterator[str]:
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{version}"
    yield f"DTSTART;VALUE=DATE:{event.begins_on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.ends_on:%Y%m%d}"
    yield f"SUMMARY:{_text(event.title)}"
    yield f"DESCRIPTION:{_text(event.text)}"
    yield f"CATEGORIES:{','.join(map(_text, event.categories))}"
    yield f"URL:{event.address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    escaped = _ESCAPED.sub(lambda sign: f"\\{sign[0]}", text)
    return _CONTROLS.sub("", _ENDS.sub(r"\\n", escaped))
