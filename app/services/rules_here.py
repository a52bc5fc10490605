"""How a rule fares in an organization: what it says there, and how it judges every row of the document as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.detection import detect
from app.domain.document.checks import document_from
from app.domain.errors import Missing
from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.rule import CompiledRule, Rule
from app.domain.terms import Language
from app.services import rules_in_force
from app.services.audits import check_size
from app.services.organizations import existing
from app.services.rule_verdicts import JudgedRow, judged
from app.storage import documents
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class RuleHere:
    """A rule as an organization has set it, and its verdicts on the document as it stands, those that tell something first."""

    rule: Rule
    rows: tuple[JudgedRow, ...]


def judged_here(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    as_of: date,
    language: Language,
    *,
    draft: Rule | None = None,
    most_goals: int,
) -> RuleHere:
    """A rule that is in force, or a draft in its place. Raises Missing, and DocumentInvalid for a document that is too large."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        said = documents.standing(tx, row).raw
        book = rules_in_force.in_force(tx, row).book()
    rule = draft or book.rules.get(id_)
    if rule is None:
        raise Missing("rule", id_)
    document = document_from(said, catalogue())
    check_size(document, most_goals)
    compiled = CompiledRule(rule, FACT_KINDS[rule.fact_kind])
    seen = detect(document, catalogue(), [compiled], as_of)
    return RuleHere(rule, judged(compiled, seen.tables[rule.fact_kind], language))


def in_force_here(store: Database, caller: Caller, organization: str) -> list[Rule]:
    """Every rule that holds in an organization, by id, as it has set it; those that it has switched off among them. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        book = rules_in_force.in_force(tx, existing(tx, caller, organization)).book()
    return list(book.rules.values())
