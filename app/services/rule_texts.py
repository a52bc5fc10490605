"""What a rule is, in words: why, what is checked, examples that fail and pass, how to fix it, what it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.catalogue.packs import packs
from app.domain.catalogue import Catalogue
from app.domain.citations import cited_by_id, reference_by_id
from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.params import Param
from app.domain.rules.rule import STANDARD, CompiledRule, Example, Rule
from app.domain.rules.said import said_number, said_value
from app.domain.rules.words import in_words, told
from app.domain.terms import Language


class ExampleText(NamedTuple):
    """An example in words: its facts, and what of them decides."""

    facts: tuple[tuple[str, str], ...]
    """What is known, and its value; a yes or no is a clause without a value."""
    decides: tuple[str, ...]


class Fix(NamedTuple):
    """A kind of change that answers the rule."""

    remedy: str
    name: str
    why: str


class Source(NamedTuple):
    """What the rule rests on: its short name, and in full."""

    id: str
    name: str
    reference: str


class Part(NamedTuple):
    """A clause of a norm that the rule implements, and what of it no rule checks."""

    clause: str
    part: str
    unchecked: str


class RuleText(NamedTuple):
    """A rule in words of one language."""

    id: str
    name: str
    pack: str
    pack_name: str
    version: int
    fact_kind: str
    title: str
    why: str
    checked: str
    condition: str
    params: tuple[tuple[str, str], ...]
    says: str
    severity: str
    fails: tuple[ExampleText, ...]
    passes: tuple[ExampleText, ...]
    fixes: tuple[Fix, ...]
    implements: tuple[Part, ...]
    sources: tuple[Source, ...]


def rule_text(rule: Rule, language: Language) -> RuleText:
    """A rule in words; it holds together."""
    known = catalogue()
    compiled = CompiledRule(rule, FACT_KINDS[rule.fact_kind])
    return RuleText(
        id=rule.id,
        name=rule.name,
        pack=rule.pack,
        pack_name=packs()[rule.pack].name[language] if rule.pack in packs() else rule.pack,
        version=rule.version,
        fact_kind=compiled.kind.labels[language],
        title=rule.title[language],
        why=rule.why(language),
        checked=in_words(compiled.node, compiled.kind, language),
        condition=rule.condition,
        params=tuple((name, _constant(value, language)) for name, value in sorted(rule.params.items())),
        says=_PLACE.sub("…", rule.message[language]),
        severity=_severity(rule, language),
        fails=tuple(_example(compiled, example, language) for example in rule.matches),
        passes=tuple(_example(compiled, example, language) for example in rule.silent),
        fixes=tuple(_fixes(rule, known, language)),
        implements=_implements(rule, known, language),
        sources=tuple(
            Source(
                reference,
                cited_by_id(reference, known.citations, language),
                reference_by_id(reference, known.citations, language),
            )
            for reference in rule.references
            if cited_by_id(reference, known.citations, language)
        ),
    )


_PLACE = re.compile(r"\{\w+\}")
"""Where a message names what it is about."""

_SEVERITY: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "own": "As this says: {}.",
        "pair": "By pressure, importance and net harm.",
        "flaw": "Base {}, more the more pay is at stake.",
        "gap": "{}, never above medium.",
    },
    "de": {
        "own": "Wie dies sagt: {}.",
        "pair": "Nach Druck, Gewicht und Schaden unter dem Strich.",
        "flaw": "Ausgangswert {}, umso mehr, je mehr Vergütung auf dem Spiel steht.",
        "gap": "{}, nie über mittel.",
    },
}


def _constant(value: Param, language: Language) -> str:
    return value if isinstance(value, str) else said_number(Decimal(repr(float(value))), language)


def _severity(rule: Rule, language: Language) -> str:
    said = _SEVERITY[language]
    if rule.severity != STANDARD:
        return said["own"].format(rule.severity)
    if rule.base is None:
        return said["pair"]
    return said["flaw" if rule.finding == "incentive_flaw" else "gap"].format(f"{rule.base:g}")


def _example(compiled: CompiledRule, example: Example, language: Language) -> ExampleText:
    facts = tuple(_fact(compiled, name, value, language) for name, value in example.facts.items())
    decided = compiled.conditions(example.facts)
    return ExampleText(facts, tuple(told(condition, compiled.kind, language) for condition in decided))


def _fact(compiled: CompiledRule, name: str, value: Any, language: Language) -> tuple[str, str]:
    field = compiled.kind.fields[name]
    if value is None:
        return field.labels[language], _UNKNOWN[language]
    shown = said_value(field, value, language)
    return (shown, "") if field.type == "bool" else (field.labels[language], shown)


_UNKNOWN: Mapping[Language, str] = {"en": "not known", "de": "nicht bekannt"}


def _fixes(rule: Rule, known: Catalogue, language: Language) -> list[Fix]:
    named = [
        *rule.remedies,
        *(r.id for r in known.remedies.values() if rule.id in r.rules and r.id not in rule.remedies),
    ]
    remedies = [known.remedies[id_] for id_ in named if id_ in known.remedies]
    return [Fix(r.id, r.name.said(language), r.rationale.said(language)) for r in remedies]


def _implements(rule: Rule, known: Catalogue, language: Language) -> tuple[Part, ...]:
    return tuple(
        Part(
            cited_by_id(clause.reference, known.citations, language),
            clause.part[language],
            clause.unchecked[language] if clause.unchecked else "",
        )
        for clause in (packs()[rule.pack].implements if rule.pack in packs() else ())
        if rule.id in clause.rules
    )
