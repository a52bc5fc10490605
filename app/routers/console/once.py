"""Forms that make something once, however often a browser sends them: each carries a key of its own, as `Idempotency-Key` does."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from fastapi import Request

from app.domain.claims import Claim
from app.routers.console.flow import Form

FIELD = "once"


def new_key() -> str:
    """The key of a form that is about to be shown."""
    return secrets.token_urlsafe(16)


def once_of(request: Request, form: Form, now: datetime) -> Claim | None:
    """The claim that a form makes; None for one without a key."""
    key = form.one(FIELD)
    if not key.isascii() or not 0 < len(key) <= 100:
        return None
    said = repr((request.url.path, sorted(form.fields.items())))
    return Claim(f"form-{key}", hashlib.sha256(said.encode("utf-8", "replace")).hexdigest(), now)
