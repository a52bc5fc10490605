"""Recommendations as embeds show them: what to change, what that was proved to do, who decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.pages import Wanted
from app.domain.terms import Language
from app.services import recommendations as stored
from app.services.analyses import StoredAnalysis
from app.services.embed_wish import Wish
from app.services.kept_recommendations import StoredRecommendation
from app.storage.database import Database

Json = dict[str, Any]

MOST = 20
"""Recommendations that are shown, the first ones one would take up."""


def recommendations(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis) -> Json:
    """What to change, in the order in which one would take it up."""
    found = stored.listed(store, caller, wish.organization, analysis.id, Wanted(limit=MOST, counted=True))
    return {"items": [_told(one, wish) for one in found.items], "total": found.total}


def addressing(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis, fingerprint: str) -> list[Json]:
    """The recommendations that clear a finding or make it less, those that clear it first."""
    found = stored.listed(store, caller, wish.organization, analysis.id, Wanted(limit=200))
    bodies = [(one, one.shown(wish.language)["effect"]) for one in found.items]
    of_it = [(one, effect) for one, effect in bodies if fingerprint in (*effect["removed"], *effect["weakened"])]
    ordered = sorted(of_it, key=lambda each: fingerprint not in each[1]["removed"])
    return [{**_told(one, wish), "clears": fingerprint in effect["removed"]} for one, effect in ordered[:5]]


def _told(recommendation: StoredRecommendation, wish: Wish) -> Json:
    said = recommendation.shown(wish.language)
    effect = said["effect"]
    before_and_after = ("severity_before", "severity_after", "alignment_before", "alignment_after")
    told = {
        "id": said["id"],
        "remedy": said["remedy"],
        "status": said["status"],
        "effort": said["effort"],
        "owners": said["owners"],
        "effect": {
            **{name: effect[name] for name in before_and_after if name in effect},
            **{name: len(effect[name]) for name in ("removed", "weakened", "worsened")},
        },
    }
    if not wish.with_pay:
        return {"title": _title(said, wish.language), **told}
    return {
        "title": said["title"],
        **told,
        "rationale": said["rationale"],
        "cost": said["cost"],
        "risks": said["risks"],
    }


def _title(said: Mapping[str, Any], language: Language) -> str:
    """The title, or the kind of change alone where the title would name figures of pay."""
    if not any(map(_is_pay, said["patch"])):
        return str(said["title"])
    remedy = catalogue().remedies.get(said["remedy"])
    return remedy.name.plain(language) if remedy else str(said["remedy"])


def _is_pay(operation: Mapping[str, Any]) -> bool:
    """Whether a step of a patch writes a number into an incentive plan, conditions on KPIs aside."""
    of_plans = operation["path"].startswith("/incentive_plans/") and operation["op"] != "test"
    return of_plans and any(_numbers(operation.get("value")))


def _numbers(value: Any) -> Iterator[bool]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _numbers(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _numbers(inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield True
