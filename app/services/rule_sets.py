"""Analysis of a set of rules: the built-in ones and one's own, alone or for one organization; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from app.catalogue.load import catalogue
from app.catalogue.packs import packs
from app.domain.detection import detect
from app.domain.document import Document
from app.domain.document_checks import document_from
from app.domain.errors import DocumentInvalid
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
from app.domain.terms import Language
from app.services.schemas.rule_set import MOST_RULES

SEED = 20_261_122
"""Where samples begin, so that the same rules draw the same remarks."""

_MEMBERS = ("rules", "document")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules that are read as a set: built-in ones first, then one's own; for an organization, if one is named."""

    rules: tuple[CompiledRule, ...]
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class RuleSetAnalysis:
    """What is to be said of a set of rules; `coverage` is empty where they are looked at for no organization."""

    rules: tuple[CompiledRule, ...]
    remarks: tuple[Remark, ...]
    coverage: tuple[Covered, ...]
    departments: Mapping[str, str]
    """Key → name, of the organization."""

    def told(self, remark: Remark, language: Language) -> str:
        """A remark as a sentence."""
        return told(remark, next(rule.kind for rule in self.rules if rule.rule.id == remark.rule), language)

    def as_json(self, language: Language) -> dict[str, Any]:
        """The analysis as plain data (app.services.schemas.rule_set)."""
        return {
            "rules": len(self.rules),
            "remarks": [self._remark(remark, language) for remark in self.remarks],
            "coverage": [_without_none(entry._asdict()) for entry in self.coverage],
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
        return RuleSetAnalysis(rule_set.rules, tuple(found), (), {})
    seen = detect(rule_set.document, catalogue(), rule_set.rules, as_of)
    chosen = parameters(seen.document.parameters)
    found = remarks(rule_set.rules, chosen, chance, company_of(seen.tables), refines)
    names = {department.key: department.name for department in seen.document.departments}
    return RuleSetAnalysis(rule_set.rules, tuple(found), tuple(covered(rule_set.rules, seen.tables)), names)


def with_built_in(own: Sequence[CompiledRule], document: Document | None = None) -> RuleSet:
    """The built-in rules and one's own."""
    return RuleSet((*compiled_rules(catalogue()), *own), document)


def written(raw: Any) -> RuleSet:
    """The set that plain data names: `{"rules": […], "document": {…}}`, both optional, beside the built-in rules.

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
    if faults:
        raise invalid(faults, raw)
    return _read(rules, raw.get("document"))


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
