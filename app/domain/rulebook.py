"""The rules of a catalogue, ready to run on the fact tables."""

from __future__ import annotations

from functools import lru_cache

from app.domain.catalogue import Catalogue
from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.rule import CompiledRule


@lru_cache(maxsize=4)
def compiled_rules(catalogue: Catalogue) -> tuple[CompiledRule, ...]:
    """The built-in rules by id. A catalogue is refused unless all its rules hold together, so they are not checked again."""
    return tuple(CompiledRule(rule, FACT_KINDS[rule.fact_kind]) for _, rule in sorted(catalogue.rules.items()))
