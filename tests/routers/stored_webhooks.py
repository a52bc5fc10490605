"""Endpoints that lie on this machine, and messages that are sent to them."""

from __future__ import annotations

from datetime import datetime

from app.services import deliveries
from app.services.webhook_transport import WebhookTransport
from app.storage import webhooks as rows
from tests.http_client import Client
from tests.services.https_server import Authority, Server


def the_workspace(client: Client) -> str:
    """The id of the client's workspace."""
    return str(client.get("/v1/me").json()["workspace"])


def attempt(client: Client, authority: Authority, now: datetime) -> datetime | None:
    """Whatever is due at an instant is attempted."""
    transport = WebhookTransport(
        resolve=lambda host, port: ["127.0.0.1"], trust=authority.trusted(), allow_private=True
    )
    store, sealer = client.app.state.store, client.app.state.sealer
    return deliveries.attempt_due(store, the_workspace(client), now, sealer=sealer, transport=transport)


def point_at(client: Client, webhook_id: str, server: Server) -> None:
    """Let an endpoint lie on this machine, where no request could put it."""
    with client.app.state.store.writing(the_workspace(client)) as tx:
        row = rows.webhook(tx, webhook_id)
        assert row is not None
        row.url = server.url
        tx.save()
