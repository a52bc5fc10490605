"""What no service can leave out of a request for parts of a document, on bare Starlette: how fast the service could be at best.

A list is fifty rows of an indexed table on SQLite, sent as they are kept. A write has the whole document checked, named by its hash,
packed, and on disk before it is answered; nobody is asked who they are, nothing is audited, and there are no rows of parts.

python -m tests.bench.floor PORT
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import threading
import zlib
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue.load import catalogue
from app.domain.canonical import content_hash
from app.domain.document.checks import document_from
from app.domain.stored_form import stored_form
from app.storage.columns import written
from app.web.negotiation import JSON
from tests.bench.company import telecom
from tests.bench.serving import serve_here


class Floor:
    """The documents of both companies, and a database with the parts of the wider one."""

    def __init__(self, path: Path) -> None:
        self._document = telecom("tallowmere", 20)
        self._write = threading.Lock()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE part (key TEXT PRIMARY KEY, body TEXT)",
            "CREATE TABLE revision (number INTEGER PRIMARY KEY, hash TEXT, body BLOB)",
        ):
            self._database.execute(statement)
        parts = telecom("tallowmere-wide", 60)["kpis"]
        self._database.executemany("INSERT INTO part VALUES (?, ?)", [(one["key"], written(one)) for one in parts])

    async def page(self, _: Request) -> Response:
        """Fifty parts."""
        return Response(await run_in_threadpool(self._page), media_type=JSON)

    async def put(self, request: Request) -> Response:
        """A part in its document."""
        return Response(await run_in_threadpool(self._put, await request.body()), media_type=JSON)

    def _page(self) -> bytes:
        rows = self._database.execute("SELECT body FROM part ORDER BY key LIMIT 50").fetchall()
        return b'{"items":[' + ",".join(body for (body,) in rows).encode() + b"]}"

    def _put(self, body: bytes) -> bytes:
        said: dict[str, Any] = json.loads(body)
        with self._write:
            kpis = [said if kpi["key"] == said["key"] else kpi for kpi in self._document["kpis"]]
            document = document_from({**self._document, "kpis": kpis}, catalogue())
            self._document = stored_form(document)
            packed = zlib.compress(written(self._document).encode(), 1)
            self._database.execute("INSERT INTO revision (hash, body) VALUES (?, ?)", (content_hash(document), packed))
        return body


folder = tempfile.TemporaryDirectory()
floor = Floor(Path(folder.name) / "floor.db")
app = Starlette(routes=[Route("/page", floor.page), Route("/part", floor.put, methods=["PUT"])])


if __name__ == "__main__":
    serve_here("tests.bench.floor:app", int(sys.argv[1]))
