"""`/v1/rule-packs/{id}/implements`: what a built-in pack implements, clause by clause, and what of a clause no rule checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel
from starlette.responses import Response

from app.services import knowledge
from app.services.schemas.rule import Texts
from app.web.answers import JsonAnswer
from app.web.documented import answers, problems
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.problem_types import NOT_FOUND

router = operations("/v1/rule-packs", "rule-packs", scope="read")


class ImplementedClause(BaseModel):
    """A part of a norm. `clause`: a citation, or a clause of one (`fsa_fg13_1#section-3`); `unchecked`: what no rule checks, and why."""

    clause: str
    source: Texts
    part: Texts
    rules: list[str]
    unchecked: Texts | None = None


class PackImplements(BaseModel):
    """What a built-in pack implements; `refines`: rules that report a part of what others report, on purpose."""

    pack: str
    version: str
    clauses: list[ImplementedClause]
    refines: dict[str, list[str]]


@router.get(
    "/{built_in_id}/implements",
    operation_id="get_rule_pack_implements",
    responses=answers(PackImplements, "What the pack implements.") | problems(NOT_FOUND),
)
def get_rule_pack_implements(built_in_id: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show what a built-in pack implements.

    Norm by norm and clause by clause: the rules that check it, and what of it no rule checks, with the reason.
    """
    return answer.json(implemented(built_in_id))


def implemented(pack_id: str) -> Mapping[str, Any]:
    """What a built-in pack implements, as plain data; raises Unknown."""
    pack = knowledge.built_in_pack(pack_id)
    clauses = []
    for clause in pack.implements:
        said = {
            "clause": clause.reference,
            "source": {language: knowledge.cited(clause.reference, language) for language in ("en", "de")},
            "part": dict(clause.part),
            "rules": list(clause.rules),
        }
        clauses.append(said | ({"unchecked": dict(clause.unchecked)} if clause.unchecked else {}))
    refines = {rule: sorted(others) for rule, others in sorted(pack.refines.items())}
    return {"pack": pack.id, "version": pack.version, "clauses": clauses, "refines": refines}
