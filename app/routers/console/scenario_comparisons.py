"""`/organizations/{org}/scenarios/{id}/compare`: a scenario beside the model, what it stands on, or another scenario."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.domain.pages import LARGEST_PAGE, Wanted
from app.pages.console.comparison import Tried
from app.pages.console.scenario_comparisons import compared_page
from app.routers.console.flow import Visit, shown
from app.routers.console.look import named
from app.routers.console.turns import compared
from app.services import scenario_comparisons, scenarios
from app.services.scenario_comparisons import MODEL
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/scenarios/{id_}", "front", listed=False)


@router.get("/compare")
def show_comparison(
    org: str, id_: str, request: Request, answer: HtmlAnswer, store: Store, now: Now, other: str = MODEL
) -> Response:
    """What it has that the other has not: findings, index, pay, curves, weights."""

    def body(visit: Visit) -> bytes:
        organization = named(visit, org)
        sides = scenario_comparisons.sides(store, visit.caller, org, id_, other)
        short = scenarios.get(store, visit.caller, org, id_).short
        opened = scenarios.listed(store, visit.caller, org, Wanted(limit=LARGEST_PAGE, filters={"status": ("open",)}))
        offered = [one.listed for one in opened.items if one.id != id_]
        tried = Tried(sides.before.raw, sides.after.raw, compared(visit, sides, now.date()))
        return compared_page(visit.head, organization, short.listed, other, offered, tried)

    return shown(request, answer, store, now, body)
