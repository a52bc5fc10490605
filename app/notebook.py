"""The engine as a plain function, for notebooks and scripts: `from app import audit`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.findings import Analysis
from app.domain.terms import Language
from app.exchange.read import read, read_path
from app.exchange.source import Source
from app.services import audits


def audit(
    document: str | Path | Mapping[str, Any], *, as_of: date | None = None, language: Language = "en"
) -> Analysis:
    """Audit a model document: where goals and incentive plans conflict, and the changes that clear it.

    `document` is the path of a file (YAML, JSON, XLSX) or of a folder of CSV sheets, the text of a YAML or JSON document, or a
    mapping of its values. `as_of` is the day on which it is judged, by default today; `language` that of the texts.

        analysis = audit("acme.yaml", language="de")
        for finding in analysis.findings:
            print(finding.level, round(finding.severity), finding.title)

    Raises DocumentInvalid with every problem and its place, and OSError for a file that cannot be read.
    """
    return audits.audit(_read(document), as_of=as_of or date.today(), language=language)


def _read(document: str | Path | Mapping[str, Any]) -> Source:
    if isinstance(document, Mapping):
        return read(_as_json(document), "document", "json")
    if isinstance(document, str) and ("\n" in document or document.lstrip().startswith("{")):
        return read(document.encode(), "document")
    return read_path(Path(document))


def _as_json(document: Mapping[str, Any]) -> bytes:
    """A mapping as the bytes of a file, so that it is held to the same limits; days may be dates."""

    def written(value: object) -> str:
        if isinstance(value, date):
            return value.isoformat()
        raise TypeError(f"a document holds no {type(value).__name__}")

    return json.dumps(document, default=written).encode()
