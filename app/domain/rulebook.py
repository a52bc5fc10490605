"""The rules of a catalogue, checked against the fact tables and ready to run."""

from __future__ import annotations

from functools import lru_cache

from app.domain.catalogue import Catalogue
from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.rule import CompiledRule, compile_rule


@lru_cache(maxsize=4)
def compiled_rules(catalogue: Catalogue) -> tuple[CompiledRule, ...]:
    """The built-in rules by id; raises `RuleInvalid` for one that does not hold together."""
    return tuple(compile_rule(rule, FACT_KINDS) for _, rule in sorted(catalogue.rules.items()))
