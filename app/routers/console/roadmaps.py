"""`/organizations/{org}/roadmap…`: the road over time, its items, what is entered and confirmed, and the next stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from app.domain.conditions import Condition
from app.domain.errors import CriteriaUnmet, DocumentInvalid, Missing, WrongState
from app.pages.console.page import Json
from app.pages.console.roadmaps import MEASURE, Typed, no_roadmap_page, roadmap_item_page, roadmap_page
from app.routers.console.again import TOLD, again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, problem_of, shown
from app.routers.console.look import named
from app.routers.console.once import new_key, once_of
from app.routers.roadmap_bodies import BuildBody
from app.routers.roadmaps import FileForm, item_wanted, roadmap_file
from app.services import roadmap_pilots, roadmaps
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.members import Members, as_members
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/roadmap", "front", listed=False)


class PilotBody(Members):
    """What somebody says of a pilot."""

    people_of_unit: Annotated[int, Field(ge=1, le=100_000)]
    lag: Annotated[int, Field(ge=0, le=3650)] | None = None
    deviation: Annotated[float, Field(gt=0, le=1e12)] | None = None


@router.get("")
def show_roadmap(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """The road over time, or how to begin one."""
    return shown(request, answer, store, now, lambda visit: _all(visit, org))


@router.post("")
def build(org: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Build it, or build it again."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            said = as_members({"starts_on": form.one("starts_on") or None}, BuildBody)
            most, once = request.app.state.most_goals, once_of(request, form, now)
            roadmaps.build(store, visit.caller, org, said.starts_on, now, most_goals=most, once=once)
        except TOLD as error:
            return again(visit, error, lambda problem: _all(visit, org, problem))
        return f"{_path(org)}?done=roadmap_built"

    return done(request, answer, store, now, form, act, way_back=_path(org))


@router.get("/{item}")
def show_item(
    org: str,
    item: str,
    request: Request,
    answer: HtmlAnswer,
    store: Store,
    now: Now,
    people_of_unit: str = "",
    lag: str = "",
    deviation: str = "",
) -> Response:
    """One item: what it needs, why it is there, what can be entered, and how it is tried, where that is asked."""
    asked = {"people_of_unit": people_of_unit, "lag": lag, "deviation": deviation}

    def body(visit: Visit) -> bytes:
        if not people_of_unit:
            return _one(visit, org, item)
        try:
            pilot = _pilot(visit, org, item, asked, request.app.state.most_goals)
        except (DocumentInvalid, WrongState) as error:
            return _one(visit, org, item, Typed(asked), problem_of(request, answer, error))
        return _one(visit, org, item, Typed(asked), pilot=pilot)

    return shown(request, answer, store, now, body)


@router.get("/files/{form}")
def download(org: str, form: FileForm, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """The roadmap as a calendar, a sheet, or a text."""

    def body(visit: Visit) -> Response:
        return roadmap_file(roadmaps.get(store, visit.caller, org), form, visit.answer)

    return shown(request, answer, store, now, body)


@router.post("/{item}")
def save(org: str, item: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Keep what was entered."""
    return _change(org, item, request, form, answer, store, now, _entered(form), "saved")


@router.post("/{item}/confirm")
def confirm(org: str, item: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Say that a criterion is met, and by what."""
    changes = {"confirmed": {form.one("criterion"): {"evidence": form.one("evidence")}}}
    return _change(org, item, request, form, answer, store, now, changes, "confirmed")


@router.post("/{item}/stage")
def go_on(org: str, item: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Let it go to its next stage."""
    return _change(org, item, request, form, answer, store, now, {"stage": form.one("stage")}, "moved")


def _change(
    org: str,
    item: str,
    request: Request,
    form: Form,
    answer: HtmlAnswer,
    store: Store,
    now: Now,
    changes: Mapping[str, Any],
    what: str,
) -> Response:
    here = f"{_path(org)}/{item}"

    def act(visit: Visit) -> str | Unfinished:
        wanted = item_wanted(item, changes, visit.answer)
        try:
            condition = Condition(if_match=(form.one("state"),))
            roadmaps.change_item(store, visit.caller, org, item, wanted, now, condition)
        except (*TOLD, CriteriaUnmet) as error:
            return again(visit, error, lambda problem: _one(visit, org, item, _typed(form), problem))
        return f"{here}?done=roadmap_{what}"

    return done(request, answer, store, now, form, act, way_back=here)


def _entered(form: Form) -> dict[str, Any]:
    """What the form says of an item; an empty field takes away what was there."""
    return {
        "owner": form.one("owner").strip() or None,
        "starts_on": form.one("starts_on") or None,
        "days": _number(form.one("days")),
        "after": form.all("after"),
        "measure": _measure({name: form.one(f"measure_{name}") for name in MEASURE}),
        "guardrails": [one for said in _guardrails(form) if (one := _measure(said)) is not None],
    }


def _guardrails(form: Form) -> list[dict[str, str]]:
    columns = [form.all(f"guardrail_{name}") for name in MEASURE]
    return [dict(zip(MEASURE, row, strict=True)) for row in zip(*columns, strict=False)]


def _measure(typed: Mapping[str, str]) -> dict[str, Any] | None:
    said = {name: text.strip() for name, text in typed.items()}
    if not any(said.values()):
        return None
    numbers = {name: _number(said[name]) if said[name] else None for name in ("baseline", "target")}
    return {"name": said["name"], **numbers, "unit": said["unit"] or None}


def _typed(form: Form) -> Typed:
    return Typed({name: form.one(name) for name in form.fields}, _guardrails(form))


def _pilot(visit: Visit, org: str, item: str, asked: Mapping[str, str], most_goals: int) -> Json:
    said = as_members({name: _number(text) for name, text in asked.items() if text.strip()}, PilotBody)
    tried = roadmap_pilots.tried(visit.store, visit.caller, org, item)
    wanted = roadmap_pilots.Asked(said.people_of_unit, said.lag, said.deviation)
    return roadmap_pilots.designed(tried, wanted, visit.language, visit.now, most_goals=most_goals)


def _number(text: str) -> int | float | str:
    """A number as people write it; other text stays, and is refused where a number is due."""
    written = text.strip().replace(",", ".")
    try:
        value = float(written)
    except ValueError:
        return text
    return int(value) if written.lstrip("-").isdecimal() and len(written) < 12 else value


def _all(visit: Visit, org: str, problem: Json | None = None) -> bytes:
    organization = named(visit, org)
    try:
        found = roadmaps.get(visit.store, visit.caller, org)
    except Missing:
        return no_roadmap_page(visit.head, organization, visit.now.date().isoformat(), new_key(), problem)
    return roadmap_page(visit.head, organization, found.told(visit.language, visit.answer.address), new_key())


def _one(
    visit: Visit,
    org: str,
    item: str,
    typed: Typed | None = None,
    problem: Json | None = None,
    pilot: Json | None = None,
) -> bytes:
    organization, found = named(visit, org), roadmaps.get(visit.store, visit.caller, org)
    found.item(item)
    told = found.told(visit.language, visit.answer.address)
    return roadmap_item_page(visit.head, organization, told, item, found.tag, typed or Typed(), problem, pilot)


def _path(org: str) -> str:
    return f"/organizations/{org}/roadmap"
