"""The page on which a part of the model is changed: its fields, the same as YAML, payout curves, and what the change would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from app.domain.document import Payout
from app.pages.console.page import Head, Json, page
from app.pages.console.part_fields import Drawn, every_field, fields_of, lists_of
from app.pages.console.previews import fates_of
from app.pages.texts import PageWords
from app.reports.drawings.canvas import Drawing
from app.reports.drawings.payout_curve import payout_curve
from app.web.part_forms import PREFIX, Said, form_of

TOP = "document"
"""Where problems of the rest of the document are told."""


class Edited(NamedTuple):
    """What the editor shows. `key` and `tag` are empty for a new part; `fields`: what the fields hold; `yaml`: the text beside them, `was`:
    the text with which they were in step last; `side`: which of the two counts; `both`: both were changed.

    `problem`: what is wrong with what counts; `preview`: what it would do to the findings; `standing`: the YAML of what stands now, where
    somebody else changed it; `is_too_large`: the model is too large to be previewed while somebody waits.
    """

    list: str
    key: str
    tag: str
    fields: Said
    yaml: str
    was: str
    side: str = "form"
    both: bool = False
    problem: Json | None = None
    preview: Json | None = None
    standing: str = ""
    is_too_large: bool = False


class ToldProblem(NamedTuple):
    """A problem, the field that it is at, by its id and its name in the form that was sent, and what that is called."""

    said: Json
    id: str
    field: str
    label: str


def editor_page(head: Head, organization: Json, document: Mapping[str, Any], edited: Edited) -> bytes:
    """The editor of a part. `document`: the model as it stands."""
    words, form = head.words, form_of(edited.list)
    assert form is not None
    wrong = {} if edited.both and edited.side == "yaml" else _wrong(edited.problem)
    drawn = Drawn(words, _choices(document), wrong)
    fields, lists = fields_of(form, edited.fields.body, drawn), lists_of(form, edited.fields.body, drawn)
    labels = {field.name: (title, field) for title, field in every_field(fields, lists)}
    return page(
        "console/part.html",
        head,
        title=_title(edited, words),
        organization=organization,
        section="model",
        edited=edited,
        fields=fields,
        lists=lists,
        curves=_curves(edited.fields.body, document, words),
        problems_told=[_told(one, labels, edited.fields) for one in (edited.problem or {}).get("errors", ())],
        fates=fates_of(edited.preview),
        path=f"model/{edited.list.replace('_', '-')}",
        is_new=not edited.tag,
    )


def _title(edited: Edited, words: PageWords) -> str:
    body = edited.fields.body
    if not edited.tag:
        return words(f"new_{edited.list}")
    return str(body.get("name") or body.get("role") or edited.key)


def _wrong(problem: Json | None) -> dict[str, str]:
    """What is wrong, by the name of the field that it is at."""
    wrong: dict[str, str] = {}
    for one in (problem or {}).get("errors", ()):
        pointer = one.get("pointer", "#")[1:]
        if not pointer.startswith(f"/{TOP}"):
            name = PREFIX + pointer
            wrong[name] = f"{wrong[name]} {one['detail']}" if name in wrong else one["detail"]
    return wrong


def _told(problem: Json, labels: Mapping[str, tuple[str, Any]], said: Said) -> ToldProblem:
    place = problem.get("pointer", "#")[1:]
    title, field = labels.get(PREFIX + place, ("", None))
    if field is None:
        return ToldProblem(problem, "", "", "")
    return ToldProblem(problem, field.id, said.name_of(place), f"{title}: {field.label}" if title else field.label)


def _choices(document: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen: departments and KPIs, by name."""
    departments = {one["key"]: one["name"] for one in document.get("departments", ())}
    kpis = [
        (one["key"], f"{one['name']} ({departments.get(one['department'], one['department'])})")
        for one in document.get("kpis", ())
    ]
    return {"department": list(departments.items()), "kpi": sorted(kpis, key=lambda one: one[1].casefold())}


def _curves(body: Mapping[str, Any], document: Mapping[str, Any], words: PageWords) -> list[Drawing]:
    """What each paid part pays for which result, as far as that is said so that it can be drawn."""
    components = body.get("components")
    kpis = {one["key"]: one["name"] for one in document.get("kpis", ())}
    drawn = [
        _curve(number, one, kpis, words)
        for number, one in enumerate(components if isinstance(components, list) else ())
    ]
    return [one for one in drawn if one is not None]


def _curve(number: int, component: Any, kpis: Mapping[str, str], words: PageWords) -> Drawing | None:
    payout = component.get("payout") if isinstance(component, Mapping) else None
    try:
        said = Payout.model_validate(payout)
    except ValidationError:
        return None
    about = str(kpis.get(str(component.get("kpi"))) or component.get("measure") or component.get("key") or "")
    return payout_curve(f"payout-{number}", said, words, about=about)
