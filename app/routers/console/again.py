"""Forms that are shown once more, with what was typed and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.errors import Changed, Clashing, DocumentInvalid, WrongState
from app.pages.console.page import Json
from app.routers.console.flow import Unfinished, Visit, problem_of

TOLD = (DocumentInvalid, WrongState, Changed, Clashing)
"""What goes wrong with a form that is shown once more."""


def again(visit: Visit, error: Exception, page: Callable[[Json], bytes]) -> Unfinished:
    """The page that `page` makes of the problem."""
    problem = problem_of(visit.answer.request, visit.answer, error)
    status = problem["status"]
    assert isinstance(status, int)
    return Unfinished(page(problem), status)
