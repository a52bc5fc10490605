"""Metrics and traces: what those who run the service see of it."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.http_client import Client, serving

TOKEN = "token-of-the-scraper"


def counted(client: Client) -> str:
    return client.get("/metrics").text


def test_requests_are_counted_by_operation_and_status(client: Client) -> None:
    """Whatever key the address names, the operation is one."""
    client.get("/v1/organizations/one")
    client.get("/v1/organizations/two")

    line = 'concord_requests_total{method="GET",operation="get_organization",status="404"} '
    assert line in counted(client)
    assert "/one" not in counted(client)


def test_addresses_that_there_are_not_are_one(client: Client) -> None:
    """Labels cannot be made to grow without end."""
    for n in range(5):
        client.get(f"/nothing/{n}")

    assert 'operation="unmatched",status="404"' in counted(client)
    assert "/nothing" not in counted(client)


def test_with_a_token_in_the_settings_nobody_else_sees_the_counts() -> None:
    """A key of a workspace is not that token."""
    with serving(metrics_token=TOKEN) as client:
        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.slow
def test_traces_go_where_the_usual_variables_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """A span for every request, to a collector that is really there."""
    received: list[bytes] = []
    arrived = threading.Event()

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            arrived.set()

        def log_message(self, *_: object) -> None:
            pass

    collector = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=collector.serve_forever, daemon=True).start()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{collector.server_port}")
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")

    with serving(tracing="otlp") as client:
        client.get("/v1/organizations/acme")
        arrived.wait(20)

    collector.shutdown()
    collector.server_close()
    assert b"/v1/organizations/{org}" in b"".join(received)
