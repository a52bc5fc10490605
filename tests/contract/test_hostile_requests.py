"""Requests as nobody should send them: every one is answered, in little time and memory, and none with a fault of the service's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from tests.contract.hostile import Hostile, addresses, bodies
from tests.contract.problem_shape import check_problem
from tests.contract.the_document import PROBLEM, Operation, check_documented, operations
from tests.contract.workspace_of_all import address_of
from tests.contract.world import World
from tests.contract.world import world as world
from tests.counts import many

pytestmark = pytest.mark.slow

GROUPS = 8
"""Parts into which the requests are dealt, so that processes share them."""


@cache
def all_bodies() -> list[tuple[Operation, Hostile]]:
    return [(of, one) for of in operations() for one in bodies(of)]


@cache
def all_addresses() -> list[tuple[Operation, Hostile]]:
    return [(of, one) for of in operations() for one in addresses(of)]


def some(requests: list[tuple[Operation, Hostile]], group: int) -> Iterator[tuple[Operation, Hostile]]:
    """The requests of a group: all in a full run, else those of a share that are far from each other."""
    step = max(1, round(len(requests) / many(len(requests))))
    yield from requests[::step][group::GROUPS]


def ask(world: World, of: Operation, hostile: Hostile) -> object:
    path = address_of(hostile.path or of.path, world.known)
    for name, parameter in of.parameters("path").items():
        path = path.replace(f"{{{name}}}", parameter["example"].replace(">", "%3E"))
    condition = {"If-Match": b"*"} if "If-Match" in of.parameters("header") else {}
    headers = {**condition, **{name: _bytes(value) for name, value in hostile.headers.items()}}
    body = {} if hostile.body is None else {"content": hostile.body}
    return world.client.request(of.method, f"{path}?{hostile.query}", headers=headers, **body)


def test_there_are_enough() -> None:
    """In a full run, on each database."""
    assert len(all_bodies()) > 10_000
    assert len(all_addresses()) > 15_000
    assert {of.id for of, _ in all_bodies()} == {of.id for of in operations() if of.bodies()}


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_body_breaks_an_operation(world: World, group: int) -> None:
    """It is refused, or was right after all; either way as documented."""
    wrong = {}
    for of, hostile in some(all_bodies(), group):
        response = ask(world, of, hostile)
        try:
            check_documented(of, response)
        except AssertionError as odd:
            wrong[(of.id, hostile.what)] = (response.status_code, str(odd)[:300])

    assert wrong == {}


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_address_and_no_header_breaks_an_operation(world: World, group: int) -> None:
    """Whatever operation it is taken for, a refusal is a problem document."""
    wrong = {}
    for of, hostile in some(all_addresses(), group):
        response = ask(world, of, hostile)
        if response.status_code >= 500:
            wrong[(of.id, hostile.what)] = response.text[:300]
        elif response.status_code >= 400 and response.content:
            assert response.headers["content-type"] == PROBLEM
            check_problem(response)

    assert wrong == {}


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1")
