"""The service as a client sees it, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.main import application
from app.settings import Settings

BASE = "http://concord.test"


class Client:
    """Sends requests to an application, one after the other."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)

    def audit(self, body: str | bytes, media_type: str = "application/yaml", **options: Any) -> httpx.Response:
        headers = {"Content-Type": media_type, **options.pop("headers", {})}
        return self.post("/v1/audits", content=body, headers=headers, **options)

    def close(self) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()


def open_client(**settings: Any) -> Client:
    return Client(application(Settings(**settings)))


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    """One service for all tests: it keeps nothing of a request."""
    opened = open_client()
    yield opened
    opened.close()
