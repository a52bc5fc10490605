"""HEAD, OPTIONS and 405."""

from __future__ import annotations

import pytest

from tests.http_client import Client

ALLOWED = {
    "/v1/audits": "OPTIONS, POST",
    "/v1/metrics": "GET, HEAD, OPTIONS",
    "/v1/metrics/resolve": "OPTIONS, POST",
    "/v1/metrics/service.csat": "GET, HEAD, OPTIONS",
    "/": "GET, HEAD, OPTIONS",
}


@pytest.mark.parametrize("path", ALLOWED)
def test_options_and_405_name_all_that_an_address_can(client: Client, path: str) -> None:
    """The two agree, and the union is complete."""
    options, refused = client.request("OPTIONS", path), client.request("DELETE", path)

    assert (options.status_code, options.content, options.headers["allow"]) == (204, b"", ALLOWED[path])
    assert (refused.status_code, refused.headers["allow"]) == (405, ALLOWED[path])
    assert ", ".join(refused.json()["allowed"]) == ALLOWED[path]


@pytest.mark.parametrize(
    "path", ["/v1/metrics?limit=3", "/healthz", "/docs", "/v1/metrics/service.nothing", "/v1/rules?x=1"]
)
def test_head_is_get_without_the_body(client: Client, path: str) -> None:
    """Status and headers are the same, those aside that are new with every request."""
    got, head = client.get(path), client.request("HEAD", path)

    new = ("x-request-id", "traceparent", "content-length")
    assert head.content == b""
    assert head.status_code == got.status_code
    assert {k: v for k, v in head.headers.items() if k not in new} == {
        k: v for k, v in got.headers.items() if k not in new
    }


def test_head_tells_the_length_that_get_would_have(client: Client) -> None:
    """A client can plan by it."""
    got, head = client.get("/v1/levers"), client.request("HEAD", "/v1/levers")

    assert head.headers["content-length"] == got.headers["content-length"]


def test_options_on_nothing_is_404(client: Client) -> None:
    """There is nothing that it could be done with."""
    assert client.request("OPTIONS", "/v1/nothing").status_code == 404
