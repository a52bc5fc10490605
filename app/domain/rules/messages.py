"""Templates of titles and messages: their check, and their filling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.rules.problems import RuleProblem
from app.domain.rules.said import MISSING, said_value
from app.domain.rules.schema import FactKind
from app.domain.terms import Language

_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


def check_message(template: str, kind: FactKind) -> list[RuleProblem]:
    """Placeholders that are neither a field nor a subject of the fact kind, and braces that hold no name."""
    return [*_unknown(template, kind), *_stray(template)]


def fill(template: str, values: Mapping[str, Any], kind: FactKind, language: Language) -> str:
    """The template with its placeholders filled; what is missing reads as a dash."""

    def filled(match: re.Match[str]) -> str:
        field, value = kind.fields.get(match[1]), values.get(match[1])
        if field is not None:
            return said_value(field, value, language)
        return MISSING if value is None else str(value)

    return _PLACEHOLDER.sub(filled, template)


def _unknown(template: str, kind: FactKind) -> Iterator[RuleProblem]:
    from app.domain.nearest import nearest

    known = (*kind.fields, *kind.subjects)
    for match in _PLACEHOLDER.finditer(template):
        if match[1] not in known:
            near = next(iter(nearest(match[1], known)), "")
            message = f"there is no '{match[1]}' to speak of"
            yield RuleProblem(match.start(), match.end(), "unknown_placeholder", message, "a field or a subject", near)


def _stray(template: str) -> Iterator[RuleProblem]:
    rest = _PLACEHOLDER.sub(lambda match: " " * len(match[0]), template)
    for match in re.finditer(r"[{}]", rest):
        message = f"'{match[0]}' stands outside a placeholder"
        yield RuleProblem(match.start(), match.end(), "stray_brace", message, "a placeholder such as {department}")
