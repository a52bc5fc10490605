"""Cursors: a place in a list, bound to the list, its filters and its order. They carry no rights, and say nothing to clients."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from app.domain.pages import Place
from app.web.problem_types import CURSOR_INVALID
from app.web.problems import Refused


def write_cursor(place: Place, binding: Sequence[Any]) -> str:
    """The cursor as an opaque, URL-safe text."""
    text = json.dumps([place.side, place.values, _mark(place, binding)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, binding: Sequence[Any]) -> Place:
    """The place that the cursor holds; raises Refused for one that was changed, or made for another list."""
    try:
        side, values, mark = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        place = Place(side, tuple(values))
        if mark == _mark(place, binding):
            return place
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise Refused(CURSOR_INVALID, members={"parameter": "cursor"})


def _mark(place: Place, binding: Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps([*place, *binding]).encode()).hexdigest()[:16]
