"""What pages show of an organization, taken from its newest analysis."""

from __future__ import annotations

from typing import Any

from app.domain.embeds import View
from app.domain.pages import Wanted
from app.routers.console.flow import Visit
from app.services import analyses, embed_views, organizations
from app.services.analyses import StoredAnalysis
from app.services.embed_network import network
from app.services.embed_wish import Wish

Json = dict[str, Any]


def view(visit: Visit, organization: str, name: View, **filters: Any) -> Json:
    """The values of a view, with figures of pay, which whoever may read sees anyway. Raises Missing."""
    wish = Wish(name, organization, filters, visit.language, True)
    return embed_views.shown(visit.store, visit.caller, wish).whole()


def influences(visit: Visit, organization: str, seen: Json) -> Json | None:
    """What the network of the analysis that a view is of is drawn from; nothing where there is none."""
    if "analysis" not in seen:
        return None
    return network(visit.store, visit.caller, organization, seen["analysis"]["id"], visit.language)


def newest(visit: Visit, organization: str) -> StoredAnalysis | None:
    """The last analysis of the organization's document. Raises Missing."""
    found = analyses.listed(visit.store, visit.caller, organization, Wanted(limit=1, sort=("-created_at",)))
    return found.items[0] if found.items else None


def named(visit: Visit, organization: str) -> Json:
    """Key and name of an organization, for pages that show nothing of an analysis. Raises Missing."""
    return organizations.get(visit.store, visit.caller, organization).shown
