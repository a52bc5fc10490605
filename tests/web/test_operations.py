"""Operations: dependencies and handler in one thread, in the order in which the handler names them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, Query, Request
from starlette.responses import Response

from app.web.entrance import Entrance
from app.web.operations import MOST_AT_ONCE, operations
from app.web.parameters import Parameters
from app.web.problem_types import UNAUTHENTICATED
from app.web.problems import Refused, handle_problems
from tests.http_client import Client

LONG = b"x" * (MOST_AT_ONCE + 1)


def who(request: Request) -> str:
    """Whoever asks; some are refused."""
    request.app.state.done.append(("who", threading.get_ident()))
    if "authorization" not in request.headers:
        raise Refused(UNAUTHENTICATED)
    return "somebody"


async def sent(request: Request) -> bytes:
    """The body, as dependencies read it."""
    request.app.state.done.append(("sent", threading.get_ident()))
    return await request.body()


def length(said: Annotated[bytes, Depends(sent)]) -> int:
    """What depends on what another dependency came to."""
    return len(said)


class Asked(Parameters):
    """How often."""

    times: int = 1


@pytest.fixture
def client() -> Iterator[Client]:
    router = operations("", "tests")

    @router.post("/things/{name}", operation_id="post_thing")
    def post_thing(
        name: str,
        caller: Annotated[str, Depends(who)],
        said: Annotated[bytes, Depends(sent)],
        size: Annotated[int, Depends(length)],
        asked: Annotated[Asked, Query()],
        request: Request,
    ) -> Response:
        request.app.state.done.append(("handler", threading.get_ident()))
        return Response(f"{name} {caller} {size} {asked.times} {said[:3].decode()}")

    @router.post("/slow/{name}", operation_id="post_slowly")
    async def post_slowly(name: str, caller: Annotated[str, Depends(who)]) -> Response:
        return Response(f"{name} {caller} {threading.current_thread() is threading.main_thread()}")

    app = FastAPI()
    app.state.done = []
    app.router.routes.extend(router.routes)
    handle_problems(app)
    app.add_middleware(Entrance, public_url="")
    opened = Client(app, "a key")
    yield opened
    opened.close()


@pytest.mark.parametrize("body", [b"", b"abc", LONG])
def test_a_handler_gets_what_it_asks_for(client: Client, body: bytes) -> None:
    """However long the body is."""
    answer = client.post("/things/one?times=3", content=body)

    assert answer.text == f"one somebody {len(body)} 3 {body[:3].decode()}"


def test_one_thread_does_it_all(client: Client) -> None:
    """In the order of the arguments, each dependency once, and not the thread that serves all requests."""
    client.post("/things/one", content=b"abc")

    done, threads = zip(*client.app.state.done, strict=True)
    assert done == ("who", "sent", "handler")
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


@pytest.mark.parametrize("body", [b"abc", LONG])
def test_who_asks_is_known_before_anything_else_is_judged(client: Client, body: bytes) -> None:
    """Parameters that are wrong as well are not spoken of, and the body is not looked at."""
    stranger = client.with_key("")

    refused = stranger.post("/things/one?times=often&more=1", content=body)

    assert refused.status_code == 401
    assert [done for done, _ in client.app.state.done] == ["who"]


@pytest.mark.parametrize("body", [b"abc", LONG])
def test_wrong_parameters_are_told_all_at_once(client: Client, body: bytes) -> None:
    """As the framework tells them."""
    refused = client.post("/things/one?times=often&more=1", content=body)

    assert refused.status_code == 400
    assert {error["parameter"] for error in refused.json()["errors"]} == {"times", "more"}


def test_a_handler_that_waits_stays_on_the_loop(client: Client) -> None:
    """It must not keep a thread."""
    assert client.post("/slow/one").text == "one somebody True"
