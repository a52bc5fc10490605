"""The compiled form of the catalogue: JSON files that load in milliseconds, without YAML (decision 0003)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.catalogue import INDEX, Citation, Family, Influence, Lever, Metric, MetricFamily, Saying

FILE = "compiled.json"
NAMES = "compiled_names.json"
"""What names are read with; only documents with names that are not pinned need it."""

ID = "id"

VALUES: dict[str, type[Any]] = {
    "metrics": Metric,
    "influences": Influence,
    "family_influences": Influence,
    "levers": Lever,
    "families": Family,
    "citations": Citation,
    "metric_families": MetricFamily,
    "sayings": Saying,
}
"""Section → the class of its values. A value is stored under its id as the row of its other fields, in the order of the class; defaults at
the end are left out."""


def packed(sections: dict[str, dict[str, Any]], content_hash: str, **rest: Any) -> bytes:
    """The compiled file: a line for each entry, so that changes to it can be read.

    `sections`: section → id → value; `rest`: what is stored as it is (version, rules …).
    """
    head = {**rest, "content_hash": content_hash, "columns": columns()}
    lines = [f'"{name}": {_json(value)}' for name, value in sorted(head.items())]
    for section in VALUES:
        rows = [f"{_json(id_)}: {_json(_row(value))}" for id_, value in sections[section].items()]
        lines.append(f'"{section}": {{\n' + ",\n".join(rows) + "\n}")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def packed_names(lexicon: Mapping[str, Any], index: Mapping[str, Any]) -> bytes:
    """The file of names: the lexicon, and the metrics' names turned round (`app.domain.names.index`)."""
    members = [f'"{name}": {_json(value, sort_keys=True)}' for name, value in sorted({**lexicon, INDEX: index}.items())]
    return ("{\n" + ",\n".join(members) + "\n}\n").encode()


def read_names(folder: Path) -> dict[str, Any]:
    """The content of a folder's file of names, which is made together with the compiled file."""
    stored: dict[str, Any] = json.loads((folder / NAMES).read_bytes())
    return stored


def unpacked(stored: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Section → id → value out of a compiled file's content."""
    return {name: {id_: _value(kind, id_, row) for id_, row in stored[name].items()} for name, kind in VALUES.items()}


def read_compiled(folder: Path, content_hash: str) -> dict[str, Any] | None:
    """The content of a folder's compiled file; None when it is missing, or made from other sources or classes."""
    path = folder / FILE
    if not path.exists() or not (folder / NAMES).exists():
        return None
    stored: dict[str, Any] = json.loads(path.read_bytes())
    fresh = stored.get("content_hash") == content_hash and stored.get("columns") == columns()
    return stored if fresh else None


def columns() -> dict[str, dict[str, Any]]:
    """Section → the fields of its values → their defaults, None where there is none."""
    return {section: {name: _default(kind, name) for name in kind._fields} for section, kind in VALUES.items()}


def _default(kind: type[Any], name: str) -> Any:
    default = kind._field_defaults.get(name)
    return list(default) if isinstance(default, tuple) else default


def _row(value: Any) -> list[Any]:
    named = [*zip(value._fields, value, strict=True)]
    while named and value._field_defaults.get(named[-1][0], ...) == named[-1][1]:
        named.pop()
    return [cell for name, cell in named if name != ID]


def _value(kind: type[Any], id_: str, row: list[Any]) -> Any:
    cells = [tuple(cell) if cell.__class__ is list else cell for cell in row]
    return kind(id_, *cells) if kind._fields[0] == ID else kind(*cells)


def _json(value: Any, *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)
