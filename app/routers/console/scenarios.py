"""`/organizations/{org}/scenarios…`: what-ifs on the model: listed, made, looked at, named, analysed, put aside and taken up again."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.domain.conditions import Condition
from app.domain.pages import LARGEST_PAGE, Wanted
from app.pages.console.page import Json
from app.pages.console.scenarios import Patch, Scenario, scenario_page, scenarios_page
from app.routers.console.again import TOLD, again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.jobs import wait_for
from app.routers.console.look import named
from app.routers.console.once import new_key, once_of
from app.routers.scenario_bodies import NewScenario
from app.services import analyses, analysis_jobs, scenarios
from app.services.analyses import AnalysisRequest
from app.services.scenario_stacks import stack
from app.services.scenarios import WantedScenario
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.members import as_members
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/scenarios", "front", listed=False)

EVERY = ("open", "promoted", "discarded")
MOST_ANALYSES = 10
"""Analyses of a scenario that its page lists, the last ones."""


@router.get("")
def show_scenarios(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Every scenario, and a form to begin one."""
    return shown(request, answer, store, now, lambda visit: _list(visit, org))


@router.post("")
def add(org: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Begin a scenario on the newest revision."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            said = _said(form)
            once = once_of(request, form, now)
            made = scenarios.add(store, visit.caller, org, said.name, said.description, None, [], now, once=once)
        except TOLD as error:
            return again(visit, error, lambda problem: _list(visit, org, form, problem))
        return f"{_path(org, made.short.id)}?done=scenario_added"

    return done(request, answer, store, now, form, act, way_back=f"/organizations/{org}/scenarios")


@router.get("/{id_}")
def show_scenario(org: str, id_: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """One scenario: its stack, what that changes in the model, its analyses, and what can be done with it."""
    return shown(request, answer, store, now, lambda visit: page_of(visit, org, id_))


@router.post("/{id_}/name")
def rename(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Give it another name or description."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            said = _said(form)
            wanted = WantedScenario(said.name, said.description or "")
            scenarios.change(store, visit.caller, org, id_, lambda current: wanted, now, condition_of(form))
        except TOLD as error:
            return again(visit, error, lambda problem: page_of(visit, org, id_, form, problem))
        return f"{_path(org, id_)}?done=scenario_named"

    return done(request, answer, store, now, form, act, way_back=_path(org, id_))


@router.post("/{id_}/analyses")
def analyse(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Analyse what it makes of the model, with recommendations that start from there."""

    def act(visit: Visit) -> str:
        asked = AnalysisRequest(scenario=id_)
        return wait_for(visit, org, analysis_jobs.ask(store, visit.caller, org, asked, now))

    return done(request, answer, store, now, form, act, way_back=_path(org, id_))


@router.post("/{id_}/discard")
def discard(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Put it aside."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            scenarios.discard(store, visit.caller, org, id_, now, condition_of(form))
        except TOLD as error:
            return again(visit, error, lambda problem: page_of(visit, org, id_, None, problem))
        return f"/organizations/{org}/scenarios?done=scenario_discarded"

    return done(request, answer, store, now, form, act, way_back=_path(org, id_))


@router.post("/{id_}/restore")
def restore(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Take it up again."""

    def act(visit: Visit) -> str:
        scenarios.restore(store, visit.caller, org, id_, now)
        return f"{_path(org, id_)}?done=scenario_restored"

    return done(request, answer, store, now, form, act, way_back=_path(org, id_))


def condition_of(form: Form) -> Condition:
    """The state of the scenario that a form was made on."""
    return Condition(if_match=(form.one("state"),))


def page_of(visit: Visit, org: str, id_: str, form: Form | None = None, problem: Json | None = None) -> bytes:
    """The page of a scenario; with a form that is shown once more. Raises Missing."""
    store, caller = visit.store, visit.caller
    organization, found = named(visit, org), stack(store, caller, org, id_)
    short = found.scenario.short
    scenario = Scenario(
        short.listed,
        short.tag,
        found.bottom,
        found.scenario.document,
        [Patch(one.kept, one.before, one.after, one.changes) for one in found.patches],
        found.scenario.changes,
        found.model,
        found.is_behind,
    )
    newest = Wanted(limit=MOST_ANALYSES, sort=("-created_at",))
    looked = analyses.listed(store, caller, org, newest, scenario=id_)
    told = [
        {**one.listed(visit.language), "is_up_to_date": one.content_hash == short.content_hash} for one in looked.items
    ]
    opened = scenarios.listed(store, caller, org, Wanted(limit=LARGEST_PAGE, filters={"status": ("open",)}))
    others = [one.listed for one in opened.items if one.id != id_]
    typed = {} if form is None else {name: form.one(name) for name in ("name", "description") if name in form}
    return scenario_page(visit.head, organization, scenario, told, others, typed, problem)


def _list(visit: Visit, org: str, form: Form | None = None, problem: Json | None = None) -> bytes:
    organization = named(visit, org)
    found = scenarios.listed(visit.store, visit.caller, org, Wanted(limit=LARGEST_PAGE, filters={"status": EVERY}))
    typed = {} if form is None else {name: form.one(name) for name in ("name", "description")}
    return scenarios_page(visit.head, organization, [one.listed for one in found.items], new_key(), typed, problem)


def _said(form: Form) -> NewScenario:
    """The name and description that were typed. Raises DocumentInvalid."""
    description = {"description": form.one("description")} if form.one("description").strip() else {}
    return as_members({"name": form.one("name"), **description}, NewScenario)


def _path(org: str, id_: str) -> str:
    return f"/organizations/{org}/scenarios/{id_}"
