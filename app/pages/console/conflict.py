"""The page of one conflict: what it is, and what people make of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.pages.console.faults import faults_of
from app.pages.console.page import Head, Json, view_page
from app.pages.texts import PageWords


def conflict_page(
    head: Head,
    view: Json,
    standing: Json,
    proposed: Mapping[str, str],
    which: str,
    typed: Mapping[str, str],
    problem: Json | None,
) -> bytes:
    """`which`: the form that is shown again with what was `typed` and the `problem` of it; `proposed`: days of the form to accept it."""
    words = head.words
    told = [{**one, "told": told_of(one, standing["people"], words)} for one in standing["history"]]
    return view_page(
        head,
        view,
        "conflicts",
        "console/conflict.html",
        standing={**standing, "history": told},
        proposed=proposed,
        which=which,
        typed=typed,
        problem=problem,
        faults=faults_of(problem, below="waiver") if problem else {},
    )


def told_of(happened: Json, people: Mapping[str, str], words: PageWords) -> str:
    """What happened to a conflict as a sentence."""
    what: str = happened["what"]
    filled: dict[str, Any] = {}
    if what in ("assigned", "unassigned"):
        filled = {"name": people.get(happened.get("assignee", ""), words("somebody_gone"))}
    elif what == "regraded":
        filled = {side: words(happened["level"][side]) for side in ("before", "after")}
    elif what == "waived" and "waiver" in happened:
        what = "waived_until"
        filled = {"day": words.on(happened["waiver"]["expires"]), "reason": happened["waiver"]["reason"]}
    elif what == "waiver_ended":
        what = f"waiver_ended_{happened['because']}"
    elif what == "resolved" and happened.get("goal_removed"):
        what = "resolved_goal_removed"
    return words(f"history_{what}", **filled)
