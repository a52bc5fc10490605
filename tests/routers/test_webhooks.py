"""`/v1/webhooks`: endpoints, their secrets, what is delivered to them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook as Receiver

from app.services import deliveries
from app.storage import webhooks as rows
from app.web.clock import present
from tests.http_client import Client
from tests.routers.stored_webhooks import attempt, point_at, the_workspace
from tests.services.https_server import HOST, Authority, Reply, Server, replying, serving

OK = replying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
GONE = replying(b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n")
BROKEN = replying(b"HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\nwhy?")

URL = "https://hooks.example.com/concord"


def an_endpoint(client: Client, **said: Any) -> dict[str, Any]:
    """An endpoint that was just added."""
    response = client.post("/v1/webhooks", json={"url": URL, **said})
    assert response.status_code == 201, response.text
    added: dict[str, Any] = response.json()
    return added


def test_the_secret_is_shown_once(stored: Client) -> None:
    """In the answer that made it, and nowhere else."""
    added = an_endpoint(stored)

    assert added["secret"].startswith("whsec_")
    assert "secret" not in stored.get(f"/v1/webhooks/{added['id']}").json()


def test_a_repeated_request_adds_nothing_and_shows_no_secret(stored: Client) -> None:
    """The secret is kept sealed, so that nobody can be told it twice."""
    once = {"Idempotency-Key": "one"}
    first = stored.post("/v1/webhooks", json={"url": URL}, headers=once)

    again = stored.post("/v1/webhooks", json={"url": URL}, headers=once)

    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == {name: value for name, value in first.json().items() if name != "secret"}
    assert len(stored.get("/v1/webhooks").json()["items"]) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://hooks.example.com:8080/",
        "ftp://x.example/",
    ],
)
def test_addresses_that_nothing_is_ever_sent_to_are_refused(client: Client, url: str) -> None:
    """With the place of the fault."""
    response = client.post("/v1/webhooks", json={"url": url})

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "#/url"


def test_a_change_is_told_to_the_endpoints_that_want_it(stored: Client) -> None:
    """Each message once to each endpoint, those that want other things left out."""
    wanting, other = an_endpoint(stored), an_endpoint(stored, types=["job.failed"])
    stored.put("/v1/organizations/acme", json={"name": "Acme"})

    deliveries.hand_over(stored.app.state.store, the_workspace(stored), present())
    deliveries.hand_over(stored.app.state.store, the_workspace(stored), present())

    sent = stored.get(f"/v1/webhooks/{wanting['id']}/deliveries").json()["items"]
    assert [(one["type"], one["status"]) for one in sent] == [("document.changed", "pending")]
    assert stored.get(f"/v1/webhooks/{other['id']}/deliveries").json()["items"] == []


def test_a_dry_run_adds_nothing(stored: Client) -> None:
    """Neither endpoint nor secret."""
    response = stored.post("/v1/webhooks?dry_run=true", json={"url": URL})

    assert response.status_code == 200
    assert "secret" not in response.json()
    assert stored.get("/v1/webhooks").json()["items"] == []


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def told(
    client: Client, authority: Authority, reply: Reply, *, attempts: int = 1
) -> tuple[dict[str, Any], Any, Server]:
    """An endpoint that answers like that, after so many attempts to tell it of something: itself, the delivery, its server."""
    added = an_endpoint(client)
    with serving(reply, authority.serving(HOST)) as server:
        point_at(client, added["id"], server)
        sent = client.post(f"/v1/webhooks/{added['id']}/test").json()
        due: datetime | None = present()
        for _ in range(attempts):
            assert due is not None
            due = attempt(client, authority, due)
    return added, client.get(f"/v1/webhooks/{added['id']}/deliveries/{sent['id']}").json(), server


def test_what_arrives_is_signed_and_noted(stored: Client, authority: Authority) -> None:
    """The endpoint's owner can verify it with the secret; the answer can be read afterwards."""
    added, delivery, server = told(stored, authority, OK)

    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])}
    assert Receiver(added["secret"]).verify(body, headers)["type"] == "webhook.test"
    assert headers["webhook-id"] == delivery["message_id"]
    assert delivery["status"] == "delivered"
    assert [(one["status"], one["answer"]) for one in delivery["attempts"]] == [(200, "ok")]


def test_an_endpoint_that_wants_no_more_is_switched_off(stored: Client, authority: Authority) -> None:
    """By 410; until somebody switches it on again, nothing is sent to it."""
    added, delivery, _ = told(stored, authority, GONE)

    found = stored.get(f"/v1/webhooks/{added['id']}")
    assert delivery["status"] == "failed"
    assert (found.json()["status"], found.json()["disabled_because"]) == ("disabled", "gone")
    headers = {"If-Match": found.headers["ETag"], "Content-Type": "application/merge-patch+json"}
    again = stored.patch(f"/v1/webhooks/{added['id']}", json={"status": "active"}, headers=headers)
    assert again.json()["status"] == "active"


@pytest.mark.slow
def test_what_fails_is_tried_for_days_and_then_given_up(stored: Client, authority: Authority) -> None:
    """Ten attempts, each noted, each later than the one before."""
    added, delivery, server = told(stored, authority, BROKEN, attempts=10)

    times = [datetime.fromisoformat(one["at"]) for one in delivery["attempts"]]
    assert len(server.requests) == len(times) == 10
    assert times == sorted(times) and times[-1] - times[0] > timedelta(days=2)
    assert delivery["status"] == "failed" and "next_attempt_at" not in delivery
    assert stored.get(f"/v1/webhooks/{added['id']}").json()["disabled_because"] == "exhausted"


def test_a_delivery_can_be_repeated_under_its_own_id(stored: Client, authority: Authority) -> None:
    """So that receivers that have it already see that it is the same message."""
    added, delivery, _ = told(stored, authority, BROKEN)

    again = stored.post(f"/v1/webhooks/{added['id']}/deliveries", json={"delivery": delivery["id"]})

    assert again.status_code == 201
    assert again.json()["message_id"] == delivery["message_id"]
    assert again.json()["id"] != delivery["id"]


@pytest.mark.slow
def test_both_secrets_sign_while_one_replaces_the_other(stored: Client, authority: Authority) -> None:
    """And the new one alone when the overlap is over."""
    added = an_endpoint(stored)
    new = stored.post(f"/v1/webhooks/{added['id']}/rotate?overlap_hours=1").json()["secret"]
    with serving(OK, authority.serving(HOST)) as server:
        point_at(stored, added["id"], server)
        for hours in (0, 2):
            stored.post(f"/v1/webhooks/{added['id']}/test")
            attempt(stored, authority, present() + timedelta(hours=hours))

    signatures = [request.lower().split(b"webhook-signature: ")[1].split(b"\r\n")[0] for request in server.requests]
    assert new != added["secret"]
    assert [len(one.split(b" ")) for one in signatures] == [2, 1]


def test_secrets_are_not_in_the_database(stored: Client) -> None:
    """Only what the key outside of it can open."""
    added = an_endpoint(stored)

    with stored.app.state.store.reading(the_workspace(stored)) as tx:
        row = rows.webhook(tx, added["id"])
        assert row is not None
        assert added["secret"] not in str(row.secrets)
        assert stored.app.state.sealer.open(row.secrets[0]["sealed"]) == added["secret"]


def test_a_removed_endpoint_takes_what_waited_for_it_along(stored: Client) -> None:
    """And is gone for everybody."""
    added = an_endpoint(stored)
    stored.post(f"/v1/webhooks/{added['id']}/test")

    removed = stored.delete(f"/v1/webhooks/{added['id']}", headers={"If-Match": "*"})

    assert removed.status_code == 204
    assert stored.get(f"/v1/webhooks/{added['id']}/deliveries").status_code == 404
