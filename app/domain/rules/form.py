"""A rule as JSON values, complete: what is said in one language stands for both, and what was left out has its default."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from app.domain.canonical import canonical_text
from app.domain.rules.rule import ALWAYS, Rule

LIFE = ("version", "status", "source")
"""Members that tell of a rule's life, not of what it says."""


def rule_as_json(rule: Rule) -> dict[str, Any]:
    """Every member of a rule; those that are optional and empty are left out."""
    optional = {
        "flaw": rule.flaw,
        "base": rule.base,
        "params": dict(rule.params),
        "descriptions": [{"condition": one.condition, **one.said} for one in rule.descriptions],
        "effective": _period(rule),
    }
    return {
        "id": rule.id,
        "name": rule.name,
        "pack": rule.pack,
        "version": rule.version,
        "fact_kind": rule.fact_kind,
        "finding": rule.finding,
        "condition": rule.condition,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "source": "own" if rule.own else "built_in",
        "status": rule.status,
        "stake": rule.stake,
        **{name: value for name, value in optional.items() if value not in (None, {}, [])},
        "title": dict(rule.title),
        "message": dict(rule.message),
        "rationale": rule.rationale,
        "rationale_de": rule.rationale_de,
        "references": list(rule.references),
        "remedies": list(rule.remedies),
        "examples": {
            "silent": [{"because": example.because, "facts": dict(example.facts)} for example in rule.silent],
            "matches": [{"because": example.because, "facts": dict(example.facts)} for example in rule.matches],
        },
    }


def rule_hash(rule: Rule) -> str:
    """The hash of what a rule says, whatever its version and status."""
    said = {name: value for name, value in rule_as_json(rule).items() if name not in LIFE}
    return _hash(said)


def pack_hash(rules: Mapping[str, str]) -> str:
    """The hash of what a pack holds: ids of its rules → their hashes."""
    return _hash(dict(rules))


def _hash(value: Mapping[str, Any]) -> str:
    return "sha256:" + hashlib.sha256(canonical_text(value).encode()).hexdigest()


def _period(rule: Rule) -> dict[str, str]:
    if rule.effective == ALWAYS:
        return {}
    ends = {"from": rule.effective.from_, "to": rule.effective.to}
    return {name: day.isoformat() for name, day in ends.items() if day is not None}
