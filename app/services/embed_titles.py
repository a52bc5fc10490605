"""Titles of findings for whoever may see no figures of pay: what a rule says in general, where its finding might name one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.pages import Wanted
from app.reports.text_words import Words
from app.services import findings
from app.services.analyses import StoredAnalysis
from app.services.embed_wish import Wish
from app.storage.database import Database

Json = dict[str, Any]

CONFLICTS = ("goal_conflict", "outcome_conflict", "internal_tension")
"""Kinds whose built-in rules tell who pushes what against whom, and never how much is paid for it."""


def title_of(said: Mapping[str, Any], wish: Wish) -> str:
    """The title of a finding, or of its rule; of rules that are the organization's own, the kind of what they report."""
    rule = catalogue().rules.get(said["rule"])
    if wish.with_pay or (rule is not None and said["kind"] in CONFLICTS):
        return str(said["title"])
    if rule is None:
        return Words(wish.language)(said["kind"]).capitalize()
    title = rule.title.get(wish.language) or rule.title["en"]
    return title[:1].upper() + title[1:]


def cells_with_titles(
    store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis, cells: Sequence[Json]
) -> list[Json]:
    """Cells of the matrix, each with the title of its worst finding."""
    if wish.with_pay or not cells:
        return list(cells)
    wanted = Wanted(limit=len(cells), filters={"fingerprint": tuple(sorted({cell["worst"] for cell in cells}))})
    found = findings.listed(store, caller, wish.organization, analysis.id, wanted, wish.language)
    titles = {one["fingerprint"]: title_of(one, wish) for one in found.items}
    return [{**cell, "title": titles[cell["worst"]]} for cell in cells]


def headline_of(store: Database, caller: Caller, wish: Wish, analysis: StoredAnalysis) -> str:
    """The headline; where it repeats the title of a finding that might name a figure, it says that of the rule instead."""
    headline = analysis.headlines[wish.language]
    if wish.with_pay:
        return headline
    wanted = Wanted(limit=20, filters={"level": ("critical", "high", "medium")})
    for one in findings.listed(store, caller, wish.organization, analysis.id, wanted, wish.language).items:
        headline = headline.replace(str(one["title"]), title_of(one, wish))
    return headline
