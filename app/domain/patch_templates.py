"""Patch templates: how a text or a patch that speaks of what was found becomes a JSON Patch on this document (semantics §8).

A placeholder `{guard.key}` stands for what a finder found under the name `guard`; one that is a whole text keeps its type. Beside the
operations of JSON Patch a template has `put` (add a member, and the objects above it where they are missing) and `append` (to a list
that may be missing). A step may be repeated (`each: pay.items`, then `{each.path}`) or left out (`when: guard.new`). A value `{en, de}`
is a text in the reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.json_patch import pointer
from app.domain.terms import Language

Bindings = Mapping[str, Any]
"""What the finders found, by the names that a form gives it."""

OPERATIONS = ("test", "add", "replace", "remove", "put", "append")
LANGUAGES: tuple[Language, ...] = ("en", "de")

_PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)\}")


class Text(NamedTuple):
    """The same said in English and German."""

    en: str
    de: str

    def said(self, language: Language, bindings: Bindings | None = None) -> str:
        """The text in a language, with its placeholders filled."""
        return fill(self.plain(language), bindings or {}, language)

    def plain(self, language: Language) -> str:
        """The text as it stands: what comes out of a document may look like a placeholder."""
        return self.de if language == "de" else self.en


def render(
    patch: Sequence[Mapping[str, Any]], bindings: Bindings, raw: Mapping[str, Any], language: Language
) -> list[dict[str, Any]]:
    """A template as a JSON Patch (RFC 6902) on the document as submitted. Raises KeyError for what was not found."""
    steps: list[dict[str, Any]] = []
    opened: set[str] = set()
    for template in patch:
        for seen in _repeated(template, bindings):
            if "when" not in template or look_up(seen, template["when"]):
                steps += _step(template, seen, raw, opened, language)
    return steps


def fill(text: str, bindings: Bindings, language: Language = "en") -> str:
    """A text with its placeholders filled."""
    return _PLACEHOLDER.sub(lambda m: str(_in_language(look_up(bindings, m.group(1)), language)), text)


def look_up(bindings: Bindings, name: str) -> Any:
    """What a dotted name stands for. Raises KeyError with the whole name."""
    value: Any = bindings
    for member in name.split("."):
        if not isinstance(value, Mapping) or member not in value:
            raise KeyError(name)
        value = value[member]
    return value


def placeholders(value: Any) -> Iterator[str]:
    """Every dotted name that a text, or a value with texts in it, speaks of."""
    if isinstance(value, str):
        yield from _PLACEHOLDER.findall(value)
    elif isinstance(value, Text):
        yield from placeholders((value.en, value.de))
    elif isinstance(value, Mapping):
        yield from placeholders(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for member in value:
            yield from placeholders(member)


def _repeated(template: Mapping[str, Any], bindings: Bindings) -> Iterator[Bindings]:
    if "each" not in template:
        yield bindings
        return
    for each in look_up(bindings, template["each"]):
        yield {**bindings, "each": each}


def _step(
    template: Mapping[str, Any], bindings: Bindings, raw: Mapping[str, Any], opened: set[str], language: Language
) -> Iterator[dict[str, Any]]:
    path = fill(template["path"], bindings)
    operation = template["op"]
    if operation == "remove":
        yield {"op": "remove", "path": path}
        return
    value = _value(template["value"], bindings, language)
    if operation == "put":
        yield from _opened(path.rpartition("/")[0], raw, opened)
        yield {"op": "add", "path": path, "value": value}
    elif operation == "append":
        if _at(raw, path) is None and path not in opened:
            opened.add(path)
            yield {"op": "add", "path": path, "value": [value]}
        else:
            yield {"op": "add", "path": f"{path}/-", "value": value}
    else:
        yield {"op": operation, "path": path, "value": value}


def _opened(path: str, raw: Mapping[str, Any], opened: set[str]) -> Iterator[dict[str, Any]]:
    """Steps that make the objects on a path that are missing, or null."""
    if not path or path in opened or _at(raw, path) is not None:
        return
    yield from _opened(path.rpartition("/")[0], raw, opened)
    opened.add(path)
    yield {"op": "add", "path": path, "value": {}}


def _at(raw: Any, path: str) -> Any:
    for member in pointer(path):
        if isinstance(raw, Mapping):
            raw = raw.get(member)
        elif isinstance(raw, list | tuple) and member.isdigit() and int(member) < len(raw):
            raw = raw[int(member)]
        else:
            return None
    return raw


def _value(template: Any, bindings: Bindings, language: Language) -> Any:
    if isinstance(template, str):
        whole = _PLACEHOLDER.fullmatch(template)
        found = look_up(bindings, whole.group(1)) if whole else fill(template, bindings, language)
        return _in_language(found, language)
    if isinstance(template, Mapping) and set(template) == set(LANGUAGES):
        return fill(template[language], bindings, language)
    if isinstance(template, Mapping):
        return {name: _value(member, bindings, language) for name, member in template.items()}
    if isinstance(template, list | tuple):
        return [_value(member, bindings, language) for member in template]
    return template


def _in_language(value: Any, language: Language) -> Any:
    """What a finder gave, its texts in the language; members that are None are left out."""
    if isinstance(value, Text):
        return value.plain(language)
    if isinstance(value, Mapping):
        return {name: _in_language(member, language) for name, member in value.items() if member is not None}
    if isinstance(value, list | tuple):
        return [_in_language(member, language) for member in value]
    return value
