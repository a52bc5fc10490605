"""What the parts of a condition mean, in the words of the rule's author where they gave some, else in those of the columns."""

from __future__ import annotations

from app.domain.findings import Condition
from app.domain.rules.params import fold
from app.domain.rules.rule import CompiledRule
from app.domain.rules.syntax import parse
from app.domain.rules.words import told
from app.domain.terms import Language

_DENIED = {"en": "it is not so that {}", "de": "es gilt nicht: {}"}


def described(condition: Condition, compiled: CompiledRule, language: Language) -> str:
    """A part that decided: as its author describes it, denied where it does not hold; what is unknown is told with what is missing."""
    words = told(condition, compiled.kind, language)
    if condition.holds is None or not compiled.rule.descriptions:
        return words
    node = parse(condition.expression)
    for one in compiled.rule.descriptions:
        if fold(parse(one.condition), compiled.rule.params) == node:
            said = one.said[language]
            return f"{said if condition.holds else _DENIED[language].format(said)} ({words})"
    return words
