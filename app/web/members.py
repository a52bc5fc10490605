"""Bodies that are a few members of a thing rather than a document: JSON, checked by a model, every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.faults import Fault, invalid
from app.exchange.read import read
from app.web.body import Body


def object_of(body: Body) -> dict[str, Any]:
    """The JSON or YAML object that a body holds. Raises DocumentInvalid."""
    raw = read(body.data, "body", body.kind or "json").raw
    if not isinstance(raw, Mapping):
        raise invalid([Fault((), "wrong_type", raw, "object")], raw)
    return dict(raw)
