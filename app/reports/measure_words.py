"""A measure of success or a guardrail of a roadmap's item, as the API shows it, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.phrases import number
from app.domain.terms import Language


def measured(measure: Mapping[str, Any], language: Language) -> str:
    """From its value today to the other one: `fcr 66 → 72 %`."""
    ends = (number(float(measure[end]), language, 4) for end in ("baseline", "target"))
    return " ".join(filter(None, (measure["name"], " → ".join(ends), measure.get("unit"))))
