"""Plans: the few changes of an analysed document that clear the most, under constraints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.client.exchange import Flow
from app.client.jobs import Job, made_by
from app.client.operations import Asked, Group, Listing, M, Operation, Query, reading, writing
from app.client.things import Thing

ANALYSIS = "/v1/organizations/{org}/analyses/{analysis_id}"
LIST = f"{ANALYSIS}/plans"
ONE = f"{LIST}/{{plan_id}}"


class ListedPlan(Thing):
    """A plan in short; `severity`: sums at medium and above, before and after."""

    SCHEMA = "ListedPlan"

    id: str
    analysis: str
    created_at: datetime
    created_by: str
    language: str
    constraints: dict[str, Any]
    change_count: int
    severity: dict[str, Any]


class Plan(ListedPlan):
    """A plan: the changed document, its changes with their effect, and the front of fewer changes; `blockers` where there is none."""

    SCHEMA = "OptimisedPlan"

    document: dict[str, Any]
    changes: list[dict[str, Any]]
    effect: dict[str, Any]
    cost: dict[str, Any]
    front: list[dict[str, Any]]
    search: dict[str, Any]
    blockers: list[dict[str, Any]]


class Plans(Group[M]):
    """The optimiser."""

    @Operation
    def make(
        self,
        org: str,
        analysis_id: str,
        constraints: Mapping[str, Any] | None = None,
        *,
        lang: str | None = None,
        dry_run: bool = False,
        told: Callable[[Job], None] | None = None,
    ) -> Flow[Plan]:
        """Plan for the document that an analysis looked at. `constraints`: `max_changes`, `freeze`, `min_weight`, `max_weight`, `budget`,
        `max_measures`, `must_go`, `allow`, `time_limit_seconds`.

        What takes long is done by a job, which is waited for; `told` is called with how it stands at each look. Raises NotFound, Invalid,
        JobFailed.
        """
        names = _names(org, analysis_id)
        asked: Asked = {"lang": lang, "dry_run": dry_run}
        answer = yield from self.ask(
            writing("make_plan", "POST", f"{ANALYSIS}/plan", names, dict(constraints or {}), **asked)
        )
        if answer.status != 202:
            return Plan.of(answer)
        at = {**names, "plan_id": (yield from made_by(self, answer, told))}
        return (yield from self.one(Plan, reading("get_plan", ONE, at)))

    @Listing
    def list(
        self,
        org: str,
        analysis_id: str,
        *,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[ListedPlan]:
        """The plans for an analysis, the newest first. Raises NotFound."""
        asked: Asked = {"sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(ListedPlan, reading("list_plans", LIST, _names(org, analysis_id), **asked, **made))

    @Operation
    def get(self, org: str, analysis_id: str, plan_id: str) -> Flow[Plan]:
        """A plan. Raises NotFound."""
        return self.one(Plan, reading("get_plan", ONE, {**_names(org, analysis_id), "plan_id": plan_id}))


def _names(org: str, analysis_id: str) -> dict[str, object]:
    return {"org": org, "analysis_id": analysis_id}
