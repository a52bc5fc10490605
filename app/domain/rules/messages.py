"""Templates of titles and messages: their check, and their filling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.rules.problems import RuleProblem
from app.domain.rules.schema import FactKind

_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


def check_message(template: str, kind: FactKind) -> list[RuleProblem]:
    """Placeholders that are neither a field nor a subject of the fact kind, and braces that hold no name."""
    return [*_unknown(template, kind), *_stray(template)]


def fill(template: str, values: Mapping[str, Any], language: str) -> str:
    """The template with its placeholders filled; what is missing reads as a dash."""
    return _PLACEHOLDER.sub(lambda match: said(values.get(match[1]), language), template)


def said(value: Any, language: str) -> str:
    """A value as people write it: at most two digits after the point, with a decimal comma in German."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "de": ("nein", "ja")}[language][value]
    if isinstance(value, float):
        return in_digits(f"{value:.2f}", language)
    if isinstance(value, list | tuple):
        return ", ".join(said(part, language) for part in value)
    return str(value)


def in_digits(plain: str, language: str) -> str:
    """Digits with a point, without idle zeros and with the language's decimal sign."""
    short = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return short.replace(".", ",") if language == "de" else short


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
