"""The application that the service is measured against: one endpoint that does nothing, served as the service is.

python -m tests.bench.trivial PORT
"""

from __future__ import annotations

import sys

from fastapi import FastAPI

from app.web.server import serve

app = FastAPI()


@app.get("/")
def nothing() -> dict[str, str]:
    """A small answer."""
    return {"hello": "world"}


if __name__ == "__main__":
    serve(
        "tests.bench.trivial:app",
        host="127.0.0.1",
        port=int(sys.argv[1]),
        workers=1,
        log_level="info",
        log_format="text",
        trusted_proxies="127.0.0.1",
        shutdown_seconds=5,
    )
