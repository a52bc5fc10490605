"""The addresses of the service: a path is followed name by name to what can be done there, however many addresses there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

_KEY = "concord.place"


class Place(NamedTuple):
    """What a path leads to: the operations by method, and the values of the path's placeholders."""

    operations: dict[str, APIRoute]
    parameters: dict[str, str]


@dataclass(slots=True)
class _Node:
    """What follows on the way to addresses: names that are fixed, and what any other name stands for."""

    fixed: dict[str, _Node] = field(default_factory=dict)
    any: _Node | None = None
    operations: dict[str, APIRoute] = field(default_factory=dict)
    placeholders: tuple[str, ...] = ()


class Addresses:
    """The addresses of routes. Where a name is fixed in one template and a placeholder in another, the fixed one goes first."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._root = _Node()
        for route in routes:
            if isinstance(route, APIRoute):
                self._add(route)

    def find(self, path: str) -> Place | None:
        """What the path leads to, None when it leads nowhere."""
        return _followed(self._root, path.split("/"), 0, ())

    def _add(self, route: APIRoute) -> None:
        node, placeholders = self._root, []
        for name in route.path.split("/"):
            if name.startswith("{"):
                placeholders.append(name.strip("{}"))
                node.any = node = node.any or _Node()
            else:
                node = node.fixed.setdefault(name, _Node())
        node.operations.update(dict.fromkeys(route.methods or (), route))
        node.placeholders = tuple(placeholders)


def _followed(node: _Node, names: Sequence[str], at: int, taken: tuple[str, ...]) -> Place | None:
    if at == len(names):
        return Place(node.operations, dict(zip(node.placeholders, taken, strict=True))) if node.operations else None
    name = names[at]
    for following, parameters in ((node.fixed.get(name), taken), (node.any if name else None, (*taken, name))):
        if following is not None and (place := _followed(following, names, at + 1, parameters)) is not None:
            return place
    return None


def lead_to(scope: Scope, place: Place) -> None:
    """Let `Signpost` lead a request there."""
    scope[_KEY] = place


def led(scope: Scope, place: Place) -> Scope:
    """What a request's scope says of the operation that it is for."""
    route = place.operations[scope["method"]]
    return {"endpoint": route.endpoint, "path_params": place.parameters, "route": route}


class Signpost(BaseRoute):
    """The route that stands before all others, and leads to the operation of the place that was found already."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a place was found; then what the request is for."""
        place: Place | None = scope.get(_KEY)
        return (Match.NONE, {}) if place is None else (Match.FULL, led(scope, place))

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer it."""
        await scope["route"].handle(scope, receive, send)
