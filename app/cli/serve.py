"""`concord serve`: the HTTP API."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord serve
concord serve --host 0.0.0.0 --port 9000
CONCORD_WORKERS=4 concord serve""",
)
def serve(
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on (CONCORD_HOST).")] = None,
    port: Annotated[int | None, typer.Option("--port", "-p", min=0, max=65535, help="Port (CONCORD_PORT).")] = None,
) -> None:
    """Serve the HTTP API; its documentation is under /docs. All settings are CONCORD_… variables."""
    from app.cli.stores import refuse_newer
    from app.settings import Settings, SettingsInvalid
    from app.web import server

    try:
        settings = Settings.from_environment()
    except SettingsInvalid as invalid:
        raise Refused(str(invalid)) from None
    settings = replace(settings, host=host or settings.host, port=settings.port if port is None else port)
    os.environ.update({"CONCORD_HOST": settings.host, "CONCORD_PORT": str(settings.port)})
    refuse_newer(settings)
    at = settings.own_address
    terminal.say(f"Concord serves {at}/v1; documentation: {at}/docs; stop with Ctrl-C")
    server.serve(
        "app.main:app",
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_level=settings.log_level,
        log_format=settings.log_format,
        trusted_proxies=settings.trusted_proxies,
        shutdown_seconds=settings.shutdown_seconds,
    )
