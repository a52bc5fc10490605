"""`/organizations/{org}/sensitivities…`: which findings stand when strengths are not sure, and which few influences they hang on."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.domain.pages import Wanted
from app.pages.console.page import Json, nothing_page
from app.pages.console.sensitivities import sensitivities_page, sensitivity_page
from app.routers.console.again import TOLD, again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.jobs import wait_for
from app.routers.console.look import named, newest
from app.routers.robustness import SamplesBody
from app.services import analyses, sensitivity_jobs, stored_sensitivities
from app.services.kept_results import read_result
from app.services.stored_sensitivities import SensitivityRequest
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.members import as_members
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/sensitivities", "front", listed=False)

MOST_LISTED = 20
"""What the first page lists, the newest ones."""


@router.get("")
def show_sensitivities(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """A form to draw samples, and what came of those that were drawn."""
    return shown(request, answer, store, now, lambda visit: _form(visit, org))


@router.post("")
def ask(org: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Draw samples for the analysis that the form was made on."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            said = as_members(_said(form), SamplesBody)
            asked = SensitivityRequest(said.samples, said.seed)
            job = sensitivity_jobs.ask(store, visit.caller, org, form.one("analysis"), asked, now)
        except TOLD as error:
            return again(visit, error, lambda problem: _form(visit, org, problem))
        return wait_for(visit, org, job)

    return done(request, answer, store, now, form, act, way_back=f"/organizations/{org}/sensitivities")


@router.get("/{id_}")
def show_sensitivity(org: str, id_: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """What came of samples: the least sure findings first, each with what it hangs on."""

    def body(visit: Visit) -> bytes:
        organization = named(visit, org)
        found = stored_sensitivities.get(store, visit.caller, org, id_)
        kept = read_result(store, visit.caller, org, found.analysis_id, visit.language)
        analysis = analyses.get(store, visit.caller, org, found.analysis_id).listed(visit.language)
        return sensitivity_page(visit.head, organization, found.shown, analysis, kept.raw, kept.result)

    return shown(request, answer, store, now, body)


def _said(form: Form) -> dict[str, Any]:
    """What was chosen; what is no number is left for its check to find."""
    samples = form.one("samples")
    return {"samples": int(samples) if samples.isdecimal() else samples} if samples else {}


def _form(visit: Visit, org: str, problem: Json | None = None) -> bytes:
    organization, analysis = named(visit, org), newest(visit, org)
    if analysis is None:
        return nothing_page(visit.head, organization, "overview")
    found = stored_sensitivities.listed(visit.store, visit.caller, org, Wanted(limit=MOST_LISTED))
    listed = [one.shown for one in found.items]
    return sensitivities_page(visit.head, organization, analysis.listed(visit.language), listed, problem)
