"""The application that the service is measured against: one endpoint that does nothing, served as the service is.

python -m tests.bench.trivial PORT
"""

from __future__ import annotations

import sys

from fastapi import FastAPI

from tests.bench.serving import serve_here

app = FastAPI()


@app.get("/")
def nothing() -> dict[str, str]:
    """A small answer."""
    return {"hello": "world"}


if __name__ == "__main__":
    serve_here("tests.bench.trivial:app", int(sys.argv[1]))
