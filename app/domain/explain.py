"""Chains and findings in plain words, English and German (semantics §7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.conflicts import Conflict
from app.domain.findings import ChainLink, Finding
from app.domain.goals import Goals
from app.domain.rules.rule import Rule
from app.domain.terms import FindingKind, Language, Level, Wanted


@dataclass(frozen=True, slots=True)
class Account:
    """What there is to tell about a conflict."""

    kind: FindingKind
    source_name: str
    source_department: str
    source_wanted: Wanted
    source_paid: bool
    source_pay_share: float
    source_roles: tuple[str, ...]
    target_name: str
    target_kind: str
    target_department: str
    target_wanted: Wanted
    chain: tuple[ChainLink, ...]
    help: tuple[ChainLink, ...]
    harm: float
    help_value: float
    net: float
    sign_reliability: float
    confidence: float
    basis: str
    contested: bool
    rival: bool
    internalised: float
    lag_days: int
    severity: float
    level: Level
    gated_by: tuple[str, ...]


def conflict_title(account: Account, language: Language) -> str:
    """One sentence."""
    return f"{account.source_name} against {account.target_name}"


def conflict_explanation(account: Account, catalogue: Catalogue, language: Language) -> str:
    """A few sentences."""
    return conflict_title(account, language)


def flaw_explanation(
    rule: Rule, values: Mapping[str, Any], behind: Conflict | None, goals: Goals, language: Language
) -> str:
    """Why a rule's finding matters."""
    return rule.rationale


def assumption(kind: str, details: Mapping[str, object], language: Language) -> str:
    """What was assumed."""
    return f"{kind} {dict(details)}"


def headline(
    findings: Sequence[Finding], departments: Mapping[str, str], language: Language, *, goals: int, outcomes: int
) -> str:
    """The analysis in one sentence."""
    return findings[0].title if findings else "No conflict was found."
