"""Two sites on two origins: the service with a company that was analysed, and a portal that shows views of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx
import uvicorn

from app.main import application
from app.services import first_start
from app.settings import Settings
from tests.databases import fresh
from tests.http_client import UNLIMITED, a_key

TEMPLATE = "app/catalogue/templates/telecom.yaml"
HOST_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portal</title>
<script src="{service}/embed.js"></script></head><body><main><h1>Portal</h1>{body}</main><script src="/portal.js"></script></body></html>"""


class Service:
    """The service as browsers reach it, a key that may do all in its workspace, and the link of its first start, into an empty one."""

    def __init__(self, address: str, key: str, link: str, app: Any) -> None:
        self.address, self.key, self.link, self.app = address, key, link, app
        self.api = httpx.Client(base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=60)

    def analysed(self, organization: str = "tallowmere") -> dict[str, Any]:
        """The template's company with two analyses; before the first one sales was paid less by results."""
        here = f"/v1/organizations/{organization}"
        with open(TEMPLATE, encoding="utf-8") as template:
            body = template.read()
        for said, whole in (
            (body.replace("target_variable_pay_share: 0.4", "target_variable_pay_share: 0.1"), False),
            (body, True),
        ):
            condition = {"If-Match": "*"} if whole else {}
            headers = {"Content-Type": "application/yaml", **condition}
            self.api.put(f"{here}/document", content=said.encode(), headers=headers).raise_for_status()
            made = self.api.post(f"{here}/analyses", json={"with_recommendations": whole})
        return dict(made.raise_for_status().json())

    def worst(self, organization: str = "tallowmere") -> str:
        """The fingerprint of the worst conflict."""
        found = self.api.get(f"/v1/organizations/{organization}/conflicts?limit=1").raise_for_status().json()
        return str(found["items"][0]["fingerprint"])

    def token(self, view: str, *origins: str, **said: Any) -> dict[str, Any]:
        """A token of an embed."""
        asked = {"view": view, "organization": "tallowmere", "allowed_origins": list(origins), **said}
        if view == "conflict" and "filters" not in said:
            asked["filters"] = {"fingerprint": self.worst()}
        if view == "department" and "filters" not in said:
            asked["filters"] = {"department": ["service"]}
        made = self.api.post("/v1/embed-tokens", json=asked)
        assert made.status_code == 201, made.text
        return dict(made.json())


class Portal:
    """A site of somebody else's: its pages by path; `tokens` answers what its pages ask for, and may be changed by tests."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, tuple[str, str]] = {}
        self.tokens: Any = None
        self.asked: list[str] = []

    def page(self, body: str, service: Service, *, path: str = "/", script: str = "") -> str:
        """Put up a page; returns its address."""
        self.pages[path] = ("text/html", HOST_PAGE.format(service=service.address, body=body))
        self.pages["/portal.js"] = ("text/javascript", script or FETCHES)
        return self.address + path


FETCHES = """
window.events = [];
for (const view of document.querySelectorAll("concord-view")) {
  for (const name of ["loaded", "error", "select"]) {
    view.addEventListener(name, (event) => window.events.push({name, view: view.getAttribute("view"), ...event.detail}));
  }
  view.fetchToken = async ({signal}) => {
    const answer = await fetch("/token?view=" + view.getAttribute("view"), {signal});
    if (answer.status === 204) return null;
    if (!answer.ok) throw new Error("the portal answered " + answer.status);
    return answer.text();
  };
}
"""
"""What a portal's own script does."""


@contextmanager
def serving_service(**settings: Any) -> Iterator[Service]:
    """The service on a port of its own."""
    with fresh("sqlite") as url:
        app = application(Settings(database_url=url, jobs="inline", log_level="warning", **{**UNLIMITED, **settings}))
        greeting = first_start.welcome(app.state.store, datetime.now(UTC))
        assert greeting is not None
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", server_header=False))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.01)
            assert thread.is_alive(), "the service did not start"
        port = server.servers[0].sockets[0].getsockname()[1]
        key = a_key(app.state.store, "read", "write", "admin", "embed")
        service = Service(f"http://127.0.0.1:{port}", key, greeting.link, app)
        try:
            yield service
        finally:
            service.api.close()
            server.should_exit = True
            thread.join()


@contextmanager
def serving_portal() -> Iterator[Portal]:
    """The portal on a port, and so an origin, of its own."""
    portal = Portal("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/token":
                portal.asked.append(self.path)
                status, text = portal.tokens(self.path.partition("view=")[2])
                self._answer(status, "text/plain", text)
            elif path in portal.pages:
                self._answer(200, *portal.pages[path])
            else:
                self._answer(404, "text/plain", "")

        def _answer(self, status: int, media_type: str, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", f"{media_type}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    portal.address = f"http://localhost:{server.server_address[1]}"
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
