"""A problem as programs read it, with the members that the problem documents of the API have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.errors import Problem
from app.domain.problem_texts import told
from app.domain.terms import Language


def problem_entry(problem: Problem, language: Language = "en") -> dict[str, Any]:
    """Pointer, code, sentence, and what is known of found, expected, nearest and place, in a language."""
    return told_entry(told(problem, language))


def told_entry(problem: Problem) -> dict[str, Any]:
    """The same of a problem that is told in its language already."""
    members: Mapping[str, Any] = {
        "pointer": f"#{problem.pointer}",
        "code": problem.code,
        "detail": problem.message,
        "found": problem.found,
        "expected": problem.expected,
        "nearest": problem.nearest,
        "line": problem.line,
        "column": problem.column,
        "sheet": problem.sheet,
        "cell": problem.cell,
    }
    return {name: value for name, value in members.items() if value is not None}
