"""The HTTP server: uvicorn with settings that keep its own answers in line with ours."""

from __future__ import annotations

import json
import signal
from contextlib import suppress
from types import FrameType

import h11
import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.supervisors import Multiprocess

from app.web.context import begin
from app.web.ending import seconds_for_requests
from app.web.entrance import HEADERS
from app.web.limits import MOST_ADDRESS, MOST_HEADERS
from app.web.logs import LogFormat, log_config
from app.web.problem_types import BAD_HTTP
from app.web.problems import MEDIA_TYPE, Refused, problem_document

_MOST_HEAD = 4 * (MOST_ADDRESS + MOST_HEADERS)
"""Bytes of address and headers that are read at all, so that what is too long is answered by `app.web.limits`."""

_ANSWERS_WITHIN = 60
"""Seconds that a process may be too busy to say that it is there before another one takes its place."""


class ProblemProtocol(H11Protocol):
    """Answers what is no HTTP with a problem document, as everything else is."""

    def send_400_response(self, msg: str) -> None:
        """Answer and hang up; the framework has not seen the request."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        scope: dict[str, object] = {
            "type": "http",
            "scheme": self.scheme,
            "server": self.server,
            "path": "/",
            "headers": [],
        }
        context = begin(scope, "")
        body = json.dumps(problem_document(Refused(BAD_HTTP), context)).encode()
        headers = {
            "Content-Type": MEDIA_TYPE,
            "Content-Length": str(len(body)),
            "Connection": "close",
            "X-Request-Id": context.request_id,
            **HEADERS,
        }
        response = h11.Response(status_code=400, headers=list(headers.items()), reason=b"Bad Request")
        for event in (response, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def serve(
    application: str,
    *,
    host: str,
    port: int,
    workers: int,
    log_level: str,
    log_format: LogFormat,
    trusted_proxies: str,
    shutdown_seconds: int,
) -> None:
    """Serve an application, given as `module:name`, until a signal ends it; then the process is gone within `shutdown_seconds`."""
    signal.signal(signal.SIGTERM, _ended)
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        workers=workers,
        log_level=log_level,
        log_config=log_config(log_level, log_format),
        forwarded_allow_ips=trusted_proxies,
        timeout_graceful_shutdown=seconds_for_requests(shutdown_seconds),
        timeout_worker_healthcheck=_ANSWERS_WITHIN,
        http=ProblemProtocol,
        ws="none",
        h11_max_incomplete_event_size=_MOST_HEAD,
        server_header=False,
        access_log=False,
    )
    if workers > 1:
        Workers(config, [config.bind_socket()]).run()
        return
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise SystemExit(STARTUP_FAILURE)


class Workers(Multiprocess):
    """Several processes that answer at one address. When they are told to end, nobody can connect to it any more, as with one process:
    else clients would be let in and never be answered."""

    def terminate_all(self) -> None:
        """Tell every process to end, and close the address."""
        super().terminate_all()
        for one in self.sockets:
            one.close()


def _ended(_: int, __: FrameType | None) -> None:
    """The server raises the signal again once it has ended in good order; that is no reason to die of it."""
