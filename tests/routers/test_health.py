"""Probes."""

from __future__ import annotations

from tests.contract.problem_shape import check_problem
from tests.http_client import Client, serving


def test_a_living_process_says_so(client: Client) -> None:
    """Nothing keeps the answer."""
    response = client.get("/healthz")

    assert (response.json(), response.headers["cache-control"]) == ({"status": "ok"}, "no-store")


def test_a_process_that_can_work_says_with_which_catalogue(client: Client) -> None:
    """The version of what it knows."""
    assert client.get("/readyz").json() == {"status": "ready", "catalogue": "2026.1"}


def test_a_process_that_ends_is_alive_but_not_ready() -> None:
    """Work goes elsewhere while the last requests end."""
    with serving() as ending:
        ending.app.state.ending = True
        alive, ready = ending.get("/healthz"), ending.get("/readyz")

    assert alive.status_code == 200
    assert check_problem(ready)["status"] == 503
    assert ready.headers["retry-after"] == "5"
