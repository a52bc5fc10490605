"""Stable names of findings (semantics §7)."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from app.domain.findings import Subject


@lru_cache(maxsize=20_000)
def fingerprint(rule: str, subjects: tuple[Subject, ...]) -> str:
    """16 hex digits that stay the same while the problem does: from the rule and the kinds and keys of what it is about.

    `subjects` are the source's KPI or measure, the target, and for a flaw the component; never texts, weights, gates or order.
    """
    named = sorted([subject.kind, subject.key] for subject in subjects)
    text = json.dumps([rule, named], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
