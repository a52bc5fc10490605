"""`/v1/audits`: a document in, the full analysis out; nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from app.domain.document import Day, Document
from app.domain.terms import Language
from app.exchange.read import read
from app.reports import canonical_json
from app.services import audits
from app.services.schemas.analysis import Analysis
from app.web.answers import JsonAnswer
from app.web.body import DOCUMENTS, Body, DocumentBody
from app.web.clock import Today
from app.web.documented import READS, answers, problems, reads, refer
from app.web.parameters import Parameters
from app.web.turns import InTurn, MostGoals

router = APIRouter(prefix="/v1/audits", tags=["audits"], default_response_class=Response)


class AuditParameters(Parameters):
    """As of when, in which language, in which form."""

    as_of: Day | None = Field(
        default=None, description="The day on which the plans are looked at; today (UTC) by default."
    )
    lang: Language | None = Field(default=None, description="The language of texts; wins over `Accept-Language`.")
    format: Literal["json"] | None = Field(default=None, description="The form of the answer; wins over `Accept`.")


@router.post(
    "",
    operation_id="audit_document",
    responses=answers(Analysis, "The analysis.", kept=False) | problems(*READS),
    openapi_extra=reads(refer(Document), DOCUMENTS, "The model document: one organization."),
)
async def audit_document(
    asked: Annotated[AuditParameters, Query()],
    body: DocumentBody,
    answer: JsonAnswer,
    turns: InTurn,
    most_goals: MostGoals,
    today: Today,
) -> Response:
    """Audit a document.

    Finds the conflicts among departments' goals and incentive plans, explains each, and proves what would clear them. The answer depends on
    the document, the day, the language and the versions that it names, and on nothing else; nothing is stored.
    """
    return answer.computed(await turns.run(_audited, body, asked.as_of or today, answer.context.language, most_goals))


def _audited(body: Body, as_of: date, language: Language, most_goals: int) -> bytes:
    source = read(body.data, "body", body.kind)
    return canonical_json.render_analysis(audits.audit(source, as_of=as_of, language=language, most_goals=most_goals))
