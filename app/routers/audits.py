"""`/v1/audits`: a document in, the full analysis out; nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.document import Document
from app.domain.document.values import Day
from app.domain.policy import Policy
from app.domain.terms import Language
from app.exchange.read import read
from app.reports.formats import Format
from app.services import audits
from app.services.schemas.analysis import Analysis
from app.services.verdicts import reported, told
from app.web.body import DOCUMENTS, Body, DocumentBody
from app.web.clock import Today
from app.web.documented import READS, answers, problems, reads, refer
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.report_forms import FormatName, ReportAnswer, file_of, form_of, in_all_forms
from app.web.selections import IGNORE, SELECT, Names, check_departments, policy_for
from app.web.turns import InTurn, MostGoals

router = operations("/v1/audits", "audits", scope="read", heavy=True)


class AuditParameters(Parameters):
    """As of when, in which language, in which form."""

    as_of: Day | None = Field(
        default=None, description="The day on which the plans are looked at; today (UTC) by default."
    )
    lang: Language | None = Field(default=None, description="The language of texts; wins over `Accept-Language`.")
    format: FormatName | None = Field(default=None, description="The form of the answer; wins over `Accept`.")
    file: Annotated[str, Field(min_length=1, max_length=255)] = Field(
        default="document",
        description="The name of the document's file, for formats that point into it: its path within the repository.",
    )
    select: Names = SELECT
    ignore: Names = IGNORE


@router.post(
    "",
    operation_id="audit_document",
    responses=in_all_forms(answers(Analysis, "The analysis.", kept=False)) | problems(*READS),
    openapi_extra=reads(refer(Document), DOCUMENTS, "The model document: one organization."),
)
async def audit_document(
    asked: Annotated[AuditParameters, Query()],
    body: DocumentBody,
    answer: ReportAnswer,
    turns: InTurn,
    most_goals: MostGoals,
    today: Today,
) -> Response:
    """Audit a document.

    Finds the conflicts among departments' goals and incentive plans, explains each, and proves what would clear them. The answer depends on
    the document, the day, the language and the versions that it names, and on nothing else; nothing is stored.
    """
    form = form_of(answer, asked.format)
    policy = policy_for(asked.select, asked.ignore)
    wanted = _Wanted(form, asked.file, asked.as_of or today, answer.context.language, most_goals, policy)
    name, told_ = await turns.run(_audited, body, wanted)
    headers = file_of(form, "concord", name, wanted.as_of.isoformat(), wanted.language)
    return answer.computed(told_, form.media_type, headers)


class _Wanted(NamedTuple):
    form: Format
    file: str
    as_of: date
    language: Language
    most_goals: int
    policy: Policy


def _audited(body: Body, wanted: _Wanted) -> tuple[str, bytes]:
    """The name of the organization, and its audit in the form that is wanted."""
    source = read(body.data, "body", body.kind)
    analysis = audits.audit(
        source, as_of=wanted.as_of, language=wanted.language, most_goals=wanted.most_goals, policy=wanted.policy
    )
    check_departments(wanted.policy, [department.key for department in analysis.departments])
    report = reported(wanted.file, source, analysis, language=wanted.language)
    return report.raw["organization"]["name"], told(wanted.form, [report])
