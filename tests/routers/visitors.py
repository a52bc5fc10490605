"""People who look at pages and send their forms, without a browser."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import httpx

from app.services import sessions
from app.web.sessions import COOKIE
from tests.http_client import Client

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": ""}


class Person:
    """Somebody who signed in with the client's key, and looks at pages of its service."""

    def __init__(self, client: Client) -> None:
        self._client = client
        came = client.post("/signin", content=urlencode({"key": client.key, "next": "/organizations"}), headers=FORM)
        assert came.status_code == 303, came.text
        client._client.cookies.clear()
        self.secret = str(came.cookies[COOKIE])
        self.form = sessions.form_token(self.secret)

    def look(self, path: str, **headers: str) -> httpx.Response:
        """A page."""
        own = {"Cookie": f"{COOKIE}={self.secret}", "Authorization": ""}
        return self._client.get(path, headers={**own, **headers})

    def send(self, path: str, fields: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
        """A form of one of the pages; `form` in `fields` stands for what forms carry."""
        own = {**FORM, "Cookie": f"{COOKIE}={self.secret}"}
        body = urlencode({"form": self.form, **(fields or {})}, doseq=True)
        return self._client.post(path, content=body, headers={**own, **headers})

    def follow(self, answered: httpx.Response) -> httpx.Response:
        """The page that a form led to."""
        assert answered.status_code == 303, answered.text
        return self.look(answered.headers["location"])

    def hidden(self, path: str, name: str) -> str:
        """The value of the first hidden field of that name on a page."""
        found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', self.look(path).text)
        assert found is not None, name
        return unescape(found[1])
