"""A changed document as the bytes of a file: what was read with only the changes in it, where its kind allows that."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.failures import Refused
from app.cli.inputs import Input

if TYPE_CHECKING:
    from app.exchange.source import Source

KINDS = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}


def kind_of(output: Path) -> str:
    """What a file is written as, by its name. Raises Refused for other names."""
    kind = KINDS.get(output.suffix.lower())
    if kind is None:
        raise Refused(f"{output}: the changed document is written as YAML or JSON; name it .yaml or .json")
    return kind


def changed_file(given: Input, source: Source, raw: Mapping[str, Any], kind: str) -> bytes:
    """The changed document: comments, order and lines of a file of the same kind stay, anything else is written anew.

    Raises Refused where a file's own way of writing does not let the change be made.
    """
    if given.path is not None and given.path.is_file() and source.kind == kind:
        from app.exchange.edits import CannotEdit, edited

        try:
            return edited(given.path.read_bytes(), kind, raw)
        except CannotEdit as reason:
            raise Refused(f"{given.name} cannot be changed: {reason}") from None
    from app.exchange.write import write

    return write(raw, kind)
