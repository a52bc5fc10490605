"""Pages of what to change: all that is recommended, and one change with what it was proved to do and where it can go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.pages.console.comparison import Tried
from app.pages.console.faults import faults_of
from app.pages.console.page import Head, Json, page
from app.pages.texts import PageWords
from app.reports.text_names import Names
from app.reports.text_recommendations import written

DECIDED = ("open", "accepted", "dismissed")
MOST_NAME = 200
"""Characters of a scenario's name."""


class Standing(NamedTuple):
    """What a decision is made on: the entity tag and revision of the model, the scenarios that are open, the one that the analysis is of,
    and the key of the form."""

    tag: str
    revision: int
    scenarios: Sequence[Json]
    scenario: Json | None
    once: str


def recommendations_page(
    head: Head, organization: Json, analysis: Json, found: Sequence[Json], scenario: Json | None
) -> bytes:
    """What to change, what was accepted and where it went, what was dismissed and why. `scenario`: the one that the analysis is of."""
    by_status = {status: [one for one in found if one["status"] == status] for status in DECIDED}
    return page(
        "console/recommendations.html",
        head,
        title=f"{head.words('view_recommendations')}: {organization['name']}",
        organization=organization,
        section="recommendations",
        analysis=analysis,
        by_status=by_status,
        outdated=next((one["outdated"] for one in found if "outdated" in one), None),
        scenario=scenario,
    )


def recommendation_page(
    head: Head,
    organization: Json,
    one: Json,
    tried: Tried,
    standing: Standing,
    revision: int,
    typed: Mapping[str, str],
    problem: Json | None,
) -> bytes:
    """One change. `revision`: that of the model which it was worked out on; `typed`: what a form said that is shown once more."""
    words, names = head.words, Names(head.words, tried.before, None)
    told = tried.told(words)
    return page(
        "console/recommendation.html",
        head,
        title=one["title"],
        organization=organization,
        section="recommendations",
        one=one,
        told=told,
        effect=_effect(one["effect"], words),
        owners=[names.department(key) for key in one["owners"]],
        changes=told.changes
        if told
        else [{"action": "changed", "text": line} for line in written(one["patch"], tried.before, words)],
        patch=json.dumps(one["patch"], indent=1, ensure_ascii=False),
        outdated=_outdated(one.get("outdated")),
        standing=standing,
        revision=revision,
        typed={"into": "", "name": one["title"][:MOST_NAME], "reason": "", **typed},
        problem=problem,
        faults=faults_of(problem) if problem else {},
    )


def _effect(effect: Json, words: PageWords) -> str:
    """What the analysis saw it do, in short."""
    counts = {name: words.count(len(effect[name])) for name in ("removed", "weakened")}
    worse = words("worsened_too", n=words.count(len(effect["worsened"]))) if effect["worsened"] else ""
    return words("cleared", **counts) + worse


def _outdated(said: Json | None) -> Json | None:
    """What has become of the model since, and what stands in the way of the change there."""
    if said is None:
        return None
    sides = ("base", "now", "recommended")
    clashes = [
        {
            "pointer": one["pointer"],
            "sides": [json.dumps(one[side], ensure_ascii=False) if side in one else "" for side in sides],
        }
        for one in said.get("conflicts", ())
    ]
    return {"revision": said["revision"], "clashes": clashes, "fits": "patch" in said}
