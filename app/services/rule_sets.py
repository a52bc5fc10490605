"""Analysis of a set of rules: the built-in ones and one's own, alone or for one organization; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

import numpy as np

from app.catalogue.load import catalogue
from app.catalogue.packs import packs
from app.domain.detection import detect
from app.domain.document import Document
from app.domain.document.checks import document_from
from app.domain.errors import DocumentInvalid
from app.domain.facts.rows import FactRow
from app.domain.faults import Fault, invalid
from app.domain.parameters import parameters
from app.domain.problem_texts import told as told_problem
from app.domain.rule_sets.company import company_of
from app.domain.rule_sets.coverage import Covered, covered
from app.domain.rule_sets.remarks import NO_COMPANY, Remark, remarks
from app.domain.rule_sets.telling import told
from app.domain.rulebook import compiled_rules
from app.domain.rules.check import checked
from app.domain.rules.rule import CompiledRule
from app.domain.rules.verdict import VerdictKind
from app.domain.terms import Language
from app.services.rule_verdicts import judged
from app.services.schemas.rule_set import MOST_EXPLAINED, MOST_RULES

SEED = 20_261_122
"""Where samples begin, so that the same rules draw the same remarks."""

MOST_TOLD = 50
"""Rows of a verdict that are told."""

_MEMBERS = ("rules", "document", "explain")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules that are read as a set: built-in ones first, then one's own; for an organization, if one is named."""

    rules: tuple[CompiledRule, ...]
    document: Document | None = None
    explain: tuple[str, ...] = ()
    """Ids of those whose verdicts on the organization's rows are to be told."""


@dataclass(frozen=True, slots=True)
class RuleSetAnalysis:
    """What is to be said of a set of rules; `coverage` is empty where they are looked at for no organization."""

    rules: tuple[CompiledRule, ...]
    remarks: tuple[Remark, ...]
    coverage: tuple[Covered, ...]
    departments: Mapping[str, str]
    """Key → name, of the organization."""
    explained: Mapping[str, Sequence[FactRow]]
    """Rule whose verdicts are to be told → the rows that it reads."""

    def told(self, remark: Remark, language: Language) -> str:
        """A remark as a sentence."""
        return told(remark, next(rule.kind for rule in self.rules if rule.rule.id == remark.rule), language)

    def as_json(self, language: Language) -> dict[str, Any]:
        """The analysis as plain data (app.services.schemas.rule_set)."""
        return {
            "rules": len(self.rules),
            "remarks": [self._remark(remark, language) for remark in self.remarks],
            "coverage": [_without_none(entry._asdict()) for entry in self.coverage],
            **({"explained": [self._explained(rule, language) for rule in self.explained]} if self.explained else {}),
        }

    def _explained(self, rule: str, language: Language) -> dict[str, Any]:
        compiled = next(one for one in self.rules if one.rule.id == rule)
        rows = judged(compiled, self.explained[rule], language)
        told_of = {kind: [row for row in rows if row.verdict == kind] for kind in get_args(VerdictKind)}
        listed = [row for kind, some in told_of.items() if kind != "clear" for row in some[:MOST_TOLD]]
        return {
            "rule": rule,
            "counts": {kind: len(some) for kind, some in told_of.items()},
            "verdicts": [
                {"about": list(row.names), "verdict": row.verdict, "because": list(row.because)} for row in listed
            ],
        }

    def _remark(self, remark: Remark, language: Language) -> dict[str, Any]:
        optional = {
            "other": remark.other,
            "same": remark.same or None,
            "fields": list(remark.fields) or None,
            "levels": list(remark.levels) if remark.levels else None,
            "row": dict(remark.row) if remark.row is not None else None,
        }
        said = {"kind": remark.kind, "rule": remark.rule, "how": remark.how, "text": self.told(remark, language)}
        return said | _without_none(optional)


def analyse(rule_set: RuleSet, as_of: date) -> RuleSetAnalysis:
    """Everything that is to be said of a set of rules; of the organization's rows as of a day."""
    refines = {rule: others for pack in packs().values() for rule, others in pack.refines.items()}
    chance = np.random.default_rng(SEED)
    if rule_set.document is None:
        found = remarks(rule_set.rules, parameters({}), chance, NO_COMPANY, refines)
        return RuleSetAnalysis(rule_set.rules, tuple(found), (), {}, {})
    seen = detect(rule_set.document, catalogue(), rule_set.rules, as_of)
    chosen = parameters(seen.document.parameters)
    found = remarks(rule_set.rules, chosen, chance, company_of(seen.tables), refines)
    names = {department.key: department.name for department in seen.document.departments}
    kinds = {compiled.rule.id: compiled.kind.name for compiled in rule_set.rules}
    explained = {rule: seen.tables[kinds[rule]] for rule in rule_set.explain}
    return RuleSetAnalysis(rule_set.rules, tuple(found), tuple(covered(rule_set.rules, seen.tables)), names, explained)


def with_built_in(own: Sequence[CompiledRule], document: Document | None = None) -> RuleSet:
    """The built-in rules and one's own."""
    return RuleSet((*compiled_rules(catalogue()), *own), document)


def written(raw: Any) -> RuleSet:
    """The set that plain data names: `{"rules": […], "document": {…}, "explain": [id, …]}`, all optional, beside the built-in rules.

    Raises DocumentInvalid with everything that is wrong with rules and document.
    """
    if not isinstance(raw, Mapping):
        raise invalid([Fault((), "wrong_type", raw, "object")], raw)
    rules = raw.get("rules")
    rules = [] if rules is None else rules
    faults = [Fault((name,), "unknown_member", raw[name], options=_MEMBERS) for name in raw if name not in _MEMBERS]
    if not isinstance(rules, list):
        faults.append(Fault(("rules",), "wrong_type", rules, "list"))
    elif len(rules) > MOST_RULES:
        faults.append(Fault(("rules",), "too_many", details={"count": len(rules), "most": MOST_RULES}))
    faults += _explain_faults(raw)
    if faults:
        raise invalid(faults, raw)
    read = _read(rules, raw.get("document"))
    explain = tuple(dict.fromkeys(raw.get("explain") or ()))
    known = [compiled.rule.id for compiled in read.rules]
    unknown = [
        Fault(("explain", place), "not_one_of", id_, "one_of", tuple(known), {"values": "a rule"})
        for place, id_ in enumerate(raw.get("explain") or ())
        if id_ not in known
    ]
    if unknown:
        raise invalid(unknown, raw)
    return replace(read, explain=explain)


def _explain_faults(raw: Mapping[str, Any]) -> list[Fault]:
    explain = raw.get("explain")
    if explain is None:
        return []
    if not isinstance(explain, list) or not all(isinstance(id_, str) for id_ in explain):
        return [Fault(("explain",), "wrong_type", explain, "list")]
    if len(explain) > MOST_EXPLAINED:
        return [Fault(("explain",), "too_many", details={"count": len(explain), "most": MOST_EXPLAINED})]
    return [Fault(("document",), "missing")] if explain and raw.get("document") is None else []


def _read(rules: Sequence[Any], document: Any) -> RuleSet:
    """Rules and document, each checked; problems of all of them at once."""
    refusals = []
    own: list[CompiledRule] = []
    for place, rule in enumerate(rules):
        found = checked(rule, catalogue())
        if not found.is_sound or found.compiled is None:
            refusals.append(found.refusal(("rules", place)))
        elif any(found.rule.id == other.rule.id for other in own):
            refusals.append(invalid([Fault(("rules", place, "id"), "duplicate_item", found.rule.id)]))
        else:
            own.append(found.compiled)
    try:
        company = None if document is None else document_from(document, catalogue())
    except DocumentInvalid as refused:
        problems = [told_problem(p._replace(pointer=f"/document{p.pointer}")) for p in refused.problems]
        refusals.append(DocumentInvalid(problems, too_large=refused.too_large, omitted=refused.omitted))
    if refusals:
        raise DocumentInvalid(
            [problem for refusal in refusals for problem in refusal.problems],
            too_large=any(refusal.too_large for refusal in refusals),
            omitted=sum(refusal.omitted for refusal in refusals),
        )
    return with_built_in(own, company)


def _without_none(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
