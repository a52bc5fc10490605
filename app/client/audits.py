"""Audits: a document in, what was found out; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.client.analyses import Summary
from app.client.exchange import JSON, Flow, Request
from app.client.operations import Asked, Group, M, Operation, writing
from app.client.things import Thing

PATH = "/v1/audits"


class Audit(Thing):
    """A whole analysis (docs/analysis.md)."""

    SCHEMA = "Analysis"

    content_hash: str
    as_of: date
    summary: Summary
    findings: list[dict[str, Any]]
    recommendations: list[dict[str, Any]]
    waived: list[dict[str, Any]]


class Audits(Group[M]):
    """Documents that are looked at without being kept."""

    @Operation
    def run(
        self,
        document: Mapping[str, Any] | bytes,
        *,
        media_type: str = JSON,
        as_of: date | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        lang: str | None = None,
    ) -> Flow[Audit]:
        """Audit a document: a value, or the bytes of a file in JSON, YAML or XLSX. Raises Invalid."""
        return self.one(Audit, _request(document, media_type, as_of=as_of, select=select, ignore=ignore, lang=lang))

    @Operation
    def report(
        self,
        document: Mapping[str, Any] | bytes,
        format: str,
        *,
        media_type: str = JSON,
        as_of: date | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        lang: str | None = None,
        file: str | None = None,
    ) -> Flow[bytes]:
        """Audit a document and have it told in any form of report; `file`: the name of the document's file. Raises Invalid."""
        asked: Asked = {
            "as_of": as_of,
            "select": select,
            "ignore": ignore,
            "lang": lang,
            "file": file,
            "format": format,
        }
        request = _request(document, media_type, **asked)
        return self.file(replace(request, headers={**request.headers, "Accept": "*/*"}))


def _request(document: Mapping[str, Any] | bytes, media_type: str, **asked: Any) -> Request:
    return writing("audit_document", "POST", PATH, {}, document, media_type=media_type, **asked)
