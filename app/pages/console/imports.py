"""Pages that bring files in: what to send, what it would change, how it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from app.exchange.columns import columns_of
from app.exchange.flat_columns import flat_columns
from app.exchange.notes_in_german import GERMAN
from app.pages.console.page import Head, Json, page
from app.services.import_names import ReadName

MOST_CHANGES, MOST_ROWS = 300, 100
"""Changes, and rows that were passed over, that a page lists."""

KINDS = (
    ("organization", "segment"),
    ("department",),
    ("outcome",),
    ("kpi",),
    ("incentive_plan", "component"),
    ("governance", "metric", "influence", "suppression", "parameters"),
)
"""What changes are of, in the groups in which pages tell them; each is called by its first."""

ACTIONS = ("added", "changed", "removed")


class ChangeGroup(NamedTuple):
    """Changes of one kind of part: how many of which sort, and those that are listed."""

    kind: str
    counts: Mapping[str, int]
    changes: Sequence[Json]


def first_import_page(
    head: Head,
    starters: Sequence[str],
    typed: Mapping[str, str],
    *,
    problem: Json | None = None,
    preview: Json | None = None,
    starter_problem: Json | None = None,
) -> bytes:
    """How to begin. `typed`: what was said already; `preview`: how a file was read that something is wrong with."""
    return page(
        "console/first_import.html",
        head,
        title=head.words("begin_title"),
        starters=starters,
        typed=typed,
        problem=problem,
        starter_problem=starter_problem,
        wrong=_wrong(problem),
        wrong_starter=_wrong(starter_problem),
        **_reading(head, preview),
    )


def import_page(head: Head, organization: Json, *, problem: Json | None = None) -> bytes:
    """How to bring a file into the model of an organization."""
    title = head.words("import_title")
    return page("console/import.html", head, title=title, organization=organization, section="model", problem=problem)


def preview_page(
    head: Head,
    organization: Json,
    preview: Json,
    *,
    names: Sequence[ReadName],
    standing: str,
    is_outdated: bool,
) -> bytes:
    """What importing a file would change. `standing`: the tag of the document; `is_outdated`: it changed since the preview was made."""
    return page(
        "console/import_preview.html",
        head,
        title=head.words(
            "preview_title_applied" if preview["status"] == "applied" else "preview_title", name=preview["name"]
        ),
        organization=organization,
        section="model",
        groups=_groups(preview["changes"]),
        counted=[(action, count) for action, count in preview["counts"].items() if count],
        hidden_changes=max(0, len(preview["changes"]) - MOST_CHANGES),
        names=names,
        standing=standing,
        is_outdated=is_outdated,
        **_reading(head, preview),
    )


def _reading(head: Head, preview: Json | None) -> dict[str, Any]:
    """How a file was read: its headings, what they can mean, what was passed over, what is wrong."""
    if preview is None:
        return {"preview": None, "columns": (), "unsure": (), "offered": {}, "passed": (), "problems_found": None}
    columns = [one for one in preview["columns"] if one["how"] != "remark"]
    lists = sorted({one["list"] for one in columns if not _is_sure(one)})
    passed = [row for row in preview["rows"] if row["action"] == "skip" and "why" in row]
    return {
        "preview": preview,
        "columns": columns,
        "unsure": [one for one in columns if not _is_sure(one)],
        "offered": {name: _offered(name, preview["layout"], head) for name in lists},
        "passed": passed[:MOST_ROWS],
        "problems_found": _problems(head, preview),
    }


def _wrong(problem: Json | None) -> dict[str, str]:
    """What is wrong with name and key, of those that were typed, by field."""
    errors = problem.get("errors", ()) if problem else ()
    pointers = {f"#/organization/{field}": field for field in ("name", "key")}
    return {pointers[one["pointer"]]: one["detail"] for one in errors if one.get("pointer") in pointers}


def _is_sure(column: Json) -> bool:
    """Whether a heading means its column by itself: what somebody had to say can be said otherwise."""
    return bool(column["confidence"] >= 0.9) and column["how"] != "told"


def _offered(list_: str, layout: str, head: Head) -> list[tuple[str, str]]:
    """What a heading of a sheet can mean: each column and what that means."""
    columns = flat_columns() if layout == "flat" else columns_of(list_)
    german = head.language == "de"
    told = ((name, column.member.sentence) for name, column in columns.items())
    return [(name, GERMAN.get(sentence, sentence) if german else sentence) for name, sentence in told]


def _problems(head: Head, preview: Json) -> Json | None:
    """Everything that is wrong with the file, in the form of a problem of the API."""
    if not preview["problems"]:
        return None
    count = len(preview["problems"]) + preview.get("problems_omitted", 0)
    words = head.words
    detail = words("file_problem") if count == 1 else words("file_problems", n=words.count(count))
    truncated = {"errors_truncated": True} if "problems_omitted" in preview else {}
    return {"title": words("file_refused"), "detail": detail, "errors": preview["problems"], **truncated}


def _groups(changes: Iterable[Json]) -> list[ChangeGroup]:
    """The changes by what they are of, those that are listed."""
    places = {kind: place for place, kinds in enumerate(KINDS) for kind in kinds}
    ordered = sorted(changes, key=lambda one: (places[one["kind"]], ACTIONS.index(one["action"])))
    groups, left = [], MOST_CHANGES
    for place, each in groupby(ordered, key=lambda one: places[one["kind"]]):
        found = list(each)
        counts = {action: sum(one["action"] == action for one in found) for action in ACTIONS}
        groups.append(ChangeGroup(KINDS[place][0], counts, found[:left]))
        left = max(0, left - len(found))
    return groups
