"""What an entry of each section may hold: names, types and closed vocabularies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from app.catalogue.problems import nearest
from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.rule import Status
from app.domain.terms import Evidence, FindingKind, Function, Kind, Strength, Support

FUNCTIONS = (*get_args(Function), "customer")
GAMEABILITY = ("low", "medium", "high")
LANGUAGES = {"en", "de"}
CITATION_STATUS = ("verified", "memory", "editorial")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what is expected, in words, and whether a value fits."""

    expected: str
    fits: Callable[[Any], bool]
    required: bool = True
    words: tuple[str, ...] = ()


def faults(section: str, data: dict[str, Any]) -> Iterator[str]:
    """What is wrong with an entry by itself: fields missing, unknown, of a wrong type or outside their vocabulary."""
    fields = SHAPES[section]
    if not isinstance(data, dict):
        yield f"is {data!r}, expected fields with their values"
        return
    for name in sorted(set(data) - set(fields), key=str):
        yield f"field {name!r} is not known{nearest(str(name), fields)}"
    for name, field in fields.items():
        if name not in data:
            if field.required:
                yield f"field {name!r} is missing, expected {field.expected}"
        elif not field.fits(data[name]):
            hint = nearest(data[name], field.words) if isinstance(data[name], str) else ""
            yield f"field {name!r} is {data[name]!r}, expected {field.expected}{hint}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(v) for v in value) and len(set(value)) == len(value)


def _are_names(value: list[Any]) -> bool:
    """Unlike other lists a list of authors may hold a name twice."""
    return bool(value) and all(map(_is_text, value))


def _is_lag(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"typical", "min", "max"} and all(map(_is_whole, value.values()))


def _is_gameability(value: Any) -> bool:
    if not (isinstance(value, dict) and set(value) == {"level", "how"}):
        return False
    return value["level"] in GAMEABILITY and _is_text(value["how"])


def _are_both(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == LANGUAGES and all(map(_is_text, value.values()))


def _is_base(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 100


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9_]*", value) is not None


def _are_descriptions(value: Any) -> bool:
    members = {"condition", *LANGUAGES}
    return isinstance(value, list) and all(
        isinstance(one, dict) and set(one) == members and all(map(_is_text, one.values())) for one in value
    )


def _is_period(value: Any) -> bool:
    day = r"\d{4}-\d{2}-\d{2}"
    return (
        isinstance(value, dict)
        and set(value) <= {"from", "to"}
        and all(isinstance(one, str) and re.fullmatch(day, one) for one in value.values())
    )


def _are_examples(value: Any) -> bool:
    if not isinstance(value, dict) or list(value) != ["silent", "matches"]:
        return False
    return all(isinstance(some, list) and all(map(_is_example, some)) for some in value.values())


def _is_example(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"because", "facts"} or not _is_text(value["because"]):
        return False
    return isinstance(value["facts"], dict) and bool(value["facts"]) and all(map(_is_text, value["facts"]))


def _matching(pattern: str, expected: str) -> Field:
    return Field(expected, lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None)


def _one_of(*words: str, required: bool = True) -> Field:
    return Field(f"one of {', '.join(words)}", lambda value: isinstance(value, str) and value in words, required, words)


def _many_of(*words: str) -> Field:
    return Field(f"a list out of {', '.join(words)}", lambda v: _are_texts(v) and set(v) <= set(words), words=words)


def _names(least: int, most: int) -> Field:
    return Field(f"{least} to {most} different names", lambda value: _are_texts(value) and least <= len(value) <= most)


_TEXT = Field("text", _is_text)
_TEXT_OR_NOT = Field("text", _is_text, required=False)
_TEXT_OR_NULL = Field("text or null", lambda value: value is None or _is_text(value))
_TEXTS = Field("a list of different texts", _are_texts)
_TEXTS_OR_NOT = Field("a list of different texts", _are_texts, required=False)
_SOME_TEXTS = Field("a list of at least one text", lambda value: _are_texts(value) and bool(value))
_FLAG = Field("true or false", lambda value: isinstance(value, bool))
_FLAG_OR_NOT = Field("true or false", lambda value: isinstance(value, bool), required=False)
_DAYS = Field("a whole number of days", _is_whole)
_YEAR = Field("a year, or null for what bears none", lambda v: v is None or (_is_whole(v) and 1900 <= v <= 2100))
_LAG = Field("{typical, min, max} in whole days", _is_lag)
_CLAUSE = Field("[subject, going up, going down], or a lead-in alone", lambda v: _are_texts(v) and len(v) in (1, 3))
_GAMEABILITY = Field("{level: low, medium or high, how: text}", _is_gameability)

_REAP = _one_of("retention", "efficiency", "acquisition", "penetration", "none")
_KIND = _one_of("activity", "output", "outcome", "financial")
_TIMING = _one_of("leading", "lagging")

_METRIC = {
    "id": _TEXT,
    "name": _TEXT,
    "name_de": _TEXT,
    "unit": _one_of("seconds", "days", "percent", "currency", "count", "score"),
    "good_direction": _one_of("increase", "decrease", "none"),
    "reap": _REAP,
    "kind": _KIND,
    "timing": _TIMING,
    "horizon_days": _DAYS,
    "customer_outcome": _FLAG_OR_NOT,
    "family": _TEXT,
    "orientation": _one_of("+", "-"),
    "controllable_by": _many_of(*FUNCTIONS),
    "gameability": _GAMEABILITY,
    "aliases": _TEXTS,
    "inverse_aliases": _TEXTS_OR_NOT,
    "resolves": _names(3, 5),
    "differs_from": _names(2, 4),
    "note": _TEXT_OR_NOT,
}

_INFLUENCE = {
    "id": _TEXT,
    "source": _TEXT,
    "target": _TEXT,
    "sign": _one_of("+", "-", "0"),
    "kind": _one_of(*get_args(Kind)),
    "source_direction": _one_of("up", "down", "both"),
    "strength": _one_of(*get_args(Strength)),
    "lag_days": _LAG,
    "evidence": _one_of(*get_args(Evidence)),
    "support": _one_of(*get_args(Support)),
    "citations": _SOME_TEXTS,
    "mechanism": _TEXT,
    "mechanism_de": _TEXT_OR_NOT,
    "when": _TEXT_OR_NOT,
    "when_de": _TEXT_OR_NOT,
    "told_for": _one_of("up", "down", required=False),
    "contested": _FLAG_OR_NOT,
    "role": _one_of("main", "counter", required=False),
    "counters": _TEXTS_OR_NOT,
}

_LEVER = {
    "id": _TEXT,
    "name": _TEXT,
    "name_de": _TEXT,
    "definition": _TEXT,
    "category": _one_of("pay_design", "target", "policy", "structure"),
    "typical_owner": _one_of("any", *FUNCTIONS),
    "functions": _many_of("any", *FUNCTIONS),
    "families": _SOME_TEXTS,
    "visible": _one_of("plan", "kpi", "partly", "no"),
    "shown_by": _TEXT,
    "aliases": _TEXTS,
}

_FAMILY = {
    "id": _TEXT,
    "name": _TEXT,
    "name_de": _TEXT,
    "definition": _TEXT,
    "up_means": _TEXT,
    "up_means_de": _TEXT,
    "reap": _REAP,
    "kind": _KIND,
    "timing": _TIMING,
    "horizon_days": _DAYS,
    "customer_outcome": _FLAG_OR_NOT,
    "gameability": _GAMEABILITY,
    "cues": _SOME_TEXTS,
    "adverse_cues": _TEXTS,
    "examples": _SOME_TEXTS,
}

_CITATION = {
    "id": _TEXT,
    "authors": Field("a list of at least one name", lambda value: isinstance(value, list) and _are_names(value)),
    "year": _YEAR,
    "title": _TEXT,
    "venue": _TEXT,
    "doi": _TEXT_OR_NULL,
    "doi_seen": _FLAG,
    "status": _one_of(*CITATION_STATUS),
    "seen": Field(
        "abstract, excerpt, secondary, record or null",
        lambda value: value is None or value in ("abstract", "excerpt", "secondary", "record"),
    ),
    "address": _TEXT_OR_NULL,
    "type": _TEXT,
    "finding": _TEXT,
    "short": _TEXT_OR_NOT,
}

_SAYING = {"id": _TEXT, "en": _CLAUSE, "de": _CLAUSE}

_RULE = {
    "id": _matching(r"[A-Z]{3}[0-9]{3}", "three capitals and three digits"),
    "name": _matching(r"[a-z0-9]+(-[a-z0-9]+)*", "small letters and digits, joined by hyphens"),
    "pack": _TEXT,
    "version": Field("a whole number from 1 on", lambda value: _is_whole(value) and value > 0),
    "fact_kind": _one_of(*FACT_KINDS),
    "finding": _one_of(*get_args(FindingKind)),
    "flaw": Field("a name", _is_name, required=False),
    "base": Field("a number above 0, at most 100", _is_base, required=False),
    "stake": _TEXT_OR_NOT,
    "params": Field("names with constants", lambda v: isinstance(v, dict) and all(map(_is_name, v)), required=False),
    "condition": _TEXT,
    "descriptions": Field("[{condition, en, de}, …]", _are_descriptions, required=False),
    "severity": _TEXT,
    "confidence": _TEXT_OR_NOT,
    "status": _one_of(*get_args(Status), required=False),
    "effective": Field("{from: YYYY-MM-DD, to: YYYY-MM-DD}", _is_period, required=False),
    "title": Field("a text each in en and de", _are_both),
    "message": Field("a text each in en and de", _are_both),
    "rationale": _TEXT,
    "rationale_de": _TEXT,
    "references": _SOME_TEXTS,
    "remedies": _SOME_TEXTS,
    "examples": Field("{silent: [{because: text, facts: {…}}, …], matches: [… alike]}, silent first", _are_examples),
}

SHAPES: dict[str, dict[str, Field]] = {
    "metrics": _METRIC,
    "influences": _INFLUENCE,
    "family_influences": _INFLUENCE,
    "levers": _LEVER,
    "families": _FAMILY,
    "citations": _CITATION,
    "sayings": _SAYING,
    "rules": _RULE,
}
"""Section → field → what it may hold. Remedies are checked by their own module."""
