"""Another document written into a YAML or JSON file: comments, order, quotes and lines stay, and only what differs is touched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.document.patch import patch_between
from app.domain.json_patch import equal
from app.exchange.edit_nodes import json_nodes, yaml_nodes
from app.exchange.edit_steps import CannotEdit, stepped
from app.exchange.edit_words import JsonWords, YamlWords
from app.exchange.flaws import Unreadable
from app.exchange.json_text import read_json
from app.exchange.yaml_text import read_yaml

__all__ = ["CannotEdit", "edited"]

_MARK = "\ufeff"


def edited(data: bytes, kind: str, wanted: Mapping[str, Any]) -> bytes:
    """A file's bytes, changed so that it holds the document that is wanted.

    What was written is read again and compared, so the file holds exactly what is wanted, or CannotEdit is raised: for other kinds
    than YAML and JSON, and for values that an anchor puts in several places.
    """
    if kind not in ("yaml", "json"):
        raise CannotEdit("only YAML and JSON files are changed in place")
    read, nodes = (read_yaml, yaml_nodes) if kind == "yaml" else (read_json, json_nodes)
    text = data.decode("utf-8")
    mark, text = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    words = YamlWords(text) if kind == "yaml" else JsonWords(text)
    for step in patch_between(read(data).raw, wanted):
        if step["op"] != "test":
            text = stepped(text, nodes(text), step, words)
    written = (mark + text).encode("utf-8")
    try:
        exact = equal(read(written).raw, wanted)
    except Unreadable:
        exact = False
    if not exact:
        raise CannotEdit("the way it is written does not let this change be made in place")
    return written
