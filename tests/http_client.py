"""The service as a client sees it, without a network: with a database of its own and a key that may do all in a workspace."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from app.domain.access import Scope
from app.main import application
from app.services import api_keys
from app.settings import Settings
from app.storage.database import Database
from tests.databases import KINDS, fresh

BASE = "http://concord.test"


class Client:
    """Sends requests to an application, one after the other."""

    def __init__(self, app: FastAPI, key: str | None = None, workspace: str = "tests") -> None:
        self.app = app
        self.key = key
        self.workspace = workspace
        self._others: list[Client] = []
        self._runner = asyncio.Runner()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE, headers=headers)

    def another(self, *scopes: Scope, workspace: str | None = None) -> Client:
        """A client of the same service with a key of its own, by default for the same workspace; closed with this one."""
        name = workspace or self.workspace
        return self.with_key(a_key(self.app.state.store, *scopes, workspace=name), name)

    def with_key(self, key: str, workspace: str | None = None) -> Client:
        """A client of the same service with that key; closed with this one."""
        self._others.append(Client(self.app, key, workspace or self.workspace))
        return self._others[-1]

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def put(self, path: str, **options: Any) -> httpx.Response:
        return self.request("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> httpx.Response:
        return self.request("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        return self.request("DELETE", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)

    def audit(self, body: str | bytes, media_type: str = "application/yaml", **options: Any) -> httpx.Response:
        headers = {"Content-Type": media_type, **options.pop("headers", {})}
        return self.post("/v1/audits", content=body, headers=headers, **options)

    def close(self) -> None:
        for other in self._others:
            other.close()
        self._others.clear()
        self._runner.run(self._client.aclose())
        self._runner.close()


def a_key(store: Database, *scopes: Scope, workspace: str = "tests") -> str:
    """A key with these scopes, by default with all."""
    now = datetime.now(UTC)
    return api_keys.from_the_shell(store, workspace, "tests", scopes or ("read", "write", "admin"), now).text


@contextmanager
def serving(kind: str = "sqlite", *, like: str | None = None, **settings: Any) -> Iterator[Client]:
    """A service with an empty database of that kind, or with a copy of one, and a client of the workspace `tests`."""
    with fresh(kind, like) as url, serving_on(url, **settings) as client:
        yield client


@contextmanager
def serving_on(url: str, **settings: Any) -> Iterator[Client]:
    """A service with that database, and a client of the workspace `tests`; nobody is connected to it afterwards."""
    app = application(Settings(database_url=url, **{**UNLIMITED, **settings}))
    client = Client(app, a_key(app.state.store))
    try:
        yield client
    finally:
        client.close()
        app.state.store.close()


UNLIMITED = {"rate_limit": "off", "rate_limit_heavy": "off", "rate_limit_address": "off"}
"""Tests ask faster than people."""


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    """One service for all tests that store nothing."""
    with serving() as opened:
        yield opened


@pytest.fixture(params=KINDS)
def stored(request: pytest.FixtureRequest) -> Iterator[Client]:
    """A service with an empty database, of each kind in turn."""
    with serving(request.param) as opened:
        yield opened


@pytest.fixture(scope="module", params=KINDS)
def shared(request: pytest.FixtureRequest) -> Iterator[Client]:
    """One service for the tests of a module, with a database of each kind in turn."""
    with serving(request.param) as opened:
        yield opened


@pytest.fixture
def tenant(shared: Client) -> Iterator[Client]:
    """A client of that service with an empty workspace of its own: as good as a fresh service, and sooner there."""
    yield shared.another(workspace=f"workspace-{uuid4().hex}")
