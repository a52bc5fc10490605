"""Pages that the engine runs for: they wait for their turn as requests of the API do, and count as heavy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ParamSpec, TypeVar

from anyio import from_thread

from app.domain.errors import DocumentInvalid
from app.pages.console.page import Json
from app.routers.console.flow import Visit
from app.services import scenario_comparisons
from app.services.scenario_comparisons import Sides
from app.web.rate_limits import limit_caller
from app.web.turns import Turns

P = ParamSpec("P")
T = TypeVar("T")


def in_turn(visit: Visit, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the work comes to. Raises Refused: 429 beyond the quota of heavy requests, 503 when too much waits already."""
    request = visit.answer.request
    limit_caller(request, request.app.state.limits, visit.caller, heavy=True)
    turns: Turns = request.app.state.turns
    return from_thread.run(partial(turns.run, work, *args, **kwargs))


def most_goals(visit: Visit) -> int:
    """How many goals a document may have that is looked at while somebody waits."""
    most: int = visit.answer.request.app.state.most_goals
    return most


def compared(visit: Visit, sides: Sides, as_of: date) -> Json | None:
    """What the engine finds in two documents as of a day; None where they are too large to be looked at while somebody waits."""
    try:
        return in_turn(visit, scenario_comparisons.compared, sides, visit.language, as_of, most_goals=most_goals(visit))
    except DocumentInvalid:
        return None
