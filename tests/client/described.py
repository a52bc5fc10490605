"""Every operation of the client, described with an argument for each of its parameters."""

from __future__ import annotations

import inspect
from collections.abc import Generator, Iterator
from datetime import UTC, date, datetime
from types import NoneType
from typing import Any, NamedTuple, get_args, get_type_hints

from app.client import Client, Thing
from app.client.exchange import Request
from app.client.knowledge import Kind
from app.client.operations import Group, Listing, Operation, Query

SAMPLES: dict[str, Any] = {
    "document": {"concord": 1},
    "said": {"key": "x"},
    "changes": {"name": "x"},
    "data": b"x",
    "media_type": "application/yaml",
    "rule": {"id": "ACM101"},
    "file": {"pack": {}},
}
"""Arguments that a type alone does not tell."""


class Described(NamedTuple):
    """An operation of the client, and a request that it makes."""

    name: str
    request: Request


def described() -> Iterator[Described]:
    """Every operation of every group with the first request that it makes."""
    with Client("http://concord.test", "key") as client:
        for group_name, group in vars(client).items():
            if not isinstance(group, Group):
                continue
            for name, member in inspect.getmembers_static(type(group)):
                if isinstance(member, Operation | Listing):
                    for arguments in _arguments(member.describe):
                        yield Described(f"{group_name}.{name}", _request(member.describe(group, **arguments)))


def things() -> list[type[Thing]]:
    """Every class of things that has a schema."""
    return sorted((kind for kind in _below(Thing) if kind.SCHEMA), key=lambda kind: kind.__name__)


def _below(kind: type[Thing]) -> Iterator[type[Thing]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from _below(inner)


def _request(told: Query[Any] | Generator[Any, Any, Any]) -> Request:
    return told.request if isinstance(told, Query) else next(told)


def _arguments(describe: Any) -> Iterator[dict[str, Any]]:
    """Arguments for every parameter; for what there is to look up, of each kind."""
    hints = get_type_hints(describe)
    parameters = [name for name in inspect.signature(describe).parameters if name not in ("self", "filters")]
    known = {
        name: SAMPLES.get(name, _sample(hints[name])) for name in parameters if name != "kind" or hints[name] != Kind
    }
    known.pop("of", None)
    kinds = get_args(Kind) if hints.get("kind") == Kind else (None,)
    for kind in kinds:
        yield known if kind is None else {**known, "kind": kind}


def _sample(hint: Any) -> Any:
    options = [each for each in get_args(hint) if each is not NoneType] or [hint]
    for kind, value in ((bool, True), (int, 1), (float, 1.0), (str, "x"), (bytes, b"x")):
        if options[0] is kind and hint is not Any and not str(hint).startswith("collections.abc.Sequence"):
            return value
    if datetime in options:
        return datetime(2026, 1, 1, tzinfo=UTC)
    if date in options:
        return date(2026, 1, 1)
    if "Sequence[int]" in str(hint):
        return [1]
    if "Sequence[datetime.date]" in str(hint):
        return [date(2026, 1, 1)]
    if "Sequence" in str(hint):
        return ["x"]
    if "Callable" in str(hint):
        return None
    return {"x": "y"}
