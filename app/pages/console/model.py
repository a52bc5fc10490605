"""Pages about the whole model: its parts in tables, its YAML, and what goes with a part that is to be deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.pages.console.page import Head, Json, page
from app.pages.console.previews import fates_of

LONGEST = 1_000_000
"""Characters of a model that is changed on a page: what forms carry."""

LISTS = ("departments", "outcomes", "kpis", "incentive_plans")
"""The lists that have a form, in the order in which pages show them."""


def model_page(head: Head, organization: Json, document: Mapping[str, Any]) -> bytes:
    """Departments, what customers are owed, KPIs and incentive plans, each linked to its form."""
    names = {one["key"]: one["name"] for one in document.get("departments", ())}
    paid: dict[str, int] = {}
    for plan in document.get("incentive_plans", ()):
        for kpi in {one.get("kpi") for one in plan["components"]} - {None}:
            paid[kpi] = paid.get(kpi, 0) + 1
    return page(
        "console/model.html",
        head,
        title=head.words("model_title"),
        organization=organization,
        section="model",
        document={name: document.get(name, []) for name in LISTS},
        names=names,
        paid=paid,
        paid_for={one["key"]: _paid_for(one, document) for one in document.get("incentive_plans", ())},
        is_empty=not any(document.get(name) for name in LISTS),
    )


def _paid_for(plan: Json, document: Json) -> list[Json]:
    """What a plan pays for and with which weight."""
    kpis = {one["key"]: one["name"] for one in document.get("kpis", ())}
    return [
        {"name": kpis.get(one.get("kpi")) or one.get("measure") or one["key"], "weight": one["weight"]}
        for one in plan["components"]
    ]


def document_page(
    head: Head,
    organization: Json,
    text: str,
    *,
    tag: str,
    problem: Json | None = None,
    preview: Json | None = None,
    changes: Sequence[Json] = (),
    is_outdated: bool = False,
    is_too_large: bool = False,
) -> bytes:
    """The whole model as YAML. `text`: it, or what was typed; `tag`: the state that it was made on; `changes`: what saving would change."""
    return page(
        "console/document.html",
        head,
        title=head.words("document_title"),
        organization=organization,
        section="model",
        text=text,
        is_too_long=len(text) > LONGEST,
        tag=tag,
        problem=problem,
        preview=preview,
        fates=fates_of(preview),
        changes=changes,
        is_outdated=is_outdated,
        is_too_large=is_too_large,
    )


def delete_page(
    head: Head,
    organization: Json,
    part: Json,
    *,
    tag: str,
    references: Sequence[Json],
    gone: Sequence[Json],
    problem: Json | None = None,
) -> bytes:
    """Whether a part is to go. `part`: its `list`, `key` and `name`; `references`: what refers to it; `gone`: what would go with it."""
    return page(
        "console/delete_part.html",
        head,
        title=head.words("delete_title", name=part["name"]),
        organization=organization,
        section="model",
        part=part,
        tag=tag,
        references=references,
        gone=gone,
        problem=problem,
    )
