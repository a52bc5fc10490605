"""Pages to begin with: every organization, and one of them in a minute."""

from __future__ import annotations

from collections.abc import Sequence

from app.pages.console.page import Head, Json, page, view_page
from app.pages.console.reports import FORMS
from app.pages.embeds import heat_map_of
from app.pages.texts import PageWords
from app.reports.drawings.canvas import Drawing
from app.reports.drawings.network import Influence, network


def organizations_page(head: Head, found: Sequence[Json]) -> bytes:
    """Every organization that may be seen."""
    return page("console/organizations.html", head, title=head.words("organizations"), found=found)


def overview_page(head: Head, summary: Json, matrix: Json, compass: Json, influences: Json | None) -> bytes:
    """An organization in a minute: headline, index, who works against whom, departments, the ways that harm most."""
    if "analysis" not in summary:
        return view_page(head, summary, "")
    words = head.words
    departments = sorted(
        compass["departments"], key=lambda one: (one["alignment"] is None, one["alignment"] or 0.0, one["name"])
    )
    drawing = heat_map_of(matrix, words) if matrix["cells"] else None
    ways = _ways(influences, words) if influences and influences["influences"] else None
    drawn = {"drawing": drawing, "departments": departments, "ways": ways, "forms": FORMS}
    return view_page(head, summary, "", "console/overview.html", **drawn)


def _ways(influences: Json, words: PageWords) -> Drawing:
    """The network, cut down to the influences that carry most harm."""
    carried = [Influence(one["from"], one["to"], one["severity"], one["level"]) for one in influences["influences"]]
    return network("ways", carried, influences["names"], words)
