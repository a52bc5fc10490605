"""`/organizations/{org}/scenarios/{id}/rebase`, `…/promote`: a scenario brought to the model as it stands, and made the model."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from starlette.responses import Response

from app.pages.console.comparison import Tried
from app.pages.console.page import Json
from app.pages.console.scenario_rebases import promotion_page, rebase_page
from app.routers.console.again import TOLD, again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.look import named
from app.routers.console.scenarios import condition_of
from app.routers.console.turns import compared
from app.services import scenario_comparisons, scenario_rebases, scenarios
from app.services.scenario_comparisons import MODEL
from app.services.scenario_rebases import SIDES, Choice
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/scenarios/{id_}", "front", listed=False)

TAKE = "take "
"""What stands before the place in the name of a field that says whose value is taken there."""


@router.get("/rebase")
def show_rebase(org: str, id_: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Where the scenario and the model say different things, to be chosen."""
    return shown(request, answer, store, now, lambda visit: _rebase(visit, org, id_, {}))


@router.post("/rebase")
def rebase(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Bring it to the model, with what was chosen."""
    here, chosen = f"/organizations/{org}/scenarios/{id_}", _chosen(form)

    def act(visit: Visit) -> str | Unfinished:
        choices = [Choice(pointer, take) for pointer, take in chosen.items()]
        try:
            scenario_rebases.rebase(store, visit.caller, org, id_, choices, now, condition_of(form))
        except TOLD as error:
            return again(visit, error, lambda problem: _rebase(visit, org, id_, chosen, problem))
        return f"{here}?done=scenario_rebased"

    return done(request, answer, store, now, form, act, way_back=f"{here}/rebase")


@router.get("/promote")
def show_promotion(org: str, id_: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """What becomes of the model if it is promoted."""
    return shown(request, answer, store, now, lambda visit: _promotion(visit, org, id_))


@router.post("/promote")
def promote(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Make it the model."""
    here = f"/organizations/{org}/scenarios/{id_}"

    def act(visit: Visit) -> str | Unfinished:
        try:
            scenario_rebases.promote(store, visit.caller, org, id_, now, condition_of(form))
        except TOLD as error:
            return again(visit, error, lambda problem: _promotion(visit, org, id_, problem))
        return f"{here}?done=scenario_promoted"

    return done(request, answer, store, now, form, act, way_back=here)


def _chosen(form: Form) -> dict[str, str]:
    """Place → whose value is taken there."""
    said = {name.removeprefix(TAKE): form.one(name) for name in form.fields if name.startswith(TAKE)}
    return {pointer: take for pointer, take in said.items() if take in SIDES}


def _rebase(visit: Visit, org: str, id_: str, chosen: Mapping[str, str], problem: Json | None = None) -> bytes:
    store, caller = visit.store, visit.caller
    short = scenarios.get(store, caller, org, id_).short
    found = scenario_rebases.view(store, caller, org, id_)
    return rebase_page(visit.head, named(visit, org), short.listed, short.tag, found, chosen, problem)


def _promotion(visit: Visit, org: str, id_: str, problem: Json | None = None) -> bytes:
    store, caller = visit.store, visit.caller
    short = scenarios.get(store, caller, org, id_).short
    found = scenario_rebases.view(store, caller, org, id_)
    sides = scenario_comparisons.sides(store, caller, org, id_, MODEL)
    tried = Tried(sides.before.raw, sides.after.raw, compared(visit, sides, visit.now.date()))
    return promotion_page(visit.head, named(visit, org), short.listed, short.tag, found, tried, problem)
