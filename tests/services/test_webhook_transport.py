"""Messages are handed over to real servers, as hostile as servers can be."""

from __future__ import annotations

import ast
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

import app
from app.domain.deliveries import Outcome
from app.services.webhook_signature import secret_from
from app.services.webhook_transport import Limits, WebhookTransport
from app.settings import Settings
from tests.services.https_server import HOST, Authority, Reply, Server, dripping, replying, serving

BODY = '{"type":"analysis.completed","timestamp":"2026-11-22T05:30:51.120Z","data":{"organization":"acme, Zürich"}}'.encode()
SECRET, OLD_SECRET = secret_from(bytes(32)), secret_from(bytes(range(32)))
SHORT = Limits(connect=0.5, total=0.5)
"""For receivers that never come to an end."""

GOOD = replying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


Start = Callable[..., Server]


@pytest.fixture
def start(authority: Authority) -> Iterator[Start]:
    """Starts receivers that end with the test."""
    with ExitStack() as servers:
        yield lambda reply=GOOD, host=HOST: servers.enter_context(serving(reply, authority.serving(host)))


def here(host: str, port: int) -> list[str]:
    """A resolver for which every name is this machine."""
    return ["127.0.0.1"]


def deliver(authority: Authority, url: str, *, secrets: tuple[str, ...] = (SECRET,), **options: Any) -> Outcome:
    transport = WebhookTransport(**{"resolve": here, "trust": authority.trusted(), "allow_private": True, **options})
    return transport.deliver(url, "msg_1", BODY, secrets, datetime.now(UTC))


def headers_of(request: bytes) -> dict[str, str]:
    lines = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    return {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}


def test_a_message_is_posted_and_the_answer_kept(authority: Authority, start: Start) -> None:
    """The body as it is, the name of the host in the greeting and the request, though its address was dialled."""
    server = start(replying(b"HTTP/1.1 202 Accepted\r\nRetry-After: 7\r\nContent-Length: 5\r\n\r\nTaken"))

    outcome = deliver(authority, server.url)

    request = server.requests[0]
    headers = headers_of(request)
    assert outcome._replace(seconds=0) == Outcome(0, 202, "Taken", retry_after="7")
    assert request.startswith(b"POST /hooks HTTP/1.1\r\n") and request.endswith(b"\r\n\r\n" + BODY)
    assert (headers["host"], server.names) == (f"{HOST}:{server.port}", [HOST])
    assert headers["content-type"] == "application/json"


def test_a_receiver_can_verify_where_a_message_comes_from(authority: Authority, start: Start) -> None:
    """By the usual libraries, with the new secret as with the old while one replaces the other, and with no other."""
    server = start()

    deliver(authority, server.url, secrets=(SECRET, OLD_SECRET))

    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    headers = headers_of(head + b"\r\n\r\n")
    assert headers["webhook-id"] == "msg_1"
    assert len(headers["webhook-signature"].split(" ")) == 2
    assert Webhook(SECRET).verify(body, headers) == Webhook(OLD_SECRET).verify(body, headers)
    with pytest.raises(Exception, match="No matching signature"):
        Webhook(secret_from(b"x" * 32)).verify(body, headers)
    with pytest.raises(Exception, match="No matching signature"):
        Webhook(SECRET).verify(body + b" ", headers)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(authority: Authority, start: Start, status: int) -> None:
    """Not even to the machine next door, which may trust us."""
    private = start()
    location = f"Location: https://{HOST}:{private.port}/admin\r\n"
    server = start(replying(f"HTTP/1.1 {status} Moved\r\n{location}Content-Length: 0\r\n\r\n".encode()))

    outcome = deliver(authority, server.url)

    assert (outcome.status, outcome.succeeded, private.connections) == (status, False, 0)


def test_what_was_checked_is_what_is_dialled(authority: Authority, start: Start) -> None:
    """A name whose address changes between check and connection is asked once only; the second address is never dialled."""
    server = start()
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])

    outcome = deliver(authority, server.url, resolve=lambda host, port: next(answers))

    assert (outcome.status, server.connections) == (200, 1)
    assert next(answers) == ["127.0.0.2"]


def test_an_address_is_checked_again_at_each_delivery(authority: Authority) -> None:
    """A name that was public and now is private is refused, before anything is dialled."""
    answers = iter([["192.168.1.1"], ["169.254.169.254"], ["::1"], ["fd00:ec2::254"], ["::ffff:8.8.8.8"]])
    transport = WebhookTransport(resolve=lambda host, port: next(answers), trust=authority.trusted())

    outcomes = [transport.deliver(f"https://{HOST}/", "msg_1", BODY, [SECRET], datetime.now(UTC)) for _ in range(5)]

    assert [outcome.reason for outcome in outcomes] == ["address_refused"] * 5


@pytest.mark.parametrize("private", ["127.0.0.1", "10.1.2.3", "fe80::1", "64:ff9b::7f00:1"])
@pytest.mark.parametrize("place", [0, 1, 8])
def test_one_private_address_among_public_ones_is_enough(authority: Authority, private: str, place: int) -> None:
    """Wherever it stands, nothing is dialled: the name is not in honest hands."""
    found = [f"1.1.1.{n}" for n in range(1, 9)]
    found.insert(place, private)

    outcome = deliver(authority, f"https://{HOST}/", resolve=lambda host, port: found, allow_private=False)

    assert outcome.reason == "address_refused"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "2130706433", "0x7f.1", "127.1", "localhost"]
)
def test_the_system_leads_to_no_private_address_either(host: str) -> None:
    """However the address is written: names and numbers go through the system's own resolver here."""
    outcome = WebhookTransport().deliver(f"https://{host}/", "msg_1", BODY, [SECRET], datetime.now(UTC))

    assert outcome.reason == "address_refused"


def test_a_host_with_several_addresses_is_tried_at_each(authority: Authority, start: Start) -> None:
    """Until one answers."""
    server = start()

    outcome = deliver(authority, server.url, resolve=lambda host, port: ["127.0.0.3", "127.0.0.2", "127.0.0.1"])

    assert outcome.status == 200


def test_proxies_of_the_environment_are_not_used(
    authority: Authority, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would resolve the name anew."""
    server, proxy = start(), start()
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")

    outcome = deliver(authority, server.url)

    assert (outcome.status, proxy.connections) == (200, 0)


def test_a_certificate_must_be_valid_for_the_name(authority: Authority, start: Start, tmp_path: Path) -> None:
    """One for another name is not, nor one of an authority that nobody trusts."""
    other_name = start(host="other.example")
    stranger = Authority(tmp_path)
    server = start()

    assert deliver(authority, other_name.url).reason == "not_trusted"
    assert deliver(stranger, server.url).reason == "not_trusted"
    assert (other_name.requests, server.requests) == ([], [])


def test_a_receiver_without_tls_gets_nothing(authority: Authority) -> None:
    """Not a word of the message goes over the wire in the clear."""
    with serving(GOOD, None) as server:
        outcome = deliver(authority, server.url)

    assert outcome.reason == "not_trusted"
    assert not any(b"analysis.completed" in request for request in server.requests)


ENDLESS: dict[str, tuple[Reply, Outcome]] = {
    "silence": (dripping(b"", b"", 0.05), Outcome(0, reason="timed_out")),
    "a head that drips": (dripping(b"HTTP/1.1 200 OK\r\nX-Drip: ", b"a", 0.02), Outcome(0, reason="timed_out")),
    "a body that drips": (
        dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b"", 0.05),
        Outcome(0, 200),
    ),
    "headers": (dripping(b"HTTP/1.1 200 OK\r\n", b"X-Bomb: " + b"a" * 1_000 + b"\r\n"), Outcome(0, reason="not_http")),
    "one header": (dripping(b"HTTP/1.1 200 OK\r\nX-Bomb: ", b"a" * 1_000), Outcome(0, reason="not_http")),
    "interim answers": (dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50), Outcome(0, reason="not_http")),
    "a body": (dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", b"a" * 4_096), Outcome(0, 200, "a" * 1_024)),
    "chunks": (
        dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"4\r\nabcd\r\n"),
        Outcome(0, 200, "abcd" * 256),
    ),
    "a chunk's size": (
        dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x" * 1_000),
        Outcome(0, 200),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ENDLESS)
def test_nothing_that_never_ends_holds_us_up(authority: Authority, start: Start, what: str) -> None:
    """The time and the bytes that are read are limited; a status that came before counts."""
    reply, expected = ENDLESS[what]

    limits = SHORT if expected.reason == "timed_out" else Limits(total=2) if what == "a body that drips" else Limits()

    outcome = deliver(authority, start(reply).url, limits=limits)

    assert outcome._replace(seconds=0) == expected


@pytest.mark.slow
def test_a_receiver_that_takes_no_bytes_is_left(authority: Authority) -> None:
    """One that accepts the connection and then says nothing, not even to the greeting."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        outcome = deliver(authority, f"https://{HOST}:{mute.getsockname()[1]}/", limits=SHORT)

    assert outcome.reason == "timed_out"


@pytest.mark.slow
def test_a_resolver_that_does_not_answer_is_left(authority: Authority) -> None:
    """Within the time that a connection may take."""
    gate = threading.Event()

    outcome = deliver(authority, f"https://{HOST}/", resolve=lambda host, port: [str(gate.wait(20))], limits=SHORT)
    gate.set()

    assert outcome.reason == "timed_out"


def _unknown(host: str, port: int) -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize("resolve", [_unknown, lambda host, port: []])
def test_a_name_without_address_is_told(authority: Authority, resolve: Any) -> None:
    """As what it is."""
    assert deliver(authority, f"https://{HOST}/", resolve=resolve).reason == "name_unknown"


def test_a_port_on_which_nobody_listens_is_told(authority: Authority) -> None:
    """As what it is."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    assert deliver(authority, f"https://{HOST}:{port}/").reason == "not_reached"


@pytest.mark.parametrize(
    "data", [b"", b"NONSENSE\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\x00" * 100, b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n"]
)
def test_what_is_no_http_is_told(authority: Authority, start: Start, data: bytes) -> None:
    """Also a receiver that hangs up without a word."""
    assert deliver(authority, start(replying(data)).url).reason == "not_http"


def test_an_answer_can_be_kept_and_shown_anywhere(authority: Authority, start: Start) -> None:
    """What no database or terminal takes is replaced; line breaks stay."""
    body = b"ok\nZ\xc3\xbcrich \x00\xff\x1b[31m"
    server = start(replying(b"HTTP/1.1 500 Oops\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)))

    outcome = deliver(authority, server.url)

    assert (outcome.status, outcome.answer) == (500, "ok\nZürich \ufffd\ufffd\ufffd[31m")


def test_a_body_that_breaks_off_does_not_undo_the_answer(authority: Authority, start: Start) -> None:
    """The receiver has said that it took the message."""
    server = start(replying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"))

    assert deliver(authority, server.url)._replace(seconds=0) == Outcome(0, 200, "half")


def test_no_setting_and_no_code_of_the_service_allows_private_addresses() -> None:
    """It is for tests alone: nobody can leave it on by accident."""
    (folder,) = app.__path__
    given = [
        (file.name, ast.unparse(node.value))
        for file in Path(folder).rglob("*.py")
        if "allow_private" in (text := file.read_text())
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call)
        for node in call.keywords
        if node.arg == "allow_private"
    ]

    assert given == [("webhook_transport.py", "self._allow_private")]
    assert [setting.name for setting in fields(Settings) if "private" in setting.name] == []


def test_the_usual_trust_is_that_of_the_system() -> None:
    """Certificates and names are checked unless a test says whom to believe."""
    context = WebhookTransport()._trust

    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
