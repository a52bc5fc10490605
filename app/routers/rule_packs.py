"""`/v1/rule-packs`: rules that are versioned together, built in and of a workspace's own; each of the latter is also one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.errors import Missing
from app.exchange.yaml_writer import as_yaml
from app.services import knowledge, rule_pack_previews, rule_packs
from app.services.schemas.rule import Origin, PackChanges, RulePackFile, RulePackPreview, RulePackPreviewBody, RuleTexts
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import MERGE_PATCH, TEXTS, YAML, MergePatchBody, TextBody, source_of
from app.web.clock import Now, Today
from app.web.document_forms import WrittenAnswer
from app.web.documented import (
    CONDITIONAL,
    READS,
    RETRIED,
    WRITES,
    Responses,
    answers,
    answers_list,
    problems,
    reads,
    refer,
    refer_patch,
    saves,
)
from app.web.idempotency import Once
from app.web.identity import HeavyReader, Reader, Writer
from app.web.items import Shown
from app.web.lists import Collection, ListParameters, listed
from app.web.members import Members, object_of
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import CACHE, Store
from app.web.stored_problem_types import WRONG_STATE
from app.web.turns import InTurn, MostGoals
from app.web.writes import WriteParameters

router = operations("/v1/rule-packs", "rule-packs")

PATH = "/v1/rule-packs"


class RulePack(Shown):
    """Rules that are versioned together, by id. `modified`: they say something else than when the version got its name; `changed`: what an
    import did, or would do, to them."""

    id: str
    version: str
    rules: list[str]
    source: Origin
    name: RuleTexts | None = None
    content_hash: str | None = None
    modified: bool | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    changed: PackChanges | None = None


class NamedPack(Members):
    """What is to change of a pack: the version that it is called now, its name."""

    version: Annotated[str, Field(pattern=r"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$")] = ""
    name: RuleTexts | None = None


class RulePackParameters(ListParameters):
    """How rule packs are searched, filtered and ordered."""

    source: Annotated[list[Origin], COMMAS] = Field(default=[], description="Built in, or the workspace's own.")
    sort: Annotated[list[Literal["id", "-id"]], COMMAS] = Field(
        default=[], description="Members to order by, `-` before one for descending order."
    )


class PackFileParameters(Parameters):
    """In which form."""

    format: Literal["json", "yaml"] | None = Field(default=None, description="The form; wins over `Accept`.")


def _in_yaml(responses: Responses) -> Responses:
    """The same answers as YAML, too."""
    found = responses[200]
    content = {**found["content"], YAML: {"schema": refer(RulePackFile)}}
    return {**responses, 200: {**found, "content": content}}


def _built_in() -> Sequence[Mapping[str, Any]]:
    return [RulePack.of(pack, source="built_in") for pack in knowledge.rule_packs().values()]


def _collection(made: Callable[[], Sequence[Mapping[str, Any]]]) -> Collection:
    return Collection(PATH, made, ("id", "name", "rules"), knowledge.rule_pack)


RULE_PACKS = _collection(_built_in)
"""The built-in packs."""


@router.get("", operation_id="list_rule_packs", responses=answers_list(RulePack, "Rule packs."))
def list_rule_packs(
    caller: Reader, asked: Annotated[RulePackParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List rule packs: the built-in ones, and the workspace's own."""
    own = [pack.shown for pack in rule_packs.every(store, caller)]
    return listed(
        _collection(lambda: [*RULE_PACKS.items, *own]), asked, answer, workspace=caller.workspace, cache=CACHE
    )


@router.post(
    "/dry-run",
    operation_id="dry_run_rule_pack",
    responses=answers(RulePackPreview, "What the import would change.", kept=False) | problems(NOT_FOUND, *READS),
    openapi_extra=reads(refer(RulePackPreviewBody), TEXTS, "The file of a pack and, if wanted, an organization."),
)
async def dry_run_rule_pack(
    caller: HeavyReader,
    _: Annotated[Parameters, Query()],
    body: TextBody,
    answer: JsonAnswer,
    store: Store,
    turns: InTurn,
    most_goals: MostGoals,
    today: Today,
) -> Response:
    """Preview the import of a pack.

    Tells the rules that it adds, changes and retires and, of an organization that is named, the difference to what is found today. Nothing
    is stored.
    """
    language = answer.context.language
    found = await turns.run(
        rule_pack_previews.preview, store, caller, object_of(body), today, language, most_goals=most_goals
    )
    return answer.computed(stored.written(found))


@router.get(
    "/{pack_id}", operation_id="get_rule_pack", responses=answers(RulePack, "The rule pack.") | problems(NOT_FOUND)
)
def get_rule_pack(
    pack_id: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show a rule pack."""
    if pack_id in knowledge.rule_packs():
        return answer.json(RULE_PACKS.one(pack_id))
    try:
        found = rule_packs.get(store, caller, pack_id)
    except Missing:
        knowledge.rule_pack(pack_id)
        raise
    return stored.one(answer, found.shown, found.tag)


@router.patch(
    "/{pack_id}",
    operation_id="patch_rule_pack",
    responses=saves(RulePack, "The pack as it is now.", creates=False)
    | problems(NOT_FOUND, WRONG_STATE, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer_patch(NamedPack), (MERGE_PATCH,), "Version, name."),
)
def patch_rule_pack(
    pack_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Name the version of what an own pack holds now.

    A version never means two things: one that held something else is refused.
    """
    said = source_of(body).raw
    made = rule_packs.change(store, caller, pack_id, said, now, condition, once=once, dry_run=asked.dry_run)
    return stored.saved(answer, made.shown, made.tag, once=once, dry_run=asked.dry_run)


@router.get(
    "/{pack_id}/file",
    operation_id="get_rule_pack_file",
    responses=_in_yaml(answers(RulePackFile, "The pack as one file.")) | problems(NOT_FOUND, WRONG_STATE),
)
def get_rule_pack_file(
    pack_id: str,
    caller: Reader,
    asked: Annotated[PackFileParameters, Query()],
    answer: WrittenAnswer,
    store: Store,
) -> Response:
    """Export an own pack as one file, with the hash of what it holds.

    Rules that lack examples are refused, two that match and two that stay silent: nobody could say what they are for.
    """
    pack, file = rule_packs.exported(store, caller, pack_id)
    if asked.format == "yaml" or (asked.format is None and answer.media_type == YAML):
        return stored.tagged(answer, as_yaml(file).encode(), f"{pack.tag}-yaml", YAML)
    return stored.tagged(answer, stored.written(file), pack.tag, JSON)


@router.put(
    "/{pack_id}/file",
    operation_id="put_rule_pack_file",
    responses=saves(RulePack, "The pack, with what became of its rules.")
    | problems(WRONG_STATE, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer(RulePackFile), TEXTS, "The file of a pack."),
)
def put_rule_pack_file(
    pack_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Import a pack, or upgrade it, whole or not at all.

    Rules that are new or say something else are written and activated, or wait for approval where the workspace asks for four eyes; those
    that are not in the file any more are retired. `dry_run` shows which.
    """
    made = rule_packs.replace(store, caller, pack_id, source_of(body).raw, now, condition, dry_run=asked.dry_run)
    location = f"{PATH}/{made.id}"
    return stored.saved(answer, made.shown, made.tag, created=made.created, location=location, dry_run=asked.dry_run)
