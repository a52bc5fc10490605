"""`/settings/audit`: who did what in the workspace, the latest first."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from app.domain.pages import PAGE, Wanted
from app.routers.console.flow import Visit, shown
from app.routers.console.settings import settings
from app.services import audit_events
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.cursors import read_cursor, write_cursor
from app.web.operations import operations
from app.web.stored import Store

router = operations("/settings/audit", "front", listed=False)

HERE = "/settings/audit"


@router.get("")
def show_audit(
    request: Request,
    answer: HtmlAnswer,
    store: Store,
    now: Now,
    actor: str = "",
    action: str = "",
    cursor: str = "",
    verify: str = "",
) -> Response:
    """A page of what was done, narrowed by the form; `verify`: compute the chain of all of it anew."""

    def body(visit: Visit) -> bytes:
        visit.caller.needs("admin")
        chosen = {name: said.strip()[:200] for name, said in (("actor", actor), ("action", action)) if said.strip()}
        binding = [visit.caller.workspace, HERE, sorted(chosen.items())]
        place = read_cursor(cursor, binding) if cursor else None
        filters = {name: (value,) for name, value in chosen.items()}
        found = audit_events.listed(store, visit.caller, Wanted(limit=PAGE, place=place, filters=filters))
        around = {
            name: f"{HERE}?{urlencode({**chosen, 'cursor': write_cursor(one, binding)})}"
            for name, one in (("newer", found.before), ("older", found.after))
            if one is not None
        }
        chain = audit_events.verified(store, visit.caller) if verify else None
        return settings(visit, "audit", events=found.items, around=around, chosen=chosen, chain=chain)

    return shown(request, answer, store, now, body)
