"""`/v1/rules`: what is reported, when, and why: the built-in rules, and those of a workspace's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.errors import Missing
from app.domain.rules.form import rule_as_json
from app.domain.rules.rule import Status
from app.domain.terms import FindingKind
from app.services import knowledge, rule_trials, rules
from app.services.kept_rules import StoredRule
from app.services.schemas.rule import Origin, Rule, RuleCheck, RuleFile, RuleTrial, RuleTrialBody
from app.web import stored
from app.web.answers import Answer, JsonAnswer
from app.web.body import MERGE_PATCH, TEXTS, MergePatchBody, TextBody, source_of
from app.web.clock import Now, Today
from app.web.documented import (
    ANY_OBJECT,
    CONDITIONAL,
    READS,
    RETRIED,
    WRITES,
    answers,
    answers_list,
    problems,
    reads,
    refer,
    saves,
)
from app.web.idempotency import Once
from app.web.identity import HeavyReader, Reader, Writer
from app.web.lists import Collection, ListParameters, listed
from app.web.members import object_of
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import CACHE, Store
from app.web.stored_problem_types import WRONG_STATE
from app.web.turns import InTurn, MostGoals
from app.web.words import FactKindName
from app.web.writes import WriteParameters

router = operations("/v1/rules", "rules")

PATH = "/v1/rules"


class RuleParameters(ListParameters):
    """How rules are searched, filtered and ordered."""

    pack: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of rule packs.")
    source: Annotated[list[Origin], COMMAS] = Field(default=[], description="Built in, or the workspace's own.")
    status: Annotated[list[Status], COMMAS] = Field(default=[], description="Whether they are run.")
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


class OneRuleParameters(Parameters):
    """Which version of a rule."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = Field(
        default=None, description="A version of an own rule, as it was; the newest by default."
    )


def _references(rule: Mapping[str, Any]) -> Sequence[str]:
    """Citations, each with its clause and without."""
    return [named for reference in rule["references"] for named in (reference, reference.split("#")[0])]


def _collection(made: Callable[[], Sequence[Mapping[str, Any]]]) -> Collection:
    return Collection(
        PATH,
        made,
        ("id", "name", "title", "message", "rationale", "rationale_de"),
        knowledge.rule,
        looks_at={"references": _references},
    )


RULES = _collection(lambda: [rule_as_json(rule) for rule in knowledge.rules().values()])
"""The built-in rules."""


@router.get("", operation_id="list_rules", responses=answers_list(Rule, "Rules."))
def list_rules(caller: Reader, asked: Annotated[RuleParameters, Query()], answer: JsonAnswer, store: Store) -> Response:
    """List rules.

    The built-in rules, as their files have them, and the workspace's own in their newest versions, with examples that match and that stay
    silent.
    """
    own = [rule.shown for rule in rules.every(store, caller)]
    return listed(_collection(lambda: [*RULES.items, *own]), asked, answer, workspace=caller.workspace, cache=CACHE)


@router.post(
    "/check",
    operation_id="check_rule",
    responses=answers(RuleCheck, "What is wrong with it, or how it reads.", kept=False) | problems(*READS),
    openapi_extra=reads(refer(RuleFile), TEXTS, "A rule as it is written."),
)
def check_rule(_: Reader, __: Annotated[Parameters, Query()], body: TextBody, answer: JsonAnswer) -> Response:
    """Check a rule.

    Its shape, types, placeholders, names of citations and remedies, and its examples: every problem at once, each with its place, the text
    underlined, what was expected and the nearest that exists. Nothing is stored; a rule that is wrong is a good answer, too.
    """
    return answer.computed(stored.written(rule_trials.check(object_of(body), answer.context.language)))


@router.post(
    "/dry-run",
    operation_id="dry_run_rules",
    responses=answers(RuleTrial, "What they would change.", kept=False) | problems(NOT_FOUND, *READS),
    openapi_extra=reads(refer(RuleTrialBody), TEXTS, "Rules, and what they are tried on."),
)
async def dry_run_rules(
    caller: HeavyReader,
    _: Annotated[Parameters, Query()],
    body: TextBody,
    answer: JsonAnswer,
    store: Store,
    turns: InTurn,
    most_goals: MostGoals,
    today: Today,
) -> Response:
    """Try rules on an organization, or on a document that is sent along.

    Tells the difference to what is found today: findings that are new, gone or of another level, and what the rules could not judge. A rule
    of an id that is known stands for it. Nothing is stored.
    """
    language = answer.context.language
    found = await turns.run(rule_trials.dry_run, store, caller, object_of(body), today, language, most_goals=most_goals)
    return answer.computed(stored.written(found))


@router.get("/{rule_id}", operation_id="get_rule", responses=answers(Rule, "The rule.") | problems(NOT_FOUND))
def get_rule(
    rule_id: str, caller: Reader, asked: Annotated[OneRuleParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show a rule.

    An own rule in its newest version, or in another that it has had, with who wrote, approved and activated each.
    """
    if rule_id in knowledge.rules():
        return answer.json(RULES.one(rule_id))
    try:
        found = rules.get(store, caller, rule_id, asked.version)
    except Missing as missing:
        if missing.what == "rule":
            knowledge.rule(rule_id)
        raise
    return stored.one(answer, found.shown, found.tag)


@router.put(
    "/{rule_id}",
    operation_id="put_rule",
    responses=saves(Rule, "The rule in its newest version.") | problems(WRONG_STATE, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer(RuleFile), TEXTS, "The rule."),
)
def put_rule(
    rule_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Make a rule, or a new version of it.

    A new version is a draft: analyses run the active version until `PUT …/activation` says otherwise. Versions are kept as they are. What
    says the same as the newest version makes none. Built-in rules are read-only.
    """
    made = rules.replace(store, caller, rule_id, source_of(body).raw, now, condition, dry_run=asked.dry_run)
    return _saved(answer, made, asked)


@router.patch(
    "/{rule_id}",
    operation_id="patch_rule",
    responses=saves(Rule, "The rule in its newest version.", creates=False)
    | problems(NOT_FOUND, WRONG_STATE, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(ANY_OBJECT, (MERGE_PATCH,), "The members that change; null takes one away."),
)
def patch_rule(
    rule_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Change some of a rule, which makes a new version of it."""
    patch = source_of(body).raw
    made = rules.change(store, caller, rule_id, patch, now, condition, once=once, dry_run=asked.dry_run)
    return stored.saved(answer, made.shown, made.tag, once=once, dry_run=asked.dry_run)


@router.delete(
    "/{rule_id}",
    operation_id="delete_rule",
    status_code=204,
    responses=problems(NOT_FOUND, WRONG_STATE, *CONDITIONAL),
)
def delete_rule(
    rule_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Delete a draft that never was active.

    Analyses are pinned to what they ran, so a rule that was active is retired instead: `DELETE …/activation`.
    """
    rules.remove(store, caller, rule_id, now, condition, dry_run=asked.dry_run)
    return stored.removed(dry_run=asked.dry_run)


def _saved(answer: Answer, made: StoredRule, asked: WriteParameters) -> Response:
    location = f"{PATH}/{made.id}"
    return stored.saved(answer, made.shown, made.tag, created=made.created, location=location, dry_run=asked.dry_run)
