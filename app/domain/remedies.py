"""Remedies as data: kinds of change with patch templates, and how a template becomes a JSON Patch (semantics §8).

A remedy has one or more forms. A form names what it needs (`find`: a name → a finder of `app.domain.finders`), and a `patch` whose
steps and texts speak of what was found: `{guard.key}`. A placeholder that is a whole text keeps its type. Beside the operations of
JSON Patch a template has `put` (add a member, and the objects above it where they are missing) and `append` (to a list that may be
missing); a step may be repeated (`each: gated.items`, then `{each.path}`) or left out (`when: guard.new`). A value `{en, de}` is a text
in the reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from app.domain.json_patch import pointer
from app.domain.terms import FindingKind, Language

Effort = Literal["low", "medium", "high"]
Bindings = Mapping[str, Any]
"""What the finders found, by the names that a form gives it."""

OPERATIONS = ("test", "add", "replace", "remove", "put", "append")
LANGUAGES: tuple[Language, ...] = ("en", "de")
_PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)\}")


@dataclass(frozen=True, slots=True)
class Text:
    """The same said in English and German."""

    en: str
    de: str

    def said(self, language: Language, bindings: Bindings | None = None) -> str:
        """The text in a language, with its placeholders filled."""
        return fill(self.de if language == "de" else self.en, bindings or {}, language)


@dataclass(frozen=True, slots=True)
class Risk:
    """What may go wrong; without references it is judgement."""

    text: Text
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One way to carry a remedy out. `rules`: only for findings of these rules; empty: wherever the remedy fits.

    `clears`: the share of a conflict that it usually takes away, of all conflicts of the goal or of this one alone (`reach`): a first
    guess by which candidates are put in order before the proof.
    """

    id: str
    title: Text
    find: tuple[tuple[str, str], ...]
    patch: tuple[Mapping[str, Any], ...]
    effort: Effort
    clears: float
    reach: Literal["goal", "finding"] = "goal"
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemedyExample:
    """A small document before and after. `rule` and `subjects` name the finding for which the remedy is asked."""

    because: str
    rule: str
    subjects: tuple[str, ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Remedy:
    """A kind of change. It is tried for findings whose rule names it, and for those of its `kinds`, `flaws` and `rules`."""

    id: str
    name: Text
    when: Text
    rationale: Text
    cost: Text
    forms: tuple[Form, ...]
    risks: tuple[Risk, ...]
    kinds: tuple[FindingKind, ...] = ()
    flaws: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    examples: tuple[RemedyExample, ...] = ()


def remedy_from(raw: Mapping[str, Any]) -> Remedy:
    """A remedy out of what was written. Raises ValueError that names the field and what was expected."""
    known = {"id", "name", "when", "rationale", "cost", "fits", "forms", "risks", "references", "examples"}
    if extra := sorted(set(raw) - known):
        raise ValueError(f"field {extra[0]!r} is not known, expected one of {', '.join(sorted(known))}")
    fits = raw.get("fits", {})
    return Remedy(
        id=_said(raw, "id"),
        name=_text(raw, "name"),
        when=_text(raw, "when"),
        rationale=_text(raw, "rationale"),
        cost=_text(raw, "cost"),
        forms=tuple(_form(form) for form in _listed(raw, "forms")),
        risks=tuple(Risk(_text_of(risk, "risks"), tuple(risk.get("references", ()))) for risk in _listed(raw, "risks")),
        kinds=_words(fits, "kinds", get_args(FindingKind)),
        flaws=tuple(fits.get("flaws", ())),
        rules=tuple(fits.get("rules", ())),
        references=tuple(raw.get("references", ())),
        examples=tuple(_example(example) for example in _listed(raw, "examples")),
    )


def render(
    patch: Sequence[Mapping[str, Any]], bindings: Bindings, raw: Mapping[str, Any], language: Language
) -> list[dict[str, Any]]:
    """A template as a JSON Patch (RFC 6902) on the document as submitted. Raises KeyError for what was not found."""
    steps: list[dict[str, Any]] = []
    opened: set[str] = set()
    for template in patch:
        for seen in _repeated(template, bindings):
            if "when" in template and not look_up(seen, template["when"]):
                continue
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
    """Every name that a template speaks of."""
    if isinstance(value, str):
        yield from _PLACEHOLDER.findall(value)
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from placeholders(member)
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
        return value.said(language)
    if isinstance(value, Mapping):
        return {name: _in_language(member, language) for name, member in value.items() if member is not None}
    if isinstance(value, list | tuple):
        return [_in_language(member, language) for member in value]
    return value


def _form(raw: Mapping[str, Any]) -> Form:
    patch = tuple(_listed(raw, "patch"))
    for step in patch:
        if step.get("op") not in OPERATIONS:
            raise ValueError(f"op {step.get('op')!r} is not known, expected one of {', '.join(OPERATIONS)}")
    if not patch or patch[0]["op"] != "test":
        raise ValueError("a patch begins with a test of what it touches")
    return Form(
        id=_said(raw, "id"),
        title=_text(raw, "title"),
        find=tuple((str(name), str(finder)) for name, finder in raw.get("find", {}).items()),
        patch=patch,
        effort=_words(raw, "effort", get_args(Effort))[0],
        clears=float(raw.get("clears", 0.3)),
        reach=_words({"reach": raw.get("reach", "goal")}, "reach", ("goal", "finding"))[0],
        rules=tuple(raw.get("rules", ())),
    )


def _example(raw: Mapping[str, Any]) -> RemedyExample:
    finding = raw["finding"]
    return RemedyExample(
        _said(raw, "because"), str(finding["rule"]), tuple(finding.get("subjects", ())), raw["before"], raw["after"]
    )


def _said(raw: Mapping[str, Any], field: str) -> str:
    if not isinstance(raw.get(field), str) or not raw[field].strip():
        raise ValueError(f"field {field!r} is {raw.get(field)!r}, expected text")
    return str(raw[field])


def _text(raw: Mapping[str, Any], field: str) -> Text:
    return _text_of(raw.get(field), field)


def _text_of(raw: Any, field: str) -> Text:
    if not isinstance(raw, Mapping) or not all(isinstance(raw.get(language), str) for language in LANGUAGES):
        raise ValueError(f"field {field!r} is {raw!r}, expected a text in {' and '.join(LANGUAGES)}")
    return Text(" ".join(raw["en"].split()), " ".join(raw["de"].split()))


def _listed(raw: Mapping[str, Any], field: str) -> Sequence[Mapping[str, Any]]:
    if not isinstance(raw.get(field), list | tuple) or not raw[field]:
        raise ValueError(f"field {field!r} is {raw.get(field)!r}, expected a list of at least one entry")
    return list(raw[field])


def _words(raw: Mapping[str, Any], field: str, known: tuple[str, ...]) -> tuple[Any, ...]:
    value = raw.get(field, ())
    words = (value,) if isinstance(value, str) else tuple(value)
    for word in words:
        if word not in known:
            raise ValueError(f"field {field!r} holds {word!r}, expected one of {', '.join(known)}")
    return words
