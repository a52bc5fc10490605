"""The application that embeds are measured against: one page from a template, served as the service is.

python -m tests.bench.bare_template PORT
"""

from __future__ import annotations

import sys

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from app.pages.embeds import refused_page
from app.web.server import serve

app = FastAPI()


@app.get("/", response_class=HTMLResponse)
def page() -> HTMLResponse:
    """A page with a heading and a sentence."""
    return HTMLResponse(refused_page("gone", "en", "http://127.0.0.1"))


if __name__ == "__main__":
    serve(
        "tests.bench.bare_template:app",
        host="127.0.0.1",
        port=int(sys.argv[1]),
        workers=1,
        log_level="info",
        log_format="text",
        trusted_proxies="127.0.0.1",
        shutdown_seconds=5,
    )
