"""The application that embeds are measured against: one page from a template, served as the service is.

python -m tests.bench.bare_template PORT
"""

from __future__ import annotations

import sys

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from app.pages.embeds import refused_page
from tests.bench.serving import serve_here

app = FastAPI()


@app.get("/", response_class=HTMLResponse)
def page() -> HTMLResponse:
    """A page with a heading and a sentence."""
    return HTMLResponse(refused_page("gone", "en", "http://127.0.0.1"))


if __name__ == "__main__":
    serve_here("tests.bench.bare_template:app", int(sys.argv[1]))
