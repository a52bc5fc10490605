"""`/organizations/{org}/plans…`: the few changes that clear the most under constraints: asked for, shown, taken into a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.domain.conditions import Condition
from app.domain.pages import LARGEST_PAGE, Wanted
from app.pages.console.page import Json, nothing_page
from app.pages.console.plan_fields import fields_of
from app.pages.console.plans import Offered, plan_page, plans_page
from app.routers.console.again import TOLD, again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.jobs import wait_for
from app.routers.console.look import named, newest
from app.routers.console.once import new_key, once_of
from app.routers.plans import PlanBody, request_of
from app.routers.scenario_bodies import NewScenario
from app.services import analyses, organizations, plan_jobs, scenarios, stored_plans
from app.services.kept_results import read_result
from app.services.scenario_patches import SentPatch, changes_of
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.members import as_members
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/plans", "front", listed=False)

NEW = "new"
"""What a form says for a scenario that is to be made."""
MOST_LISTED = 20
"""Plans that the first page lists, the newest ones."""


@router.get("")
def show_plans(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now, like: str = "") -> Response:
    """A form of constraints, and the plans there are. `like`: the plan whose constraints the form begins with."""

    def body(visit: Visit) -> bytes:
        begin = fields_of(stored_plans.with_steps(store, visit.caller, org, like).plan.constraints) if like else {}
        return _form(visit, org, begin)

    return shown(request, answer, store, now, body)


@router.post("")
def ask(org: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Plan for the analysis that the form was made on."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            asked = request_of(as_members(_said(form), PlanBody), visit.language)
            job = plan_jobs.ask(store, visit.caller, org, form.one("analysis"), asked, now)
        except TOLD as error:
            return again(visit, error, lambda problem: _form(visit, org, form.fields, problem))
        return wait_for(visit, org, job)

    return done(request, answer, store, now, form, act, way_back=f"/organizations/{org}/plans")


@router.get("/{id_}")
def show_plan(org: str, id_: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """A plan: how far few changes get, each of them, and what stands in the way where there is none."""
    return shown(request, answer, store, now, lambda visit: _plan(visit, org, id_))


@router.post("/{id_}/take")
def take(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Put a step of a plan into a scenario that is open, or into one that is made for it."""
    here, into = f"/organizations/{org}/plans/{id_}", form.one("into")

    def act(visit: Visit) -> str | Unfinished:
        step = form.one("step")
        sent = SentPatch((), None, id_, int(step) if step.isdecimal() and len(step) < 5 else None)
        of = (store, visit.caller, org)
        try:
            if into == NEW:
                name = as_members({"name": form.one("name")}, NewScenario).name
                made = scenarios.add(*of, name, None, None, [sent], now, once=once_of(request, form, now))
            else:
                made = scenarios.add_patches(
                    *of, into, lambda tx, within, top: changes_of(tx, within, top, sent), now, Condition()
                )
        except TOLD as error:
            return again(visit, error, lambda problem: _plan(visit, org, id_, form, problem))
        return f"/organizations/{org}/scenarios/{made.short.id}?done=plan_taken"

    return done(request, answer, store, now, form, act, way_back=here)


def _said(form: Form) -> dict[str, Any]:
    """What was typed, as a body of the API has it; what is no number is left for its check to find."""
    budget = {"budget": {"amount": form.one("budget").strip()}} if form.one("budget").strip() else {}
    lists = {name: form.all(name) for name in ("freeze", "must_go", "allow") if form.all(name)}
    return {**dict(_numbers(form)), **budget, **lists}


def _numbers(form: Form) -> Iterator[tuple[str, Any]]:
    scales = {"max_changes": None, "max_measures": None, "min_weight": 100, "max_weight": 100, "time_limit_seconds": 1}
    for name, scale in scales.items():
        text = form.one(name).strip()
        if not text:
            continue
        try:
            yield name, int(text) if scale is None else float(text.replace(",", ".")) / scale
        except ValueError:
            yield name, text


def _form(visit: Visit, org: str, typed: Any, problem: Json | None = None) -> bytes:
    """The form. `typed`: field → what it says to begin with."""
    organization, analysis = named(visit, org), newest(visit, org)
    if analysis is None:
        return nothing_page(visit.head, organization, "recommendations")
    kept = read_result(visit.store, visit.caller, org, analysis.id, visit.language)
    offered = Offered(
        analysis.listed(visit.language),
        organizations.get(visit.store, visit.caller, org).revision,
        kept.raw,
        kept.result,
    )
    found = stored_plans.listed(visit.store, visit.caller, org, Wanted(limit=MOST_LISTED))
    return plans_page(visit.head, organization, offered, [one.shown for one in found.items], typed, problem)


def _plan(visit: Visit, org: str, id_: str, form: Form | None = None, problem: Json | None = None) -> bytes:
    store, caller = visit.store, visit.caller
    organization, found = named(visit, org), stored_plans.with_steps(store, caller, org, id_)
    kept = read_result(store, caller, org, found.plan.analysis_id, visit.language)
    offered = Offered(
        analyses.get(store, caller, org, found.plan.analysis_id).listed(visit.language),
        organizations.get(store, caller, org).revision,
        kept.raw,
        kept.result,
    )
    opened = scenarios.listed(store, caller, org, Wanted(limit=LARGEST_PAGE, filters={"status": ("open",)}))
    return plan_page(
        visit.head,
        organization,
        found.plan.shown,
        found.steps,
        offered,
        [one.listed for one in opened.items],
        new_key(),
        {} if form is None else {name: form.one(name) for name in ("step", "into", "name")},
        problem,
    )
