"""Pages of the console: what embeds show, with a head that leads from one to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from app.domain.conflict_states import STATUSES
from app.domain.terms import LEVELS, Language
from app.pages.embeds import SHOWS, heat_map_of
from app.pages.environment import rendered
from app.pages.texts import PageWords
from app.reports.drawings.canvas import Drawing
from app.reports.drawings.network import Influence, network

Json = Mapping[str, Any]

SECTIONS = ("", "conflicts", "matrix", "compass", "recommendations", "history")
"""Parts of an organization, by the last name of their address."""


class Head(NamedTuple):
    """What stands around every page: the service's address, the path of the page, what forms carry, who looks."""

    base: str
    path: str
    form: str
    actor: str
    language: Language


def organizations_page(head: Head, found: Sequence[Json]) -> bytes:
    """Every organization that may be seen."""
    return _page(
        "console/organizations.html", head, None, None, "", title=PageWords(head.language)("organizations"), found=found
    )


def overview_page(head: Head, summary: Json, matrix: Json, compass: Json, influences: Json | None) -> bytes:
    """An organization in a minute: headline, index, who works against whom, departments, the ways that harm most."""
    words = PageWords(head.language)
    if "analysis" not in summary:
        return _view_page("console/nothing.html", head, summary, "", words)
    departments = sorted(
        compass["departments"], key=lambda one: (one["alignment"] is None, one["alignment"] or 0.0, one["name"])
    )
    drawing = heat_map_of(matrix, words) if matrix["cells"] else None
    ways = _ways(influences, words) if influences and influences["influences"] else None
    drawn = {"drawing": drawing, "departments": departments, "ways": ways}
    return _view_page("console/overview.html", head, summary, "", words, **drawn)


def _ways(influences: Json, words: PageWords) -> Drawing:
    """The network, cut down to the influences that carry most harm."""
    carried = [Influence(one["from"], one["to"], one["severity"], one["level"]) for one in influences["influences"]]
    return network("ways", carried, influences["names"], words)


def view_page(head: Head, view: Json, section: str) -> bytes:
    """One view of an organization."""
    words = PageWords(head.language)
    if "analysis" not in view:
        return _view_page("console/nothing.html", head, view, section, words)
    return _view_page("console/view.html", head, view, section, words)


def conflicts_page(head: Head, view: Json, departments: Sequence[Json], chosen: Mapping[str, str]) -> bytes:
    """The conflicts, and a form that narrows them. `chosen`: what was asked for, by filter."""
    words = PageWords(head.language)
    if "analysis" not in view:
        return _view_page("console/nothing.html", head, view, "conflicts", words)
    offered = {
        "level": [(level, words(level)) for level in reversed(LEVELS)],
        "department": [(one["key"], one["name"]) for one in departments],
        "status": [(status, words(f"status_{status}")) for status in STATUSES],
    }
    return _view_page("console/conflicts.html", head, view, "conflicts", words, offered=offered, chosen=chosen)


def history_page(head: Head, view: Json, analyses: Sequence[Json], revisions: Sequence[Json]) -> bytes:
    """How things went: the trend, the analyses, and what changed in the document."""
    words = PageWords(head.language)
    if "analysis" not in view:
        return _view_page("console/nothing.html", head, view, "history", words)
    return _view_page("console/history.html", head, view, "history", words, analyses=analyses, revisions=revisions)


def sign_in_page(base: str, language: Language, *, way_back: str, reason: str = "") -> bytes:
    """Where people show their key. `reason`: why it did not work, as the name of a text."""
    words = PageWords(language)
    return rendered("console/sign_in.html", words, base=base, theme="auto", way_back=way_back, reason=reason)


def missing_page(head: Head) -> bytes:
    """What was asked for is not there."""
    return _page("console/missing.html", head, None, None, "", title=PageWords(head.language)("refused_gone"))


def _view_page(template: str, head: Head, view: Json, section: str, words: PageWords, **values: Any) -> bytes:
    shown = SHOWS[view["view"]](view, words) if "analysis" in view else {}
    told = {"analysis": None, "explanation": "", "arithmetic": (), **view}
    heading = words(f"view_{view['view']}")
    title = f"{heading}: {view['organization']['name']}"
    return _page(
        template, head, view["organization"], told, section, title=title, shown=SimpleNamespace(**shown), **values
    )


def _page(
    template: str, head: Head, organization: Json | None, view: Json | None, section: str, **values: Any
) -> bytes:
    at = f"{head.base}/organizations/{organization['key']}" if organization else None
    around = {
        "base": head.base,
        "head": head,
        "at": at,
        "organization": organization,
        "sections": SECTIONS,
        "section": section,
    }
    return rendered(template, PageWords(head.language), theme="auto", view=view, **around, **values)
