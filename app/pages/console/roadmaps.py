"""Pages of the roadmap: all items over time, and one with what it needs, why it is there, and what can be entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from app.domain.roadmap_templates import STAGES
from app.pages.console.faults import faults_of
from app.pages.console.page import Head, Json, page
from app.reports.beside_road import bars_of
from app.reports.drawings.timeline import timeline
from app.reports.measure_words import measured

SECTION = "roadmap"


def no_roadmap_page(head: Head, organization: Json, today: str, once: str, problem: Json | None) -> bytes:
    """There is none yet; it says what it is built from, and how to begin."""
    return _page(head, organization, "console/roadmap.html", road=None, today=today, once=once, problem=problem)


def roadmap_page(head: Head, organization: Json, road: Json, once: str) -> bytes:
    """The road over time, its items by phase, and how to build it again."""
    by_phase = [(phase, [one for one in road["items"] if one["phase"] == phase["key"]]) for phase in road["phases"]]
    drawing = timeline("road", bars_of(road), head.words)
    return _page(
        head,
        organization,
        "console/roadmap.html",
        road=road,
        drawing=drawing,
        by_phase=by_phase,
        once=once,
        problem=None,
    )


def roadmap_item_page(
    head: Head,
    organization: Json,
    road: Json,
    key: str,
    tag: str,
    typed: Typed,
    problem: Json | None,
    pilot: Json | None,
) -> bytes:
    """One item. `tag`: of the state that forms are made on; `typed`: what a form said that is shown once more; `pilot`: as it was asked."""
    one = next(item for item in road["items"] if item["key"] == key)
    place = STAGES.index(one["stage"])
    following = road["stages"][place + 1] if place + 1 < len(STAGES) else None
    fields = {
        "owner": one.get("owner", ""),
        "starts_on": one.get("starts_on", ""),
        "days": str(one["days"]),
        **{f"measure_{name}": _text(one.get("measure", {}).get(name)) for name in MEASURE},
    }
    return _page(
        head,
        organization,
        "console/roadmap_item.html",
        title=one["title"],
        one=one,
        others=[item for item in road["items"] if item["key"] != key],
        following=following,
        measured=partial(measured, language=head.language),
        tag=tag,
        typed={**fields, **typed.fields},
        guardrails=typed.guardrails or [*map(_measure, one["guardrails"]), _measure({})],
        pilot=pilot,
        problem=problem,
        faults=faults_of(problem, deep=("measure",)) if problem else {},
    )


class Typed(NamedTuple):
    """What a form said, by field, and its guardrails."""

    fields: Mapping[str, str] = {}
    guardrails: Sequence[Mapping[str, str]] = ()


MEASURE = ("name", "baseline", "target", "unit")
"""Members of a measure, each a field of the form."""


def _measure(measure: Json) -> dict[str, str]:
    return {name: _text(measure.get(name)) for name in MEASURE}


def _text(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _page(head: Head, organization: Json, template: str, *, title: str = "", **said: object) -> bytes:
    told = f"{title or head.words('section_roadmap')}: {organization['name']}"
    return page(template, head, title=told, organization=organization, section=SECTION, **said)
