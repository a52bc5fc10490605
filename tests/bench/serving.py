"""Applications to measure against, served as the service is."""

from __future__ import annotations

from app.web.server import serve


def serve_here(application: str, port: int) -> None:
    """Serve an application, named as `module:name`, on this machine by one process until it is told to end."""
    serve(
        application,
        host="127.0.0.1",
        port=port,
        workers=1,
        log_level="info",
        log_format="text",
        trusted_proxies="127.0.0.1",
        shutdown_seconds=5,
    )
