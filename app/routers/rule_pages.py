"""`/rules`: what each built-in rule is about, for people; nobody needs a key to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.catalogue.packs import packs
from app.domain.rules.rule import Rule
from app.domain.terms import Language
from app.services import knowledge
from app.services.rule_texts import ExampleText, RuleText, rule_text
from app.web.answers import PageAnswer
from app.web.documented import answers, pages, problems
from app.web.operations import operations
from app.web.pages.layout import shown
from app.web.pages.rules import rule_page, rules_page
from app.web.parameters import Parameters
from app.web.problem_types import NOT_FOUND

router = operations("/rules", "rules")


class ToldExample(BaseModel):
    """An example in words: what is known, and what of it decides."""

    facts: list[str]
    decides: list[str]


class ToldFix(BaseModel):
    """A remedy that answers the rule."""

    remedy: str
    name: str
    why: str


class ToldRule(BaseModel):
    """A built-in rule in words: why it matters, what is checked, what fails and what passes, how to fix it, what it rests on."""

    id: str
    name: str
    pack: str
    title: str
    why: str
    checked: str
    condition: str
    severity: str
    fails: list[ToldExample]
    passes: list[ToldExample]
    fixes: list[ToldFix]
    references: list[str]


class RuleHeading(BaseModel):
    """A built-in rule by its title."""

    id: str
    pack: str
    title: str
    address: str


class RuleHeadings(BaseModel):
    """Every built-in rule."""

    items: list[RuleHeading]


class RulePageParameters(Parameters):
    """In which language."""

    lang: Language | None = Field(default=None, description="The language of texts; wins over `Accept-Language`.")


@router.get("", operation_id="list_rule_pages", responses=pages(answers(RuleHeadings, "Every built-in rule.")))
def list_rule_pages(_: Annotated[RulePageParameters, Query()], answer: PageAnswer) -> Response:
    """List the pages of the built-in rules. Browsers get a page."""
    language = answer.context.language
    if answer.wants_html:
        return shown(answer, rules_page(_by_pack(language), language))
    return answer.json({"items": [_heading(rule, language, answer) for rule in _rules()]})


@router.get(
    "/{rule_id}",
    operation_id="get_rule_page",
    responses=pages(answers(ToldRule, "The rule in words.")) | problems(NOT_FOUND),
)
def get_rule_page(rule_id: str, _: Annotated[RulePageParameters, Query()], answer: PageAnswer) -> Response:
    """Tell what a built-in rule is about: why, what is checked, examples, how to fix it. Browsers get a page."""
    language = answer.context.language
    told = rule_text(knowledge.rule(rule_id), language)
    if answer.wants_html:
        return shown(answer, rule_page(told, language))
    return answer.json(described(told))


def described(rule: RuleText) -> Mapping[str, Any]:
    """A rule in words, as plain data."""
    return {
        "id": rule.id,
        "name": rule.name,
        "pack": rule.pack,
        "title": rule.title,
        "why": rule.why,
        "checked": rule.checked,
        "condition": rule.condition,
        "severity": rule.severity,
        "fails": [_example(example) for example in rule.fails],
        "passes": [_example(example) for example in rule.passes],
        "fixes": [fix._asdict() for fix in rule.fixes],
        "references": [source.reference for source in rule.sources],
    }


def _example(example: ExampleText) -> Mapping[str, Any]:
    facts = [f"{name}: {value}" if value else name for name, value in example.facts]
    return {"facts": facts, "decides": list(example.decides)}


def _heading(rule: Rule, language: Language, answer: PageAnswer) -> Mapping[str, Any]:
    address = answer.address(f"/rules/{rule.id}")
    return {"id": rule.id, "pack": rule.pack, "title": rule.title[language], "address": address}


def _rules() -> Sequence[Rule]:
    return [rule for _, rule in sorted(knowledge.rules().items())]


def _by_pack(language: Language) -> Sequence[tuple[str, Sequence[Rule]]]:
    return [(pack.name[language], [rule for rule in _rules() if rule.pack == pack.id]) for pack in packs().values()]
