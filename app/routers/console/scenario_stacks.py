"""`/organizations/{org}/scenarios/{id}/stack`: take a patch out of a scenario, or put it before or behind its neighbour."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.domain.errors import Missing
from app.routers.console.again import TOLD, again
from app.routers.console.flow import Sent, Unfinished, Visit, done
from app.routers.console.scenarios import condition_of, page_of
from app.services import scenarios
from app.services.kept_scenarios import WholeScenario
from app.services.scenario_patches import SentPatch
from app.services.scenarios import WantedPatch, WantedScenario
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/scenarios/{id_}", "front", listed=False)

MOVES = {"up": -1, "down": 1}
"""What a form says → how many places a patch moves."""


@router.post("/stack")
def restack(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Move a patch, or take it out; those that stay are carried over to what lies beneath them then."""
    here, patch, move = f"/organizations/{org}/scenarios/{id_}", form.one("patch"), form.one("move")

    def wanted(current: WholeScenario) -> WantedScenario:
        ids = [one["id"] for one in current.patches]
        if patch not in ids:
            raise Missing("patch", patch)
        place = ids.index(patch)
        ids.remove(patch)
        if move in MOVES:
            ids.insert(max(0, place + MOVES[move]), patch)
        return WantedScenario(patches=tuple(WantedPatch(one, SentPatch()) for one in ids))

    def act(visit: Visit) -> str | Unfinished:
        try:
            scenarios.change(store, visit.caller, org, id_, wanted, now, condition_of(form))
        except TOLD as error:
            return again(visit, error, lambda problem: page_of(visit, org, id_, None, problem))
        return f"{here}?done={'scenario_moved' if move in MOVES else 'scenario_taken_out'}#stack"

    return done(request, answer, store, now, form, act, way_back=here)
