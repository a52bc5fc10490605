"""What embeds show: one view of an organization as JSON values, for portals and for the pages that draw it.

Figures of pay are left out unless the token allows them: no text that names one, no cost, no weight of a component, no arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.embeds import View
from app.domain.errors import Missing
from app.domain.instants import written
from app.domain.pages import Wanted
from app.domain.parameters import parameters
from app.services import analyses, analysis_views
from app.services.analyses import StoredAnalysis
from app.services.embed_conflicts import conflict, conflicts
from app.services.embed_departments import department
from app.services.embed_recommendations import recommendations
from app.services.embed_titles import cells_with_titles, headline_of
from app.services.embed_wish import Wish
from app.services.organizations import existing
from app.storage import analyses as stored
from app.storage.database import Database

Json = dict[str, Any]

MOST_IN_TREND = 24
"""Analyses that a trend shows, the last ones."""

WORST = 3
"""Conflicts that a summary names."""


class Shown(NamedTuple):
    """A view. `analysis_id`: of what, None where nothing was analysed yet; `key`: equal for what looks equal, None where it may change;
    `made` makes the values of the view when they are needed, and raises Missing for what is not there."""

    wish: Wish
    organization: Json
    analysis_id: str | None
    key: tuple[Any, ...] | None
    made: Callable[[], Json]

    def whole(self) -> Json:
        """Everything that is told of the view. Raises Missing."""
        return {"view": self.wish.view, "locale": self.wish.language, "organization": self.organization, **self.made()}


def shown(store: Database, caller: Caller, wish: Wish) -> Shown:
    """A view of the analysis that its filters name, or of the last one. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, wish.organization)
        id_ = wish.filters.get("analysis") or stored.latest_id(tx, row)
    organization = {"key": row.key, "name": row.name}
    if id_ is None:
        return Shown(wish, organization, None, None, dict)
    of = (caller.workspace, row.id, row.name, id_)
    key = (*of, wish.view, _frozen(wish.filters), wish.language, wish.with_pay) if wish.view in _LASTING else None
    return Shown(wish, organization, id_, key, lambda: _made(store, caller, wish, id_))


def _made(store: Database, caller: Caller, wish: Wish, id_: str) -> Json:
    """The analysis in short, and the values of the view."""
    analysis = analyses.get(store, caller, wish.organization, id_)
    of = {
        "id": analysis.id,
        "as_of": analysis.as_of,
        "created_at": written(analysis.created_at),
        "revision": analysis.revision,
        "content_hash": analysis.content_hash,
    }
    return {"analysis": of, **_MAKES[wish.view](store, caller, wish, analysis)}


def _summary(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis) -> Json:
    said = analysis.listed(wish.language)
    before = _previous(store, caller, wish, analysis)
    worst = conflicts(store, caller, wish._replace(filters={}), analysis, most=WORST)
    return {
        "summary": {**said["summary"], "headline": headline_of(store, caller, wish, analysis)},
        "coverage": analysis.coverage,
        "removed_goals": len(analysis.removed_goals),
        "worst": worst["items"],
        **({} if before is None else {"before": before}),
    }


def _previous(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis) -> Json | None:
    """The analysis before in short, while it is kept."""
    if analysis.previous_id is None:
        return None
    try:
        before = analyses.get(store, caller, wish.organization, analysis.previous_id)
    except Missing:
        return None
    return {"as_of": before.as_of, "alignment_index": before.alignment_index, "levels": before.levels}


def _matrix(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis) -> Json:
    drawn = analysis_views.matrix(store, caller, wish.organization, analysis.id, wish.language).shown
    bounds = parameters(analysis.parameters)
    levels = {"medium": bounds.level_medium, "high": bounds.level_high, "critical": bounds.level_critical}
    cells = cells_with_titles(store, caller, wish, analysis, drawn["cells"])
    return {"rows": drawn["rows"], "columns": drawn["columns"], "cells": cells, "levels": levels}


def _compass(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis) -> Json:
    drawn = analysis_views.alignment(store, caller, wish.organization, analysis.id, wish.language).shown
    return {name: drawn[name] for name in ("alignment_index", "coverage", "outcomes", "departments")}


def _trend(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis) -> Json:
    wanted = Wanted(limit=MOST_IN_TREND, sort=("-created_at",), filters={"current": (True,)})
    found = analyses.listed(store, caller, wish.organization, wanted)
    points = [
        {
            "id": one.id,
            "as_of": one.as_of,
            "created_at": written(one.created_at),
            "alignment_index": one.alignment_index,
            "levels": one.levels,
            "removed_goals": len(one.removed_goals),
        }
        for one in reversed(found.items)
    ]
    return {"points": points}


def _frozen(filters: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(sorted((name, tuple(value) if isinstance(value, list) else value) for name, value in filters.items()))


_LASTING = ("matrix", "compass", "department")
"""Views that are of one analysis alone, which never changes."""

_MAKES: Mapping[View, Callable[[Database, Caller, Wish, StoredAnalysis], Json]] = {
    "summary": _summary,
    "matrix": _matrix,
    "conflicts": conflicts,
    "conflict": conflict,
    "department": department,
    "recommendations": recommendations,
    "trend": _trend,
    "compass": _compass,
}
