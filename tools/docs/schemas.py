"""The JSON Schemas as files, for editors and for programs that do not run the service."""

from __future__ import annotations

import json

from app.services.schemas import NAMES, schema


def files() -> dict[str, str]:
    """`document-schema.json` and the like, by path."""
    return {f"{name}-schema.json": json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n" for name in NAMES}
