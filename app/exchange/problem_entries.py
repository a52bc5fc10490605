"""A problem as programs read it, with the members that the problem documents of the API have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.errors import Problem
from app.domain.problem_texts import told
from app.domain.terms import Language


def problem_entry(problem: Problem, language: Language = "en") -> dict[str, Any]:
    """Pointer, code, sentence, and what is known of found, expected, nearest and place."""
    said = told(problem, language)
    members: Mapping[str, Any] = {
        "pointer": f"#{said.pointer}",
        "code": said.code,
        "detail": said.message,
        "found": said.found,
        "expected": said.expected,
        "nearest": said.nearest,
        "line": said.line,
        "column": said.column,
        "sheet": said.sheet,
        "cell": said.cell,
    }
    return {name: value for name, value in members.items() if value is not None}
