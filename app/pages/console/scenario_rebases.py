"""Pages of a scenario and the model: where they say different things, and what becomes of the model when the scenario is promoted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import SimpleNamespace

from app.pages.console.changes import changes_said
from app.pages.console.comparison import Tried
from app.pages.console.page import Head, Json, page
from app.pages.texts import PageWords


def rebase_page(
    head: Head,
    organization: Json,
    scenario: Json,
    tag: str,
    found: Json,
    chosen: Mapping[str, str],
    problem: Json | None,
) -> bytes:
    """Each place that both changed, to be chosen. `found`: what a rebase would come to; `chosen`: place → whose value is taken."""
    return page(
        "console/scenario_rebase.html",
        head,
        title=head.words("scn_rebase_of", name=scenario["name"]),
        organization=organization,
        section="scenarios",
        one=scenario,
        tag=tag,
        found=found,
        conflicts=[_conflict(one, chosen, head.words) for one in found["conflicts"]],
        problem=problem,
    )


def promotion_page(
    head: Head, organization: Json, scenario: Json, tag: str, found: Json, tried: Tried, problem: Json | None
) -> bytes:
    """What becomes of the model. `found`: what a rebase would come to, which is needed first where the model has moved."""
    return page(
        "console/scenario_promotion.html",
        head,
        title=head.words("scn_promotion_of", name=scenario["name"]),
        organization=organization,
        section="scenarios",
        one=scenario,
        tag=tag,
        is_behind=found["needed"],
        onto=found["onto"],
        changes=changes_said(found["changes"], tried.before, tried.after, head.words),
        told=tried.told(head.words),
        problem=problem,
    )


def _conflict(one: Json, chosen: Mapping[str, str], words: PageWords) -> SimpleNamespace:
    sides = {name: _value(one.get(name), words) for name in ("base", "model", "scenario")}
    return SimpleNamespace(
        pointer=one["pointer"], is_gone="part_gone" in one, take=chosen.get(one["pointer"], ""), **sides
    )


def _value(value: object, words: PageWords) -> str:
    """A value as the document writes it; what stands nowhere in words."""
    return words("scn_nothing_there") if value is None else json.dumps(value, ensure_ascii=False)
