"""Headers that every answer carries."""

from __future__ import annotations

import re

import pytest

from tests.http_client import Client, serving

ANSWERS = ["/healthz", "/v1/metrics", "/v1/nothing", "/docs", "/v1/metrics?limit=x"]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_is_guarded(client: Client, path: str) -> None:
    """Nothing sniffs, frames or refers, whether the answer is good or bad."""
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["vary"] == "Authorization, Accept, Accept-Language"
    assert "server" not in headers
    assert "strict-transport-security" not in headers


def test_a_service_behind_tls_says_so() -> None:
    """Transport security is asked for where the public address is https."""
    with serving(public_url="https://concord.example") as client:
        response = client.get("/v1/metrics?limit=1")

    assert response.headers["strict-transport-security"] == "max-age=31536000"
    assert response.json()["self"] == "https://concord.example/v1/metrics?limit=1"


@pytest.mark.parametrize("given", ["a", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "x" * 128])
def test_a_request_id_of_the_caller_is_kept(client: Client, given: str) -> None:
    """So that logs on both sides can be joined."""
    assert client.get("/healthz", headers={"X-Request-Id": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "x" * 129, "a b", "a\tb", "<script>", "ä".encode()])
def test_a_request_id_that_is_none_is_replaced(client: Client, given: str | bytes) -> None:
    """Nothing that could break a log line is taken over."""
    found = client.get("/healthz", headers={"X-Request-Id": given}).headers["x-request-id"]

    assert re.fullmatch("req_[0-9a-f]{24}", found)


def test_a_trace_is_continued_with_a_span_of_ours(client: Client) -> None:
    """Trace id and flags stay, the span is new (W3C Trace Context)."""
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    found = client.get("/healthz", headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}).headers["traceparent"]

    assert re.fullmatch(f"00-{trace}-[0-9a-f]{{16}}-01", found)
    assert "00f067aa0ba902b7" not in found


@pytest.mark.parametrize("given", ["", "00-" + "0" * 32 + "-00f067aa0ba902b7-01", "00-zz-00f067aa0ba902b7-01"])
def test_a_trace_that_is_none_is_started(client: Client, given: str) -> None:
    """A malformed header starts a new trace."""
    found = client.get("/healthz", headers={"traceparent": given}).headers["traceparent"]

    assert re.fullmatch("00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-00", found)


@pytest.mark.parametrize("host", ["evil.example/path", 'a"b', "a b", "x" * 300])
def test_a_host_that_cannot_be_one_is_not_repeated(client: Client, host: str) -> None:
    """Links lead to the server's own name instead."""
    found = client.get("/v1/metrics?limit=1", headers={"Host": host}).json()["first"]

    assert found == "http://concord.test/v1/metrics?limit=1"


@pytest.mark.slow
def test_a_body_in_json_needs_no_charset_but_text_does(client: Client) -> None:
    """JSON is UTF-8 by itself; pages say so."""
    assert client.get("/healthz").headers["content-type"] == "application/json"
    assert client.get("/docs").headers["content-type"] == "text/html; charset=utf-8"
