"""Embeds as pages: the values of a view → its drawings, tables and sentences → HTML that needs no script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from app.domain.document import Payout
from app.domain.embeds import Refusal, View
from app.domain.terms import Language
from app.pages.environment import rendered
from app.pages.texts import PageWords
from app.reports.drawings.canvas import Drawing, Table
from app.reports.drawings.chain import Step, Stop, chain
from app.reports.drawings.compass import Needle, compass
from app.reports.drawings.heat_map import Pull, heat_map
from app.reports.drawings.payout_curve import payout_curve
from app.reports.drawings.reap import reap
from app.reports.drawings.trend import Mark, trend
from app.reports.text_summary import alignment_pieces

Json = Mapping[str, Any]

WORST = 3
"""Cells of the map that are told in words."""

REASONS = ("unknown", "expired", "revoked", "view", "gone", "offline")
"""Why a frame shows nothing; each has its texts."""


def embed_page(view: Json, language: Language, theme: str, base: str) -> bytes:
    """A view as a page. `view`: as the API shows it; `base`: the service's address."""
    words = PageWords(language)
    title = words("embed_title", view=words(f"view_{view['view']}"), organization=view["organization"]["name"])
    shown = SHOWS[view["view"]](view, words) if "analysis" in view else {}
    values = {"analysis": None, "explanation": "", "arithmetic": (), **view}
    return rendered(
        "embed.html", words, base=base, theme=theme, title=title, at=None, view=values, shown=SimpleNamespace(**shown)
    )


def frame_page(name: View, origins: list[str], language: Language, base: str) -> bytes:
    """The frame that waits for a token and fetches the view with it."""
    return rendered(
        "frame.html", PageWords(language), base=base, theme="auto", name=name, origins=origins, reasons=REASONS
    )


def refused_page(reason: Refusal | str, language: Language, base: str) -> bytes:
    """Why nothing is shown."""
    return rendered("refused.html", PageWords(language), base=base, theme="auto", reason=reason)


def _summary(view: Json, words: PageWords) -> dict[str, Any]:
    said, coverage = view["summary"], view["coverage"]
    index = said["alignment_index"]
    number, told = _index(index, words)
    look = "even" if index is None or abs(index) < 0.1 else "good" if index > 0 else "bad"
    share = words("unknown") if coverage["outcomes"] is None else words.share(coverage["outcomes"])
    return {
        "index": number,
        "index_told": told,
        "index_look": look,
        "serious": _serious(said["levels"]),
        "found": sum(said["levels"].values()),
        "looked_at": words("looked_at_told", share=share, goals=words.count(coverage["goals"])),
        "since": words("since_last", day=words.on(view["before"]["as_of"]))
        if "before" in view
        else words("view_trend"),
        "changes": list(_changes(view, words)),
    }


def _index(index: float | None, words: PageWords) -> tuple[str, str]:
    """The index as a number and in words."""
    pieces = [piece if isinstance(piece, str) else piece[0] for piece in alignment_pieces(index, words)]
    return (pieces[0], pieces[1].strip()) if len(pieces) == 2 else ("?", pieces[0])


def _changes(view: Json, words: PageWords) -> list[str]:
    """What changed since the analysis before."""
    if "before" not in view:
        return [words("first_time")]
    before, said = view["before"], view["summary"]
    told = []
    if before["alignment_index"] is not None and said["alignment_index"] is not None:
        sides = (words.signed(side["alignment_index"]) for side in (before, said))
        told.append(words("index_from", **dict(zip(("before", "after"), sides, strict=True))))
    sides = (words.count(_serious(side["levels"])) for side in (before, said))
    told.append(words("serious_from", **dict(zip(("before", "after"), sides, strict=True))))
    if gone := view["removed_goals"]:
        told.append(words("goal_gone") if gone == 1 else words("goals_gone", n=words.count(gone)))
    return told


def _serious(levels: Mapping[str, int]) -> int:
    return levels["high"] + levels["critical"]


def heat_map_of(view: Json, words: PageWords) -> Drawing:
    """The map of who works against whom."""
    names = {one["key"]: one["name"] for one in view["rows"]}
    pulls = [
        Pull(one["from"], one["to"], one["count"], one["severity"], one["level"], one["title"]) for one in view["cells"]
    ]
    return heat_map("matrix", pulls, names, words)


def _matrix(view: Json, words: PageWords) -> dict[str, Any]:
    worst = sorted(view["cells"], key=lambda one: (-one["severity"], one["from"], one["to"]))[:WORST]
    return {"drawing": heat_map_of(view, words), "worst": worst}


def _compass(view: Json, words: PageWords) -> dict[str, Any]:
    needles = [Needle(one["name"], one["alignment"], one["pressure"], one["coverage"]) for one in view["departments"]]
    return {"drawing": compass("compass", needles, words)}


def _trend(view: Json, words: PageWords) -> dict[str, Any]:
    marks = [
        Mark(date.fromisoformat(one["as_of"]), one["alignment_index"], _serious(one["levels"]))
        for one in view["points"]
    ]
    return {"drawing": trend("trend", marks, words)}


def _conflict(view: Json, words: PageWords) -> dict[str, Any]:
    sources = {one["id"]: number for number, one in enumerate(view["citations"], 1)}
    stops = [Stop(one["name"], one.get("direction")) for one in view["stops"]]
    steps = [
        Step(one["strength"], one["lag_days"], one["evidence"], one.get("contested", False)) for one in view["steps"]
    ]
    drawing = (
        chain("chain", view["source"]["department"], view["target"]["department"], stops, steps, words)
        if steps
        else None
    )
    return {
        "drawing": drawing,
        "steps": [_step(stop, said, sources, words) for stop, said in zip(stops[1:], view["steps"], strict=True)]
        if steps
        else [],
        "sources": [_source(one, words) for one in view["citations"]],
    }


def _step(stop: Stop, said: Json, sources: Mapping[str, int], words: PageWords) -> dict[str, Any]:
    told = [words(said["strength"]), words.lag(said["lag_days"]), words(said["evidence"])]
    numbers = sorted({sources[id_] for one in said["citations"] if (id_ := one.partition("#")[0]) in sources})
    return {
        "moves": words.moves(stop.name, stop.direction),
        "mechanism": said["mechanism"].rstrip(".") if said["mechanism"] else "",
        "told": ", ".join([*told, words("link_contested")] if said.get("contested") else told),
        "sources": f"[{', '.join(map(str, numbers))}]" if numbers else "",
        "when": said.get("when", ""),
    }


def _source(citation: Json, words: PageWords) -> dict[str, str]:
    status = citation.get("status", "memory")
    return {"reference": citation.get("reference", citation["id"]), "told": words(f"source_{status}")}


def _department(view: Json, words: PageWords) -> dict[str, Any]:
    one = view["department"]
    if one["alignment"] is None:
        told = words("department_reaches_nothing", name=one["name"])
    else:
        pull = words.pull(one["alignment"])
        told = words("department_pulls", name=one["name"], told=pull, value=words.signed(one["alignment"]))
    goals = tuple(
        (goal["name"], words(f"wanted_{goal['direction']}") if goal["direction"] else "", words.share(goal["pressure"]))
        for goal in view["goals"]
    )
    effects = tuple(
        (each["name"], words.number(each["help"], 2), words.number(each["harm"], 2)) for each in view["effects"]
    )
    return {
        "told": told,
        "goals": Table(tuple(map(words, ("goal_head", "wanted_head", "pressure_head"))), goals, (2,)),
        "effects": Table(tuple(map(words, ("owed_head", "helps_head", "harms_head"))), effects, (1, 2)),
        "reap": reap("reap", view["reap"], words) if view["reap"] else None,
        "pay": [_pay(plan, words) for plan in view.get("pay", ())],
    }


def _pay(plan: Json, words: PageWords) -> dict[str, Any]:
    rows = tuple(
        (one["name"], words.share(one["weight"]), words.share(one["share_of_pay"])) for one in plan["components"]
    )
    return {
        "told": words("plan_share", role=plan["role"], share=words.share(plan["variable_share"])),
        "table": Table(tuple(map(words, ("paid_part", "weight_head", "share_head"))), rows, (1, 2)),
        "curves": [curve for one in plan["components"] if (curve := _curve(plan, one, words)) is not None],
    }


def _curve(plan: Json, component: Json, words: PageWords) -> Drawing | None:
    """What a paid part pays for which result, where the document says so."""
    if "payout" not in component:
        return None
    payout = Payout.model_validate(component["payout"])
    return payout_curve(f"payout-{plan['plan']}-{component['key']}", payout, words, about=component["name"])


def _nothing(view: Json, words: PageWords) -> dict[str, Any]:
    return {}


SHOWS: Mapping[View, Callable[[Json, PageWords], dict[str, Any]]] = {
    "summary": _summary,
    "matrix": _matrix,
    "conflicts": _nothing,
    "conflict": _conflict,
    "department": _department,
    "recommendations": _nothing,
    "trend": _trend,
    "compass": _compass,
}
"""View → what its template shows beside its values."""
