"""Pages of scenarios: every one, and one with its stack, what that changes, its analyses, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import NamedTuple

from app.pages.console.changes import changes_said
from app.pages.console.faults import faults_of
from app.pages.console.page import Head, Json, page
from app.pages.texts import PageWords

STATUSES = ("open", "promoted", "discarded")


class Patch(NamedTuple):
    """A patch of a stack as it is kept, the document before and after it, and what it changes."""

    kept: Json
    before: Json
    after: Json
    changes: Sequence[Json]


class Scenario(NamedTuple):
    """A scenario in short, its entity tag, the document that it stands on and the one that it makes, its stack from the lowest patch to
    the top, what all of it changes, the revision of the model, and whether the model has moved since."""

    short: Json
    tag: str
    bottom: Json
    document: Json
    patches: Sequence[Patch]
    changes: Sequence[Json]
    model: int
    is_behind: bool


def scenarios_page(
    head: Head, organization: Json, found: Sequence[Json], once: str, typed: Mapping[str, str], problem: Json | None
) -> bytes:
    """Every scenario, by how it stands, and a form to begin one. `once`: the key of the form; `typed`: what it said, shown once more."""
    return page(
        "console/scenarios.html",
        head,
        title=f"{head.words('section_scenarios')}: {organization['name']}",
        organization=organization,
        section="scenarios",
        by_status={status: [one for one in found if one["status"] == status] for status in STATUSES},
        once=once,
        typed={"name": "", "description": "", **typed},
        problem=problem,
        faults=faults_of(problem) if problem else {},
    )


def scenario_page(
    head: Head,
    organization: Json,
    scenario: Scenario,
    analyses: Sequence[Json],
    others: Sequence[Json],
    typed: Mapping[str, str],
    problem: Json | None,
) -> bytes:
    """One scenario. `analyses`: those of it, the newest first; `others`: scenarios that it can be compared with."""
    words, short = head.words, scenario.short
    return page(
        "console/scenario.html",
        head,
        title=f"{short['name']}: {organization['name']}",
        organization=organization,
        section="scenarios",
        one=short,
        tag=scenario.tag,
        patches=[_patch(one, words) for one in scenario.patches],
        changes=changes_said(scenario.changes, scenario.bottom, scenario.document, words),
        model=scenario.model,
        is_behind=scenario.is_behind,
        analyses=analyses,
        others=others,
        typed={"name": short["name"], "description": short.get("description", ""), **typed},
        problem=problem,
        faults=faults_of(problem) if problem else {},
    )


def _patch(one: Patch, words: PageWords) -> SimpleNamespace:
    """A patch in words: its note, or the first thing that it changes, as its name."""
    said = changes_said(one.changes, one.before, one.after, words)
    name = one.kept.get("note") or (said[0]["text"] if said else words("scn_says_already"))
    return SimpleNamespace(
        id=one.kept["id"],
        name=name,
        said=said if one.kept.get("note") or len(said) > 1 else [],
        author=one.kept["author"],
        day=words.on(one.kept["added_at"]),
        source=one.kept.get("source", {}),
    )
