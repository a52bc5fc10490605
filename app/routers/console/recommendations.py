"""`/organizations/{org}/recommendations…`: what to change, what a change was proved to do, and what is decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from app.domain.conditions import Condition
from app.domain.pages import LARGEST_PAGE, Wanted
from app.pages.console.comparison import Tried
from app.pages.console.page import Json, nothing_page
from app.pages.console.recommendations import Standing, recommendation_page, recommendations_page
from app.routers.console.again import TOLD, again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.look import named, newest
from app.routers.console.once import new_key, once_of
from app.routers.console.turns import compared
from app.routers.recommendations import MODEL, Dismissal
from app.routers.scenario_bodies import NewScenario
from app.services import accepted_recommendations, analyses, organizations, recommendations, scenarios
from app.services.kept_scenarios import StoredScenario
from app.services.recommendation_trials import trial
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.members import as_members
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/recommendations", "front", listed=False)

NEW = "new"
"""What a form says for a scenario that is to be made."""


@router.get("")
def show_recommendations(
    org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now, analysis: str = ""
) -> Response:
    """What to change, by the newest analysis of the model, or by the one that is named."""

    def body(visit: Visit) -> bytes:
        organization = named(visit, org)
        found = analyses.get(store, visit.caller, org, analysis) if analysis else newest(visit, org)
        if found is None:
            return nothing_page(visit.head, organization, "recommendations")
        listed = recommendations.listed(store, visit.caller, org, found.id, Wanted(limit=LARGEST_PAGE))
        told = [one.shown(visit.language) for one in listed.items]
        scenario = _scenario(visit, org, found.scenario_id)
        return recommendations_page(visit.head, organization, found.listed(visit.language), told, scenario)

    return shown(request, answer, store, now, body)


@router.get("/{id_}")
def show_recommendation(
    org: str, id_: str, request: Request, answer: HtmlAnswer, store: Store, now: Now, analysis: str = ""
) -> Response:
    """One change: in words and as a patch, what becomes of findings and pay, and where it can go."""

    def body(visit: Visit) -> bytes:
        return _page(visit, org, analysis or recommendations.analysis_with(store, visit.caller, org, id_), id_)

    return shown(request, answer, store, now, body)


@router.post("/{id_}/accept")
def accept(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Put it into the model, into a scenario that is open, or into one that is made for it."""
    analysis, into = form.one("analysis"), form.one("into")
    here = _path(org, id_, analysis)

    def act(visit: Visit) -> str | Unfinished:
        of = (store, visit.caller, org, analysis, id_)
        try:
            if into == MODEL:
                accepted_recommendations.accept(*of, now, Condition(if_match=(form.one("state"),)), visit.language)
                return f"{here}&done=accepted_model"
            if into == NEW:
                name = as_members({"name": form.one("name")}, NewScenario).name
                once = once_of(request, form, now)
                made = accepted_recommendations.accept_into_new(*of, name, now, visit.language, once=once)
            else:
                made = accepted_recommendations.accept_into(*of, into, now, Condition(), visit.language)
        except TOLD as error:
            return again(visit, error, lambda problem: _page(visit, org, analysis, id_, form, problem))
        return f"/organizations/{org}/scenarios/{made.scenario}?done=accepted_scenario"

    return done(request, answer, store, now, form, act, way_back=here)


@router.post("/{id_}/dismiss")
def dismiss(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Put it aside, and say why."""
    analysis = form.one("analysis")

    def act(visit: Visit) -> str | Unfinished:
        try:
            reason = as_members({"reason": form.one("reason")}, Dismissal).reason
            recommendations.dismiss(store, visit.caller, org, analysis, id_, reason, now)
        except TOLD as error:
            return again(visit, error, lambda problem: _page(visit, org, analysis, id_, form, problem))
        return f"/organizations/{org}/recommendations?done=dismissed_recommendation"

    return done(request, answer, store, now, form, act, way_back=_path(org, id_, analysis))


def _path(org: str, id_: str, analysis: str) -> str:
    return f"/organizations/{org}/recommendations/{quote(id_)}?analysis={quote(analysis)}"


def _page(
    visit: Visit, org: str, analysis_id: str, id_: str, form: Form | None = None, problem: Json | None = None
) -> bytes:
    store, caller = visit.store, visit.caller
    organization = organizations.get(store, caller, org)
    analysis = analyses.get(store, caller, org, analysis_id)
    found = recommendations.get(store, caller, org, analysis_id, id_).shown(visit.language)
    sides, as_of = trial(store, caller, org, analysis_id, id_, visit.language)
    tried = Tried(sides.before.raw, sides.after.raw, compared(visit, sides, as_of))
    opened = scenarios.listed(store, caller, org, Wanted(limit=LARGEST_PAGE, filters={"status": ("open",)})).items
    standing = Standing(
        organization.tag,
        organization.revision,
        [_offered(one) for one in opened],
        _scenario(visit, org, analysis.scenario_id),
        new_key(),
    )
    typed: Mapping[str, str] = {} if form is None else {name: form.one(name) for name in ("into", "name", "reason")}
    return recommendation_page(
        visit.head, organization.shown, found, tried, standing, analysis.revision, typed, problem
    )


def _scenario(visit: Visit, org: str, id_: str | None) -> Json | None:
    """The scenario that an analysis is of, in short."""
    return None if id_ is None else _offered(scenarios.get(visit.store, visit.caller, org, id_).short)


def _offered(scenario: StoredScenario) -> Json:
    return {"id": scenario.id, "name": scenario.name, "status": scenario.status}
