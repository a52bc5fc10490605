"""Names in a document that must exist, that are listed twice, and periods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.domain.document.view import Item, titles
from app.domain.faults import Fault


def reference(item: Item, member: str, known: Mapping[str, Item], code: str) -> Iterator[Fault]:
    """A fault where a member names what does not exist."""
    name = item.text(member)
    if name is not None and name not in known:
        yield Fault(item.at(member), code, name, options=titles(known))


def references(item: Item, member: str, known: Mapping[str, Item], code: str) -> Iterator[Fault]:
    """The same for a list of names, and what is listed twice."""
    for place, name in item.texts(member):
        if name not in known:
            yield Fault(place, code, name, options=titles(known))
    yield from repeated(item, member)


def repeated(item: Item, member: str) -> Iterator[Fault]:
    """What a list of names holds twice."""
    seen: set[str] = set()
    for place, name in item.texts(member):
        if name in seen:
            yield Fault(place, "duplicate_item", name)
        seen.add(name)


def period(item: Item) -> Iterator[Fault]:
    """Days out of order; days as documents write them compare as text."""
    effective = item.part("effective")
    if effective is None:
        return
    start, end = effective.text("from"), effective.text("to")
    if start is not None and end is not None and len(start) == len(end) == 10 and end <= start:
        yield Fault(effective.at("to"), "dates_out_of_order", end, details={"start": start})
