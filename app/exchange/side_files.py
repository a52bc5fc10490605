"""Files beside the documents that audits read: settings, waivers, baselines. Whatever is wrong with one is told with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from app.domain.errors import DocumentInvalid
from app.domain.faults import Fault, Path, invalid
from app.exchange.flaws import Unreadable, refused
from app.exchange.source import Source


def side_file(data: bytes, name: str) -> Source:
    """The values of a TOML, JSON or YAML file, by its name. Raises DocumentInvalid."""
    if name.lower().endswith(".toml"):
        return _toml(data, name)
    from app.exchange.read import read

    return read(data, name, "json" if name.lower().endswith(".json") else "yaml")


@contextmanager
def located(source: Source) -> Iterator[None]:
    """Problems that arise within are told with their places in the file."""
    try:
        yield
    except DocumentInvalid as error:
        raise source.located(error) from None


def listed(raw: Any, member: str) -> tuple[list[Any], Path]:
    """A list that is the whole file, or that stands under a member; and its path."""
    if isinstance(raw, list):
        return raw, ()
    if isinstance(raw, Mapping) and isinstance(raw.get(member), list):
        return raw[member], (member,)
    raise invalid([Fault((), "wrong_type", raw, "list")])


def _toml(data: bytes, name: str) -> Source:
    from app.exchange.toml_text import read_toml

    try:
        reading = read_toml(data)
    except Unreadable as unreadable:
        raise refused(name, unreadable.flaws) from None
    return Source(name, reading.raw, "toml", reading.places)
