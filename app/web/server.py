"""The HTTP server: uvicorn with settings that keep its own answers in line with ours."""

from __future__ import annotations

import json
import signal
from types import FrameType

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.web.context import begin
from app.web.entrance import HEADERS
from app.web.limits import MOST_ADDRESS, MOST_HEADERS
from app.web.logs import LogFormat, log_config
from app.web.problem_types import BAD_HTTP
from app.web.problems import MEDIA_TYPE, Refused, problem_document

_MOST_HEAD = 4 * (MOST_ADDRESS + MOST_HEADERS)
"""Bytes of address and headers that are read at all, so that what is too long is answered by `app.web.limits`."""


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
    """Serve an application, given as `module:name`, until a signal ends it; running requests may end within `shutdown_seconds`."""
    signal.signal(signal.SIGTERM, _ended)
    uvicorn.run(
        application,
        host=host,
        port=port,
        workers=workers,
        log_level=log_level,
        log_config=log_config(log_level, log_format),
        forwarded_allow_ips=trusted_proxies,
        timeout_graceful_shutdown=shutdown_seconds,
        http=ProblemProtocol,
        ws="none",
        h11_max_incomplete_event_size=_MOST_HEAD,
        server_header=False,
        access_log=False,
    )


def _ended(_: int, __: FrameType | None) -> None:
    """The server raises the signal again once it has ended in good order; that is no reason to die of it."""
