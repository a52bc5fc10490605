"""`/organizations/{org}/customers`, `…/scenarios/{id}/business-case`, `…/evidence`: worth, return and own data, as pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.domain.conditions import Condition
from app.domain.errors import Missing
from app.domain.pages import Wanted
from app.pages.console.customers import FIELDS, case_page, customers_page, evidence_page
from app.pages.console.page import Json
from app.reports.text_customers import Called, called_in
from app.routers.business_cases import CaseBody, TermsBody, request_of
from app.routers.console.again import TOLD, again
from app.routers.console.case_forms import case_form, case_terms
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.look import named
from app.routers.console.turns import in_turn, most_goals
from app.routers.customer_assets import CustomerAssetBody
from app.services import business_cases, customer_assets, documents, knowledge, own_evidence, scenarios
from app.services.business_cases import StoredBusinessCase
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.members import as_members
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}", "front", listed=False)

PERCENT = frozenset({"retention", "discount"})
"""Fields that people fill in percent."""


@router.get("/customers")
def show_customers(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """What customers are worth, and the form."""
    return shown(request, answer, store, now, lambda visit: _customers(visit, org))


@router.post("/customers")
def save_customers(org: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Say what is known of customers."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            inputs = as_members(_inputs(form), CustomerAssetBody).model_dump(exclude_none=True)
            state = form.one("state")
            condition = Condition(if_match=(state,)) if state else Condition(if_none_match=("*",))
            customer_assets.put(store, visit.caller, org, inputs, now, condition)
        except TOLD as error:
            return again(visit, error, lambda problem: _customers(visit, org, form, problem))
        return f"/organizations/{org}/customers?done=customers"

    return done(request, answer, store, now, form, act, way_back=f"/organizations/{org}/customers")


@router.get("/scenarios/{id_}/business-case")
def show_case(org: str, id_: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """The newest business case of a scenario, and the form for another."""
    return shown(request, answer, store, now, lambda visit: _case(visit, org, id_))


@router.post("/scenarios/{id_}/business-case")
def make_case(org: str, id_: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Make the business case of a scenario, or change what is said of the newest one."""

    def act(visit: Visit) -> str | Unfinished:
        here = f"/organizations/{org}/scenarios/{id_}/business-case"
        try:
            newest = _newest(visit, org, id_)
            if newest is not None and form.one("do") == "change":
                kept = {name: (newest.body or {})[name] for name in ("draws", "seed")}
                terms = as_members({**case_terms(form, newest, visit.language), **kept}, TermsBody).terms()
                condition = Condition(if_match=(form.one("state"),))
                in_turn(
                    visit, business_cases.change, store, visit.caller, org, newest.id, lambda _: terms, now, condition
                )
                return f"{here}?done=case_changed"
            asked = as_members({"scenario": id_, **case_terms(form, newest, visit.language)}, CaseBody)
            in_turn(
                visit,
                business_cases.add,
                store,
                visit.caller,
                org,
                request_of(asked),
                now,
                most_goals=most_goals(visit),
            )
        except TOLD as error:
            return again(visit, error, lambda problem: _case(visit, org, id_, form, problem))
        return f"{here}?done=case"

    way_back = f"/organizations/{org}/scenarios/{id_}/business-case"
    return done(request, answer, store, now, form, act, way_back=way_back)


@router.get("/evidence")
def show_evidence(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """What own observations say."""

    def body(visit: Visit) -> bytes:
        organization, day = named(visit, org), now.date()
        found = in_turn(visit, own_evidence.evidence, store, visit.caller, org, day, most_goals=most_goals(visit))
        metrics = {
            id_: one.name_de if visit.language == "de" and one.name_de else one.name
            for id_, one in knowledge.metrics().items()
        }
        return evidence_page(visit.head, organization, own_evidence.evidence_as_json(found, day), metrics)

    return shown(request, answer, store, now, body)


@router.post("/evidence")
def take_evidence(org: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Let the own class of an influence replace the catalogue's."""

    def act(visit: Visit) -> str:
        influence, most = form.one("influence"), most_goals(visit)
        in_turn(visit, own_evidence.replace, store, visit.caller, org, influence, visit.language, now, most_goals=most)
        return f"/organizations/{org}/evidence?done=evidence"

    return done(request, answer, store, now, form, act, way_back=f"/organizations/{org}/evidence")


def _customers(visit: Visit, org: str, form: Form | None = None, problem: Json | None = None) -> bytes:
    organization = named(visit, org)
    raw = documents.get(visit.store, visit.caller, org).raw
    try:
        kept = customer_assets.get(visit.store, visit.caller, org)
    except Missing:
        kept = None
    values: dict[str, str] = defaultdict(str) if form is None else _fields(form)
    if form is None and kept is not None:
        values["state"], values["discount"] = kept.tag, _percent(kept.inputs["discount"])
        for key, said in kept.inputs["segments"].items():
            for name, value in said.items():
                values[f"{key}.{name}"] = _percent(value) if name in PERCENT else f"{value:g}"
    asset = None
    if kept is not None:
        most = most_goals(visit)
        asset = in_turn(visit, customer_assets.valued, kept, visit.language, visit.now.date(), most_goals=most)
    segments = customer_assets.segments_in(raw)
    return customers_page(visit.head, organization, segments, values, asset, _called(visit, raw, asset), problem)


def _called(visit: Visit, raw: Mapping[str, Any], asset: Json | None) -> Called:
    """What things are called on the page of customers."""
    cited = [id_ for one in (asset or {}).get("assumptions", ()) for id_ in one["citations"]]
    return called_in(raw, {id_: knowledge.cited(id_, visit.language) for id_ in cited})


def _case(visit: Visit, org: str, id_: str, form: Form | None = None, problem: Json | None = None) -> bytes:
    organization = named(visit, org)
    scenario = scenarios.get(visit.store, visit.caller, org, id_).short.listed
    raw = documents.get(visit.store, visit.caller, org).raw
    outcomes = {one["key"]: one["name"] for one in raw.get("outcomes", ())}
    newest = _newest(visit, org, id_)
    said = case_form(form, newest, visit.language, outcomes)
    case = None if newest is None else newest.shown(visit.language)
    return case_page(visit.head, organization, scenario, said, case, outcomes, problem)


def _newest(visit: Visit, org: str, scenario: str) -> StoredBusinessCase | None:
    wanted = Wanted(limit=1, filters={"scenario": (scenario,)})
    newest = business_cases.listed(visit.store, visit.caller, org, wanted).items
    return business_cases.get(visit.store, visit.caller, org, newest[0].id) if newest else None


def _fields(form: Form) -> dict[str, str]:
    return defaultdict(str, {name: values[-1] for name, values in form.fields.items()})


def _percent(value: float) -> str:
    return f"{round(100 * value, 4):g}"


def _number(name: str, said: str) -> Any:
    """A number as people write it, with a comma or a point; what is none is left for its check to find."""
    try:
        value = float(said.strip().replace(",", "."))
    except ValueError:
        return said
    return value / 100 if name in PERCENT else value


def _inputs(form: Form) -> dict[str, Any]:
    """What was filled in, segment by segment; those of which nothing was said are left out."""
    segments: dict[str, dict[str, Any]] = {}
    for field, values in form.fields.items():
        key, _, name = field.rpartition(".")
        if key and name in FIELDS and values[-1].strip():
            segments.setdefault(key, {})[name] = _number(name, values[-1])
    return {"discount": _number("discount", form.one("discount")), "segments": segments}
