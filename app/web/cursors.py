"""Cursors: a place in a list, bound to the list, its filters and its order. They carry no rights, and say nothing to clients."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from app.web.problem_types import CURSOR_INVALID
from app.web.problems import Refused

Side = Literal["after", "before"]


class Cursor(NamedTuple):
    """The page that begins after an item, or the one that ends before it."""

    side: Side
    id: str


def write_cursor(cursor: Cursor, binding: Sequence[Any]) -> str:
    """The cursor as an opaque, URL-safe text."""
    text = json.dumps([cursor.side, cursor.id, _mark(cursor, binding)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, binding: Sequence[Any]) -> Cursor:
    """The cursor that the text holds; raises Refused for one that was changed, or made for another list."""
    try:
        side, id_, mark = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        cursor = Cursor(side, id_)
        if mark == _mark(cursor, binding):
            return cursor
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise Refused(CURSOR_INVALID, members={"parameter": "cursor"})


def _mark(cursor: Cursor, binding: Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps([*cursor, *binding]).encode()).hexdigest()[:16]
