"""The way out: a document → YAML, JSON, a workbook, or CSV sheets. Reading what was written gives the same document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from app.domain.document import Document, Part
from app.domain.document.checks import document_from
from app.domain.document.members import members_of
from app.domain.terms import Language
from app.exchange.source import FileKind


def write(raw: Mapping[str, Any], kind: str, language: Language = "en") -> bytes:
    """The document as a file of a kind: yaml, json, xlsx (its notes in a language), or csv for a ZIP of sheets. Members come in the order
    of the document's description, null and empty lists are left out, and the same document gives the same bytes.

    Raises DocumentInvalid for what is no document; ids of the catalogue are not looked up.
    """
    document = _in_order(raw)
    if kind == "yaml":
        from app.exchange.yaml_writer import as_yaml

        return as_yaml(document).encode()
    if kind == "json":
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    if kind == "xlsx":
        from app.exchange.xlsx_writer import as_workbook

        return as_workbook(document, language)
    if kind == "csv":
        from app.exchange.archives import packed
        from app.exchange.csv_writer import csv_files

        return packed(csv_files(document))
    raise ValueError(f"'{kind}' is none of {', '.join(get_args(FileKind))}")


def _in_order(raw: Mapping[str, Any]) -> dict[str, Any]:
    document_from(raw)
    return _part(raw, Document)


def _part(said: Mapping[str, Any], part: type[Part]) -> dict[str, Any]:
    return {
        name: _value(said[name], member.part)
        for name, member in members_of(part).items()
        if said.get(name) not in (None, [], ())
    }


def _value(value: Any, part: type[Part] | None) -> Any:
    if isinstance(value, Mapping):
        return _part(value, part) if part else {name: member for name, member in value.items() if member is not None}
    if isinstance(value, list | tuple):
        return [_value(item, part) for item in value]
    return value.isoformat() if isinstance(value, date) else value
