"""`/organizations/{org}/rules/{id}/…`: the life of a rule of one's own: approved by somebody else, let run, retired, removed."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request
from starlette.responses import Response

from app.domain.errors import Changed, DocumentInvalid, WrongState
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, problem_of
from app.routers.console.rules import page_of_rule
from app.routers.console.settings import condition_of
from app.services import rules
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/rules/{rule_id}", "front", listed=False)


@router.post("/approve")
def approve(
    org: str, rule_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Approve the newest version, which its author cannot."""

    def step(visit: Visit) -> str:
        rules.approve(store, visit.caller, rule_id, now, condition_of(form))
        return "rule_approved"

    return done(request, answer, store, now, form, _act(request, org, rule_id, step), way_back=_here(org, rule_id))


@router.post("/activate")
def activate(
    org: str, rule_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Let analyses run a version, by default the newest."""

    def step(visit: Visit) -> str:
        rules.activate(store, visit.caller, rule_id, _number(form), now, condition_of(form))
        return "rule_activated"

    return done(request, answer, store, now, form, _act(request, org, rule_id, step), way_back=_here(org, rule_id))


@router.post("/retire")
def retire(
    org: str, rule_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Let analyses run it no more."""

    def step(visit: Visit) -> str:
        rules.retire(store, visit.caller, rule_id, now, condition_of(form))
        return "rule_retired"

    return done(request, answer, store, now, form, _act(request, org, rule_id, step), way_back=_here(org, rule_id))


@router.post("/remove")
def remove(
    org: str, rule_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Remove a draft that never ran."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            rules.remove(store, visit.caller, rule_id, now, condition_of(form))
        except (WrongState, Changed) as refused:
            return _again(visit, request, org, rule_id, refused)
        return f"/organizations/{org}/rules?done=rule_removed"

    return done(request, answer, store, now, form, act, way_back=_here(org, rule_id))


def _here(org: str, rule_id: str) -> str:
    return f"/organizations/{org}/rules/{rule_id}"


def _number(form: Form) -> int | None:
    text = form.one("version")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _act(request: Request, org: str, rule_id: str, step: Callable[[Visit], str]) -> Callable[[Visit], str | Unfinished]:
    """Take a step, and go back to the rule; what it raises is told there."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            taken = step(visit)
        except (WrongState, Changed, DocumentInvalid) as refused:
            return _again(visit, request, org, rule_id, refused)
        return f"{_here(org, rule_id)}?done={taken}"

    return act


def _again(visit: Visit, request: Request, org: str, rule_id: str, error: Exception) -> Unfinished:
    problem = problem_of(request, visit.answer, error)
    status = problem["status"]
    assert isinstance(status, int)
    return Unfinished(page_of_rule(visit, org, rule_id, problem=problem), status)
