"""A rule as somebody wrote it: every fault of its shape at once, each with its place; then the rule itself, checked whole.

Built-in rules and rules of organizations are written alike (docs/rule-language.md); what the format asks of built-in ones beyond this, both
languages and examples, their catalogue asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

from app.domain.faults import Fault, Path
from app.domain.rules.rule import Status
from app.domain.rules.schema import FactKind
from app.domain.rules.tokens import MOST_CHARACTERS
from app.domain.terms import FindingKind, Language

MOST_EXAMPLES = 50
MOST_TEXT = 2_000
MOST_LISTED = 50
MOST_PARAMS = 50

LANGUAGES: tuple[Language, ...] = get_args(Language)

_ID = re.compile(r"[A-Z]{3}[0-9]{3}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PACK = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,62}")
_REFERENCE = 300

Faults = Iterator[Fault]


def rule_faults(raw: Any, kinds: Mapping[str, FactKind]) -> list[Fault]:
    """What is wrong with the shape of a rule: members missing, unknown, of a wrong type or outside their vocabulary."""
    if not isinstance(raw, Mapping):
        return [Fault((), "wrong_type", raw, "object")]
    members = _members(kinds)
    unknown = (
        Fault((name,), "unknown_member", raw[name], options=tuple(members)) for name in raw if name not in members
    )
    missing = (Fault((name,), "missing") for name in REQUIRED if raw.get(name) is None)
    wrong = (
        fault for name, check in members.items() if raw.get(name) is not None for fault in check(raw[name], (name,))
    )
    return [*unknown, *missing, *wrong]


REQUIRED = ("id", "name", "pack", "fact_kind", "finding", "condition", "title", "message", "rationale")
"""Members that every rule has."""


def _members(kinds: Mapping[str, FactKind]) -> dict[str, Callable[[Any, Path], Faults]]:
    """Member → what tells its faults."""
    return {
        "id": _formed(_ID, "rule_id"),
        "name": _formed(_NAME, "rule_name"),
        "pack": _formed(_PACK, "key"),
        "version": _version,
        "status": _one_of(get_args(Status)),
        "effective": _effective,
        "fact_kind": _one_of(tuple(kinds)),
        "finding": _one_of(get_args(FindingKind)),
        "flaw": _formed(_WORD, "flaw"),
        "params": _params,
        "condition": _expression,
        "descriptions": _descriptions,
        "severity": _expression,
        "confidence": _expression,
        "base": _base,
        "stake": _formed(_WORD, "flaw"),
        "title": _texts,
        "message": _texts,
        "rationale": _text,
        "rationale_de": _text,
        "references": _list_of(_reference),
        "remedies": _list_of(_formed(_WORD, "flaw")),
        "examples": _examples,
    }


def _text(value: Any, path: Path, most: int = MOST_TEXT) -> Faults:
    if not isinstance(value, str):
        yield Fault(path, "wrong_type", value, "text")
    elif not value.strip():
        yield Fault(path, "empty", value)
    elif len(value) > most:
        yield Fault(path, "too_long", value, details={"most": most})
    elif not all(c.isprintable() or c == "\n" for c in value):
        odd = next(c for c in value if not c.isprintable() and c != "\n")
        yield Fault(path, "bad_character", value, details={"character": f"U+{ord(odd):04X}"})


def _reference(value: Any, path: Path) -> Faults:
    return _text(value, path, _REFERENCE)


def _formed(pattern: re.Pattern[str], expectation: str) -> Callable[[Any, Path], Faults]:
    def faults(value: Any, path: Path) -> Faults:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            yield Fault(path, "bad_form" if isinstance(value, str) else "wrong_type", value, expectation)

    return faults


def _one_of(words: tuple[str, ...]) -> Callable[[Any, Path], Faults]:
    def faults(value: Any, path: Path) -> Faults:
        if value not in words:
            yield Fault(path, "not_one_of", value, "one_of", words, {"values": ", ".join(words)})

    return faults


def _list_of(check: Callable[[Any, Path], Faults]) -> Callable[[Any, Path], Faults]:
    def faults(value: Any, path: Path) -> Faults:
        if not isinstance(value, list):
            yield Fault(path, "wrong_type", value, "list")
            return
        yield from _few(value, path)
        for place, item in enumerate(value[:MOST_LISTED]):
            yield from check(item, (*path, place))
            if item in value[:place]:
                yield Fault((*path, place), "duplicate_item", item)

    return faults


def _few(value: Any, path: Path, most: int = MOST_LISTED) -> Faults:
    if len(value) > most:
        yield Fault(path, "too_many", details={"count": len(value), "most": most})


def _expression(value: Any, path: Path) -> Faults:
    """How it is written is checked against the fact kind; a severity may also be a number."""
    if path[-1] in ("severity", "confidence") and isinstance(value, int | float) and not isinstance(value, bool):
        return
    if not isinstance(value, str):
        yield Fault(path, "wrong_type", value, "text")
    elif len(value) > MOST_CHARACTERS:
        yield Fault(path, "too_long", value, details={"most": MOST_CHARACTERS})


def _version(value: Any, path: Path) -> Faults:
    if isinstance(value, bool) or not isinstance(value, int):
        yield Fault(path, "wrong_type", value, "whole")
    elif value < 1:
        yield Fault(path, "too_small", value, "at_least", details={"bound": 1})


def _base(value: Any, path: Path) -> Faults:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield Fault(path, "wrong_type", value, "number")


def _effective(value: Any, path: Path) -> Faults:
    if not isinstance(value, Mapping):
        yield Fault(path, "wrong_type", value, "object_of", details={"values": "from, to"})
        return
    days: dict[str, date] = {}
    for name, day in value.items():
        if name not in ("from", "to"):
            yield Fault((*path, name), "unknown_member", day, options=("from", "to"))
        elif day is not None and (known := _day(day)) is None:
            yield Fault((*path, name), "not_a_day", day, "day")
        elif day is not None and known is not None:
            days[name] = known
    if len(days) == 2 and days["to"] <= days["from"]:
        yield Fault((*path, "to"), "period_ends_early", value["to"])


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-11-22") else None
    except ValueError:
        return None


def _params(value: Any, path: Path) -> Faults:
    """Whether they are constants is checked with the expressions that use them."""
    if not isinstance(value, Mapping):
        yield Fault(path, "wrong_type", value, "object")
        return
    yield from _few(value, path, MOST_PARAMS)
    for name, constant in value.items():
        if not _WORD.fullmatch(str(name)):
            yield Fault((*path, name), "bad_form", name, "flaw")
        elif not isinstance(constant, bool | int | float | str):
            yield Fault((*path, name), "wrong_type", constant, "constant")


def _texts(value: Any, path: Path) -> Faults:
    """A text in one language at least."""
    if not isinstance(value, Mapping) or not value:
        yield Fault(path, "wrong_type", value, "object_of", details={"values": ", ".join(LANGUAGES)})
        return
    yield from _said(value, path, LANGUAGES)


def _said(value: Mapping[str, Any], path: Path, members: tuple[str, ...]) -> Faults:
    for name, text in value.items():
        if name not in members:
            yield Fault((*path, name), "unknown_member", text, options=tuple(members))
        else:
            yield from _text(text, (*path, name))


def _descriptions(value: Any, path: Path) -> Faults:
    if not isinstance(value, list):
        yield Fault(path, "wrong_type", value, "list")
        return
    yield from _few(value, path)
    for place, item in enumerate(value[:MOST_LISTED]):
        at = (*path, place)
        if not isinstance(item, Mapping):
            yield Fault(at, "wrong_type", item, "object_of", details={"values": "condition, en, de"})
            continue
        if not isinstance(item.get("condition"), str):
            yield Fault((*at, "condition"), "missing")
        if not any(language in item for language in LANGUAGES):
            yield Fault((*at, LANGUAGES[0]), "missing")
        yield from _said(item, at, ("condition", *LANGUAGES))


def _examples(value: Any, path: Path) -> Faults:
    if not isinstance(value, Mapping):
        yield Fault(path, "wrong_type", value, "object_of", details={"values": "silent, matches"})
        return
    for name, some in value.items():
        at = (*path, name)
        if name not in ("silent", "matches"):
            yield Fault(at, "unknown_member", some, options=("silent", "matches"))
        elif not isinstance(some, list):
            yield Fault(at, "wrong_type", some, "list")
        else:
            yield from _few(some, at, MOST_EXAMPLES)
            for place, example in enumerate(some[:MOST_EXAMPLES]):
                yield from _example(example, (*at, place))


def _example(value: Any, path: Path) -> Faults:
    if not isinstance(value, Mapping):
        yield Fault(path, "wrong_type", value, "object_of", details={"values": "because, facts"})
        return
    yield from (Fault((*path, name), "missing") for name in ("because", "facts") if value.get(name) is None)
    for name, said in value.items():
        if name not in ("because", "facts"):
            yield Fault((*path, name), "unknown_member", said, options=("because", "facts"))
    if value.get("because") is not None:
        yield from _text(value["because"], (*path, "because"))
    facts = value.get("facts")
    if facts is not None and not isinstance(facts, Mapping):
        yield Fault((*path, "facts"), "wrong_type", facts, "object")
