"""Things that the service tells of: JSON objects whose members are read as attributes, with their types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from app.client.exchange import Answer

S = TypeVar("S", bound="Thing")


class Thing(Mapping[str, Any]):
    """A JSON object as the service told it. The members that its class names are attributes: instants and days are parsed, what is left out
    is None or an empty list. All members, also those that this version does not know, are read as from a dictionary.

    `etag` is the entity tag of the state that it shows: given back in a change, it keeps anybody's work from being overwritten unseen.
    `address` is where the service keeps it, if it said so. `SCHEMA` names it in the OpenAPI document; members that are `READ_ONLY` the
    service sets, so that they are not sent back.
    """

    SCHEMA: ClassVar[str] = ""
    READ_ONLY: ClassVar[frozenset[str]] = frozenset()

    __slots__ = ("_data", "address", "etag")

    def __init__(self, data: Mapping[str, Any], etag: str | None = None, address: str | None = None) -> None:
        self._data = dict(data)
        self.etag = etag
        self.address = address

    @classmethod
    def of(cls: type[S], answer: Answer) -> S:
        """The thing that an answer shows."""
        return cls(answer.value, answer.etag, answer.headers.get("content-location") or answer.headers.get("location"))

    def having(self: S, **changes: Any) -> S:
        """The same with some members as given, on the same state; None takes a member away."""
        members = {name: value for name, value in {**self._data, **changes}.items() if value is not None}
        return type(self)(members, self.etag, self.address)

    @property
    def said(self) -> dict[str, Any]:
        """What is sent back of it."""
        return {name: value for name, value in self._data.items() if name not in self.READ_ONLY}

    def __getitem__(self, name: str) -> Any:
        return self._data[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing) and (type(self), self._data) == (type(other), other._data)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        named = next((name for name in ("key", "id", "fingerprint", "number") if name in self._data), None)
        return f"<{type(self).__name__}{f' {self._data[named]}' if named else ''}>"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name not in members(type(self)):
                raise AttributeError(f"{type(self).__name__} has no member {name!r}")
            return _as(members(type(self))[name], self._data.get(name))


@cache
def members(kind: type[Thing]) -> Mapping[str, Any]:
    """The members that a class names, with their types."""
    return {name: hint for name, hint in get_type_hints(kind).items() if get_origin(hint) is not ClassVar}


def _as(hint: Any, value: Any) -> Any:
    """A JSON value as the type of its member says."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return None if value is None else _as(next(each for each in get_args(hint) if each is not NoneType), value)
    if origin is list:
        (inner,) = get_args(hint)
        return [_as(inner, each) for each in value or ()]
    if origin is dict:
        _, inner = get_args(hint)
        return {name: _as(inner, each) for name, each in (value or {}).items()}
    if origin is Literal or value is None or not isinstance(hint, type):
        return value
    if issubclass(hint, Thing):
        return hint(value)
    if hint in (datetime, date):
        return hint.fromisoformat(value)
    return value


def said_of(thing: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is sent of a thing: of one that was read, without what the service sets."""
    return thing.said if isinstance(thing, Thing) else thing
