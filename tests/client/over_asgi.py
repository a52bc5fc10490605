"""Clients of a service that is asked without a network."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from app.client import AsyncClient, Client, Patience
from tests import http_client

ADDRESS = http_client.BASE
AT_ONCE = Patience(retries=3, first=0.0, longest=5.0)
"""Tests do not wait."""


class OverAsgi(httpx.BaseTransport):
    """Hands requests of a client that waits to an application that is awaited."""

    def __init__(self, app: Any) -> None:
        self._app = httpx.ASGITransport(app)
        self._runner = asyncio.Runner()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def handled() -> tuple[httpx.Response, bytes]:
            response = await self._app.handle_async_request(request)
            return response, await response.aread()

        response, content = self._runner.run(handled())
        return httpx.Response(response.status_code, headers=response.headers, content=content)

    def close(self) -> None:
        self._runner.close()


def waiting(service: http_client.Client, key: str | None = None) -> Client:
    """A client that waits, with the key of the tests' own or another one."""
    return Client(ADDRESS, key or service.key or "", patience=AT_ONCE, transport=OverAsgi(service.app))


def awaited(service: http_client.Client) -> AsyncClient:
    """A client that is awaited."""
    return AsyncClient(ADDRESS, service.key or "", patience=AT_ONCE, transport=httpx.ASGITransport(service.app))
