"""How operations are described, once, for both clients: a method that is decorated describes what is asked; the client that its group
belongs to asks it at once (`Sync`) or gives something to await (`Async`)."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, overload
from uuid import uuid4

from app.client.exchange import JSON, MERGE_PATCH, Answer, Flow, Patience, Request, as_json, exchange, own_path
from app.client.things import Thing


class Sync:
    """Groups of a client that waits."""


class Async:
    """Groups of a client that is awaited."""


M = TypeVar("M", Sync, Async)
P = ParamSpec("P")
T = TypeVar("T")
K = TypeVar("K", bound=Thing)

Asked = dict[str, Any]
"""Parameters of a query, and how a request is made."""


class Waiting(Protocol):
    """A client that carries out flows, and waits for each."""

    patience: Patience

    def run(self, flow: Flow[T]) -> T:
        """Carry out what a flow wants, until it ends."""


class Awaited(Protocol):
    """A client whose flows are awaited."""

    patience: Patience

    async def run(self, flow: Flow[T]) -> T:
        """Carry out what a flow wants, until it ends."""


class Group(Generic[M]):
    """Operations that belong together."""

    def __init__(self, client: Waiting | Awaited) -> None:
        self.client: Any = client

    @property
    def patience(self) -> Patience:
        """How long the client bears with the service."""
        patience: Patience = self.client.patience
        return patience

    def ask(self, request: Request) -> Flow[Answer]:
        """The answer to a request. Raises Problem, NoAnswer."""
        return exchange(request, self.patience)

    def one(self, kind: type[K], request: Request) -> Flow[K]:
        """The thing that a request is answered with."""
        return kind.of((yield from self.ask(request)))

    def nothing(self, request: Request) -> Flow[None]:
        """A request that is answered without a body."""
        yield from self.ask(request)

    def file(self, request: Request) -> Flow[bytes]:
        """The bytes that a request is answered with."""
        return (yield from self.ask(request)).content


class Operation(Generic[P, T]):
    """An operation of a group."""

    def __init__(self, describe: Callable[Concatenate[Any, P], Flow[T]]) -> None:
        self.describe = describe
        self.__doc__ = describe.__doc__

    @overload
    def __get__(self, group: None, owner: type) -> Operation[P, T]: ...
    @overload
    def __get__(self, group: Group[Sync], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, group: Group[Async], owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...

    def __get__(self, group: Group[Any] | None, owner: type) -> Any:
        if group is None:
            return self

        @functools.wraps(self.describe)
        def call(*positional: P.args, **named: P.kwargs) -> Any:
            return group.client.run(self.describe(group, *positional, **named))

        return call


@dataclass(frozen=True, slots=True)
class Query(Generic[K]):
    """A list that is paged through: of what, and how its first page is asked for."""

    kind: type[K]
    request: Request


@dataclass(frozen=True, slots=True)
class Page(Generic[K]):
    """A page of a list. `next` asks for the following one; the last has none. `total`: only where `count` asks for it."""

    items: list[K]
    next: Request | None
    total: int | None = None


class Listing(Generic[P, K]):
    """An operation of a group that lists."""

    def __init__(self, describe: Callable[Concatenate[Any, P], Query[K]]) -> None:
        self.describe = describe
        self.__doc__ = describe.__doc__

    @overload
    def __get__(self, group: None, owner: type) -> Listing[P, K]: ...
    @overload
    def __get__(self, group: Group[Sync], owner: type) -> Callable[P, Pages[K]]: ...
    @overload
    def __get__(self, group: Group[Async], owner: type) -> Callable[P, AsyncPages[K]]: ...

    def __get__(self, group: Group[Any] | None, owner: type) -> Any:
        if group is None:
            return self

        @functools.wraps(self.describe)
        def call(*positional: P.args, **named: P.kwargs) -> Any:
            return group.client.pages(group, self.describe(group, *positional, **named))

        return call


class Pages(Generic[K]):
    """Everything that a list holds, page by page as it is iterated over; each iteration asks anew."""

    def __init__(self, client: Waiting, group: Group[Any], query: Query[K]) -> None:
        self._client, self._group, self._query = client, group, query

    def __iter__(self) -> Iterator[K]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[K]]:
        """The pages as they come."""
        wanted: Request | None = self._query.request
        while wanted is not None:
            page = self._client.run(page_of(self._group, self._query.kind, wanted))
            yield page
            wanted = page.next

    def first(self) -> K | None:
        """The first thing that the list holds; None when there is none."""
        return next(iter(self), None)


class AsyncPages(Generic[K]):
    """Everything that a list holds, page by page as it is iterated over; each iteration asks anew."""

    def __init__(self, client: Awaited, group: Group[Any], query: Query[K]) -> None:
        self._client, self._group, self._query = client, group, query

    async def __aiter__(self) -> AsyncIterator[K]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[Page[K]]:
        """The pages as they come."""
        wanted: Request | None = self._query.request
        while wanted is not None:
            page = await self._client.run(page_of(self._group, self._query.kind, wanted))
            yield page
            wanted = page.next

    async def first(self) -> K | None:
        """The first thing that the list holds; None when there is none."""
        async for item in self:
            return item
        return None


def page_of(group: Group[Any], kind: type[K], wanted: Request) -> Generator[Any, Any, Page[K]]:
    """A page of a list, and how the next one is asked for."""
    told = (yield from group.ask(wanted)).value
    following = None
    if "next" in told:
        path, query = own_path(told["next"])
        following = replace(wanted, path=path.replace("{", "{{").replace("}", "}}"), names={}, query=query)
    return Page([kind(each) for each in told["items"]], following, told.get("total"))


def reading(operation: str, path: str, names: Mapping[str, object] | None = None, **query: Any) -> Request:
    """A request that changes nothing."""
    return Request(operation, "GET", path, names or {}, query, {"Accept": JSON})


def writing(
    operation: str,
    method: str,
    path: str,
    names: Mapping[str, object] | None = None,
    body: Any = None,
    *,
    media_type: str = JSON,
    if_match: str | None = None,
    create: bool = False,
    headers: Mapping[str, str] | None = None,
    **query: Any,
) -> Request:
    """A request that changes something. POST and PATCH get an `Idempotency-Key`, so that they can be sent again without being done again.

    `body`: a value that is sent as JSON, or bytes. `if_match`: the state that the change is based on, `*` for whatever it is; of a body
    that was read from the service it is known. `create`: only if there is no such thing.
    """
    said = {"Accept": JSON}
    if body is not None:
        said["Content-Type"] = media_type
    if method in ("POST", "PATCH"):
        said["Idempotency-Key"] = uuid4().hex
    if create:
        said["If-None-Match"] = "*"
    elif tag := if_match or (body.etag if isinstance(body, Thing) else None):
        said["If-Match"] = tag
    content = body if isinstance(body, bytes) or body is None else as_json(getattr(body, "said", body))
    return Request(operation, method, path, names or {}, query, {**said, **(headers or {})}, content)


def patching(
    operation: str,
    path: str,
    names: Mapping[str, object],
    changes: Mapping[str, Any],
    if_match: str | None = None,
    **query: Any,
) -> Request:
    """A merge patch: members as they are to be, None for those that are to go."""
    return writing(operation, "PATCH", path, names, changes, media_type=MERGE_PATCH, if_match=if_match, **query)


def flag(value: bool | None) -> str | None:
    """A flag whose no is not the same as saying nothing."""
    return None if value is None else str(value).lower()


def named(thing: str | Thing, by: str = "key") -> str:
    """The name of a thing that was given by it, or as itself."""
    return thing if isinstance(thing, str) else str(thing[by])


def state(thing: str | Thing, if_match: str | None) -> str | None:
    """The state that a change is based on: the one that is named, else the one in which the thing was read."""
    return if_match or (thing.etag if isinstance(thing, Thing) else None)
