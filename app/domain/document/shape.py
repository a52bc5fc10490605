"""The shape of a document: members, types, ranges, enumerations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from app.domain.document import Document
from app.domain.document.core import validated
from app.domain.faults import Fault


def shaped(raw: Any) -> tuple[Document | None, list[Fault]]:
    """The document, or None and every fault of its shape. Null members count as left out."""
    try:
        return validated(raw), []
    except ValidationError as invalid:
        from app.domain.document.shape_faults import shape_fault

        errors: list[Mapping[str, Any]] = [*invalid.errors(include_url=False)]
        return None, [shape_fault(error) for error in errors]
