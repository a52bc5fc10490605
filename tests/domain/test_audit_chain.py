"""The chain of audit events."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.audit_chain import GENESIS, AuditEvent, Broken, Head, Link, hash_of, verify
from tests.counts import many

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

TEXTS = st.text(max_size=12)
EVENTS = st.builds(
    AuditEvent,
    number=st.just(0),
    at=st.integers(0, 10**9).map(lambda milliseconds: NOON + timedelta(milliseconds=milliseconds)),
    actor=TEXTS,
    credential=TEXTS,
    action=TEXTS,
    target=TEXTS,
    request_id=st.none() | TEXTS,
    before=st.none() | TEXTS,
    after=st.none() | TEXTS,
)
OTHER_VALUES: dict[str, Any] = {
    "at": lambda value: value + timedelta(milliseconds=1),
    "request_id": lambda value: None if value is not None else "",
    "before": lambda value: None if value is not None else "",
    "after": lambda value: None if value is not None else "",
}


def chained(events: list[AuditEvent]) -> list[Link]:
    """The events as they would be recorded, one after the other."""
    links: list[Link] = []
    for number, event in enumerate(events, 1):
        previous = links[-1].hash if links else GENESIS
        numbered = event._replace(number=number)
        links.append(Link(numbered, previous, hash_of(numbered, previous)))
    return links


def head_of(links: list[Link]) -> Head:
    return Head(links[-1].event.number, links[-1].hash) if links else Head()


CHAINS = st.lists(EVENTS, min_size=1, max_size=8).map(chained)


@settings(max_examples=many(1_000))
@given(CHAINS)
def test_what_was_recorded_verifies(links: list[Link]) -> None:
    """From the beginning, and from any place on that was verified before."""
    head = head_of(links)

    assert verify(links, head) is None
    assert all(verify(links[cut:], head, after=head_of(links[:cut])) is None for cut in range(len(links) + 1))


@settings(max_examples=many(2_000))
@given(CHAINS, st.data())
def test_any_change_is_found_where_it_was_made(links: list[Link], data: st.DataObject) -> None:
    """Whichever member of whichever event was changed, even from nothing to an empty text."""
    place = data.draw(st.integers(0, len(links) - 1))
    member = data.draw(st.sampled_from(AuditEvent._fields[1:]))
    event = links[place].event
    other = OTHER_VALUES.get(member, lambda value: value + " ")(getattr(event, member))
    links[place] = links[place]._replace(event=event._replace(**{member: other}))

    assert verify(links) == Broken(place + 1, "changed")


@settings(max_examples=many(1_000))
@given(CHAINS, st.data())
def test_a_change_with_its_hash_made_anew_is_found_behind_it(links: list[Link], data: st.DataObject) -> None:
    """The next event still names the old hash, and so does the head."""
    place = data.draw(st.integers(0, len(links) - 1))
    head = head_of(links)
    changed = links[place].event._replace(actor=links[place].event.actor + "?")
    links[place] = Link(changed, links[place].previous, hash_of(changed, links[place].previous))

    last = place == len(links) - 1
    assert verify(links, head) == Broken(place + 2, "cut_short" if last else "unchained")


@settings(max_examples=many(1_000))
@given(CHAINS, st.data())
def test_any_removal_is_found(links: list[Link], data: st.DataObject) -> None:
    """Also of the last event, where the head is known; and when those that follow were numbered anew."""
    place = data.draw(st.integers(0, len(links) - 1))
    head, last = head_of(links), place == len(links) - 1
    del links[place]
    closed = [
        link._replace(event=link.event._replace(number=number)) if number > place else link
        for number, link in enumerate(links, 1)
    ]

    assert verify(links, head) == (Broken(place + 1, "cut_short") if last else Broken(place + 2, "missing"))
    assert verify(closed, head) == Broken(place + 1, "cut_short" if last else "unchained")


@settings(max_examples=many(1_000))
@given(st.lists(EVENTS, min_size=2, max_size=8).map(chained), st.data())
def test_any_swap_is_found(links: list[Link], data: st.DataObject) -> None:
    """Of the links, and of what two events say, each under the number of the other."""
    first = data.draw(st.integers(0, len(links) - 2))
    second = data.draw(st.integers(first + 1, len(links) - 1))
    swapped, exchanged = list(links), list(links)
    swapped[first], swapped[second] = links[second], links[first]
    exchanged[first] = links[first]._replace(event=links[second].event._replace(number=first + 1))
    exchanged[second] = links[second]._replace(event=links[first].event._replace(number=second + 1))

    assert verify(swapped) == Broken(second + 1, "missing")
    same = links[first].event[1:] == links[second].event[1:]
    assert verify(exchanged) == (None if same else Broken(first + 1, "changed"))


def test_an_event_that_is_told_twice_is_found() -> None:
    """It stands where it does not belong."""
    links = chained([AuditEvent(0, NOON, "ada", "key_1", "organization.created", "acme")] * 2)

    assert verify([*links, links[1]]) == Broken(2, "out_of_order")


@pytest.mark.parametrize("number", [0, -1, 2])
def test_a_chain_begins_with_one(number: int) -> None:
    """Whatever the hash says."""
    event = AuditEvent(number, NOON, "ada", "key_1", "organization.created", "acme")

    broken = verify([Link(event, GENESIS, hash_of(event, GENESIS))])

    assert broken == Broken(number, "missing" if number > 1 else "out_of_order")


def test_an_empty_chain_holds_unless_events_are_known() -> None:
    """Where all were removed, the first is missed."""
    assert verify([], Head()) is None
    assert verify([], Head(3, "sha256:" + "a" * 64)) == Broken(1, "cut_short")


def test_anybody_can_recompute_a_hash_from_what_the_api_shows() -> None:
    """Members sorted, no white space, UTF-8; an instant counts to the millisecond, in whatever zone it was."""
    berlin = NOON.astimezone(tz=None).replace(microsecond=120_987)
    event = AuditEvent(7, berlin, "Zoë", "key_1", "document.changed", "acme", None, "sha256:0a", "sha256:0b")

    told = (
        '{"action":"document.changed","actor":"Zoë","after":"sha256:0b","at":"2026-11-22T12:00:00.120Z","before":"sha256:0a",'
        '"credential":"key_1","number":7,"previous":"sha256:ff","request_id":null,"target":"acme"}'
    )
    assert json.loads(told)
    assert hash_of(event, "sha256:ff") == "sha256:" + hashlib.sha256(told.encode()).hexdigest()
