"""Remedies as data: kinds of change, each with one or more forms in which it can be carried out (semantics §8).

A form names what it needs (`find`: a name → a finder of `app.domain.finders`), and a title and a patch that speak of what was found
(`app.domain.patch_templates`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from app.domain.patch_templates import LANGUAGES, OPERATIONS, Text
from app.domain.terms import FindingKind

Effort = Literal["low", "medium", "high"]
Scope = Literal["goal", "finding"]
Value = TypeVar("Value")

_SHARE_CLEARED = 0.3


class Risk(NamedTuple):
    """What may go wrong; without references it is judgement."""

    text: Text
    references: tuple[str, ...] = ()


class Form(NamedTuple):
    """One way to carry a remedy out. `rules`: only for findings of these rules; empty: wherever the remedy fits.

    `clears`: the share of a conflict that it usually takes away, of all conflicts of the goal or (`reach`) of this finding alone: a first
    guess by which candidates are put in order before the proof.
    """

    id: str
    title: Text
    find: tuple[tuple[str, str], ...]
    patch: tuple[Mapping[str, Any], ...]
    effort: Effort
    clears: float
    reach: Scope = "goal"
    rules: tuple[str, ...] = ()


class RemedyExample(NamedTuple):
    """A small document before and after. `rule` and `subjects` name the finding for which the remedy is asked."""

    because: str
    rule: str
    subjects: tuple[str, ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class Remedy(NamedTuple):
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
    _known(raw, "id", "name", "when", "rationale", "cost", "fits", "forms", "risks", "references", "examples")
    fits = _object(raw.get("fits", {}), "fits")
    _known(fits, "kinds", "flaws", "rules")
    return Remedy(
        id=_said(raw, "id"),
        name=_text(raw, "name"),
        when=_text(raw, "when"),
        rationale=_text(raw, "rationale"),
        cost=_text(raw, "cost"),
        forms=_each(raw, "forms", _form),
        risks=_each(raw, "risks", _risk),
        kinds=tuple(_word(kind, "kinds", get_args(FindingKind)) for kind in _words(fits, "kinds")),
        flaws=_words(fits, "flaws"),
        rules=_words(fits, "rules"),
        references=_words(raw, "references"),
        examples=_each(raw, "examples", _example),
    )


def _form(raw: Mapping[str, Any]) -> Form:
    _known(raw, "id", "title", "find", "patch", "effort", "clears", "reach", "rules")
    clears = raw.get("clears", _SHARE_CLEARED)
    if isinstance(clears, bool) or not isinstance(clears, int | float) or not 0 < clears <= 1:
        raise ValueError(f"field 'clears' is {clears!r}, expected a share above 0, at most 1")
    patch = _each(raw, "patch", _operation)
    if patch[0]["op"] != "test":
        raise ValueError("field 'patch' begins otherwise, expected a test of what it touches")
    return Form(
        id=_said(raw, "id"),
        title=_text(raw, "title"),
        find=tuple((str(name), str(finder)) for name, finder in _object(raw.get("find", {}), "find").items()),
        patch=patch,
        effort=_word(raw.get("effort"), "effort", get_args(Effort)),
        clears=float(clears),
        reach=_word(raw.get("reach", "goal"), "reach", get_args(Scope)),
        rules=_words(raw, "rules"),
    )


def _operation(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    _known(raw, "op", "path", "value", "each", "when")
    operation = _word(raw.get("op"), "op", OPERATIONS)
    for field in ("path", "each", "when"):
        if field == "path" or field in raw:
            _said(raw, field)
    if operation != "remove" and "value" not in raw:
        raise ValueError(f"field 'value' is missing in {operation!r} at {raw['path']!r}")
    return raw


def _risk(raw: Mapping[str, Any]) -> Risk:
    _known(raw, *LANGUAGES, "references")
    return Risk(_text_of(raw, "risks"), _words(raw, "references"))


def _example(raw: Mapping[str, Any]) -> RemedyExample:
    _known(raw, "because", "finding", "before", "after")
    finding = _object(raw.get("finding"), "finding")
    return RemedyExample(
        because=_said(raw, "because"),
        rule=_said(finding, "rule"),
        subjects=_words(finding, "subjects"),
        before=_object(raw.get("before"), "before"),
        after=_object(raw.get("after"), "after"),
    )


def _known(raw: Mapping[str, Any], *fields: str) -> None:
    if extra := sorted(set(raw) - set(fields), key=str):
        raise ValueError(f"field {extra[0]!r} is not known, expected one of {', '.join(sorted(fields))}")


def _said(raw: Mapping[str, Any], field: str) -> str:
    said = raw.get(field)
    if not isinstance(said, str) or not said.strip():
        raise ValueError(f"field {field!r} is {said!r}, expected text")
    return said


def _text(raw: Mapping[str, Any], field: str) -> Text:
    return _text_of(raw.get(field), field)


def _text_of(raw: Any, field: str) -> Text:
    if not isinstance(raw, Mapping) or not all(isinstance(raw.get(language), str) for language in LANGUAGES):
        raise ValueError(f"field {field!r} is {raw!r}, expected a text in {' and '.join(LANGUAGES)}")
    return Text(" ".join(raw["en"].split()), " ".join(raw["de"].split()))


def _object(raw: Any, field: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise ValueError(f"field {field!r} is {raw!r}, expected an object")
    return raw


def _each(raw: Mapping[str, Any], field: str, read: Callable[[Mapping[str, Any]], Value]) -> tuple[Value, ...]:
    written = raw.get(field)
    if not isinstance(written, Sequence) or isinstance(written, str) or not written:
        raise ValueError(f"field {field!r} is {written!r}, expected a list of at least one entry")
    return tuple(read(_object(one, field)) for one in written)


def _words(raw: Mapping[str, Any], field: str) -> tuple[str, ...]:
    words = raw.get(field, ())
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        raise ValueError(f"field {field!r} is {words!r}, expected a list of words")
    return tuple(words)


def _word(word: Any, field: str, known: tuple[str, ...]) -> Any:
    if word not in known:
        raise ValueError(f"field {field!r} is {word!r}, expected one of {', '.join(known)}")
    return word
