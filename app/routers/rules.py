"""`/v1/rules`: what is reported, when, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.rules.rule import Rule as DomainRule
from app.domain.terms import FindingKind
from app.services import knowledge
from app.services.schemas.rule import Rule
from app.web.answers import JsonAnswer
from app.web.documented import answers, answers_list, problems
from app.web.lists import Collection, ListParameters, listed
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.problem_types import NOT_FOUND
from app.web.words import FactKindName

router = operations("/v1/rules", "rules", scope="read")


class RuleParameters(ListParameters):
    """How rules are searched, filtered and ordered."""

    pack: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of rule packs.")
    fact_kind: Annotated[list[FactKindName], COMMAS] = Field(default=[], description="What its rows are about.")
    finding: Annotated[list[FindingKind], COMMAS] = Field(
        default=[], description="The kind of finding that it reports."
    )
    flaw: Annotated[list[str], COMMAS] = Field(default=[], description="The flaw that it reports.")
    references: Annotated[list[str], COMMAS] = Field(default=[], description="Citations, with or without a clause.")
    remedies: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of remedies.")
    sort: Annotated[list[Literal["id", "-id", "name", "-name", "pack", "-pack"]], COMMAS] = Field(
        default=[], description="Members to order by, `-` before one for descending order."
    )


def _rules() -> Sequence[Mapping[str, Any]]:
    return [_shown(rule) for rule in knowledge.rules().values()]


def _shown(rule: DomainRule) -> Mapping[str, Any]:
    """The rule as its file has it."""
    optional = {"flaw": rule.flaw, "base": rule.base, "params": dict(rule.params)}
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
        **{name: value for name, value in optional.items() if value not in (None, {})},
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


def _references(rule: Mapping[str, Any]) -> Sequence[str]:
    """Citations, each with its clause and without."""
    return [named for reference in rule["references"] for named in (reference, reference.split("#")[0])]


RULES = Collection(
    "/v1/rules",
    _rules,
    ("id", "name", "title", "message", "rationale", "rationale_de"),
    knowledge.rule,
    looks_at={"references": _references},
)


@router.get("", operation_id="list_rules", responses=answers_list(Rule, "Rules."))
def list_rules(asked: Annotated[RuleParameters, Query()], answer: JsonAnswer) -> Response:
    """List rules.

    The built-in rules, as their files have them, with examples that match and that stay silent.
    """
    return listed(RULES, asked, answer)


@router.get("/{rule_id}", operation_id="get_rule", responses=answers(Rule, "The rule.") | problems(NOT_FOUND))
def get_rule(rule_id: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show a rule."""
    return answer.json(RULES.one(rule_id))
