"""`/organizations/{org}/analyses/{id}/report`: an analysis on paper, for those who do not look at pages."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.pages.console.reports import FORMS
from app.reports.formats import formats
from app.routers.console.flow import Visit, shown
from app.routers.console.look import named
from app.routers.console.turns import in_turn
from app.services import analyses, analysis_views, beside
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.report_forms import file_of
from app.web.stored import Store

router = operations("/organizations/{org}/analyses/{analysis_id}/report", "front", listed=False)


@router.get("")
def show_report(
    org: str, analysis_id: str, request: Request, answer: HtmlAnswer, store: Store, now: Now, form: str = "pdf"
) -> Response:
    """The report in a form; one that is not offered is a PDF."""
    chosen = formats()[form if form in FORMS else "pdf"]

    def body(visit: Visit) -> Response:
        name, language = named(visit, org)["name"], visit.language
        analysis = analyses.get(store, visit.caller, org, analysis_id)
        there = beside.found(store, visit.caller, analysis)
        _, report = in_turn(
            visit,
            analysis_views.report,
            store,
            visit.caller,
            org,
            analysis_id,
            chosen,
            language,
            file="document",
            there=there,
        )
        headers = {
            "Cache-Control": "private, no-cache",
            "Content-Language": language,
            **file_of(chosen, org, name, analysis.as_of, language),
        }
        return Response(report, headers=headers, media_type=chosen.media_type)

    return shown(request, answer, store, now, body)
