"""`/organizations/{org}/rules/{id}/…`: the life of a rule of one's own: approved by somebody else, let run, retired, removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from app.domain.access import Caller
from app.domain.conditions import Condition
from app.domain.errors import Changed, DocumentInvalid, WrongState
from app.routers.console.again import again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done
from app.routers.console.rules import page_of_rule
from app.routers.console.settings import condition_of
from app.services import rule_activations, rules
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/rules/{rule_id}", "front", listed=False)

Step = Callable[[Store, Caller, str, Now, Condition], Any]
"""What a service does with a rule of that id, as it stood when the form was made."""


class SentForm:
    """A form on the page of a rule, sent."""

    def __init__(
        self, org: str, rule_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
    ) -> None:
        self.org, self.rule_id, self.form = org, rule_id, form
        self._request, self._answer, self._store, self._now = request, answer, store, now

    def taken(self, step: Step, told: str, *, back_to_list: bool = False) -> Response:
        """Take a step, and go back to the rule, or to the list; `told`: what is said there. What is raised is told on the rule's page."""
        here = f"/organizations/{self.org}/rules"
        rule = f"{here}/{self.rule_id}"

        def act(visit: Visit) -> str | Unfinished:
            try:
                step(self._store, visit.caller, self.rule_id, self._now, condition_of(self.form))
            except (WrongState, Changed, DocumentInvalid) as refused:
                return again(
                    visit, refused, lambda problem: page_of_rule(visit, self.org, self.rule_id, problem=problem)
                )
            return f"{here if back_to_list else rule}?done={told}"

        return done(self._request, self._answer, self._store, self._now, self.form, act, way_back=rule)


Life = Annotated[SentForm, Depends()]


@router.post("/approve")
def approve(life: Life) -> Response:
    """Approve the newest version, which its author cannot."""
    return life.taken(rule_activations.approve, "rule_approved")


@router.post("/activate")
def activate(life: Life) -> Response:
    """Let analyses run a version, by default the newest."""

    def step(store: Store, caller: Caller, rule_id: str, now: Now, condition: Condition) -> None:
        rule_activations.activate(store, caller, rule_id, _number(life.form), now, condition)

    return life.taken(step, "rule_activated")


@router.post("/retire")
def retire(life: Life) -> Response:
    """Let analyses run it no more."""
    return life.taken(rule_activations.retire, "rule_retired")


@router.post("/remove")
def remove(life: Life) -> Response:
    """Remove a draft that never ran."""
    return life.taken(rules.remove, "rule_removed", back_to_list=True)


def _number(form: Form) -> int | None:
    text = form.one("version")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
