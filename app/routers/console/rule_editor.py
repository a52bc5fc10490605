"""`/organizations/{org}/rules/new`, `…/{id}/edit`: rules of one's own, written in a form beside the text, checked as one types, tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.catalogue.load import catalogue
from app.domain.conditions import ANY, Condition
from app.domain.errors import Changed, DocumentInvalid, WrongState
from app.pages.console.faults import faults_of
from app.pages.console.rule_editor import editor_page
from app.routers.console.again import again
from app.routers.console.flow import Sent, Unfinished, Visit, done, problem_of, shown
from app.routers.console.look import named
from app.routers.console.rule_fields import Edited, edited_rule, new_rule, params_of, raw_of, sent
from app.routers.console.settings import condition_of
from app.routers.console.turns import in_turn, most_goals
from app.services import conditions, rule_trials, rules
from app.services.kept_rules import StoredRule
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/rules", "front", listed=False)

Json = dict[str, Any]

OWN = "OWN"
"""How the id begins that is proposed for the first rule of one's own."""


@router.get("/new")
def show_new(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now, kind: str = "") -> Response:
    """An editor with a rule to begin with. `kind`: the table that it reads."""

    def body(visit: Visit) -> bytes:
        visit.caller.needs("write")
        own = rules.every(store, visit.caller)
        pack = own[0].rule.pack if own else "own"
        return _page(visit, request, org, new_rule(_free_id(own), pack, kind))

    return shown(request, answer, store, now, body)


@router.post("/new")
def write_new(org: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Check it, try it, or save it as the first version of a rule."""

    def act(visit: Visit) -> str | Unfinished:
        return _do(visit, request, org, sent(form), form.one("do"), Condition(if_none_match=(ANY,)))

    return done(request, answer, store, now, form, act, way_back=f"/organizations/{org}/rules/new")


@router.get("/{rule_id}/edit")
def show_edit(org: str, rule_id: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """An editor with the newest version of a rule."""

    def body(visit: Visit) -> bytes:
        visit.caller.needs("write")
        own = rules.get(store, visit.caller, rule_id)
        return _page(visit, request, org, edited_rule(own.body), own=own)

    return shown(request, answer, store, now, body)


@router.post("/{rule_id}/edit")
def write(org: str, rule_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Check it, try it, or save it as a new version."""

    def act(visit: Visit) -> str | Unfinished:
        own = rules.get(store, visit.caller, rule_id)
        found = sent(form)
        found = found._replace(values={**found.values, "id": rule_id})
        return _do(visit, request, org, found, form.one("do"), condition_of(form), own, form.one("tag"))

    return done(request, answer, store, now, form, act, way_back=f"/organizations/{org}/rules/{rule_id}/edit")


def _do(
    visit: Visit,
    request: Request,
    org: str,
    found: Edited,
    what: str,
    condition: Condition,
    own: StoredRule | None = None,
    tag: str = "",
) -> str | Unfinished:
    """What the button says: `save`, `try`, or else look at it again."""
    if found.odd is not None or what not in ("save", "try"):
        return Unfinished(_page(visit, request, org, found, own=own, tag=tag), 200)
    try:
        raw = raw_of(found)
        if what == "try":
            trial = _tried(visit, org, raw)
            return Unfinished(_page(visit, request, org, found, own=own, tag=tag, trial=trial), 200)
        id_ = str(raw.get("id") or "")
        made = rules.replace(visit.store, visit.caller, id_, raw, visit.now, condition)
        return f"/organizations/{org}/rules/{made.id}?done=rule_saved"
    except (DocumentInvalid, WrongState, Changed) as refused:
        now = own.tag if own is not None and isinstance(refused, Changed) else tag
        return again(
            visit, refused, lambda problem: _page(visit, request, org, found, own=own, tag=now, problem=problem)
        )


def _tried(visit: Visit, org: str, raw: Json) -> Json:
    """What the rule would change in what is found in the newest document, computed when its turn comes."""
    asked, today = {"rule": raw, "organization": org}, visit.now.date()
    return in_turn(
        visit,
        rule_trials.dry_run,
        visit.store,
        visit.caller,
        asked,
        today,
        visit.language,
        most_goals=most_goals(visit),
    )


def _page(
    visit: Visit,
    request: Request,
    org: str,
    found: Edited,
    *,
    own: StoredRule | None = None,
    tag: str = "",
    problem: Mapping[str, Any] | None = None,
    trial: Json | None = None,
) -> bytes:
    organization = named(visit, org)
    checked = _checked(visit, request, found)
    return editor_page(
        visit.head,
        organization,
        values=found.values,
        condition=found.condition,
        tree=found.tree,
        idle=found.idle,
        kind=found.kind,
        checked=checked,
        trial=trial,
        own=own is not None,
        runs=own.active_version if own is not None else None,
        tag=tag or (own.tag if own is not None else ""),
        problem=problem,
        faults=faults_of(problem, deep=("title", "message")) if problem else {},
    )


def _checked(visit: Visit, request: Request, found: Edited) -> Json:
    """What is to be said of the rule as it stands in the editor: as the API does, also where the rest of it is no YAML."""
    try:
        if found.odd is not None:
            raise found.odd
        checked = rule_trials.check(raw_of(found), visit.language)
    except DocumentInvalid as refused:
        problem: Json = problem_of(request, visit.answer, refused)
        return {"valid": False, "problems": problem["errors"], "missing": []}
    missing = [one["pointer"][2:] for one in checked["problems"] if one["code"] == "missing"]
    if missing and len(missing) == len(checked["problems"]):
        read = conditions.resolve(
            found.kind.name, {"text": found.condition, "params": params_of(found.values)}, visit.language
        )
        return {"valid": False, "problems": read["problems"], "missing": missing, "condition": read.get("said")}
    return {**checked, "missing": []}


def _free_id(own: list[StoredRule]) -> str:
    """An id that no rule has: the next one after those of one's own."""
    taken = {one.id for one in own} | set(catalogue().rules)
    prefix = own[-1].id[:3] if own else OWN
    return next((id_ for number in range(101, 1000) if (id_ := f"{prefix}{number}") not in taken), "")
