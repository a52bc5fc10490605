"""Scenarios: what-ifs on a document, as stacks of patches; analysed, compared, rebased, promoted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.client.analyses import Analysis, ListedAnalysis
from app.client.exchange import Flow
from app.client.jobs import Job, made_by
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, patching, reading, state, writing
from app.client.organizations import Change
from app.client.things import Thing

LIST = "/v1/organizations/{org}/scenarios"
ONE = f"{LIST}/{{scenario_id}}"

MODEL, BASE = "model", "base"
"""What a scenario is compared with beside others: the document as it stands, or the revision that it stands on."""


class ScenarioPatch(Thing):
    """A patch of a scenario's stack, on the document as the patches before it leave it."""

    SCHEMA = "ScenarioPatch"

    id: str
    author: str
    added_at: datetime
    note: str | None
    source: dict[str, Any] | None
    patch: list[dict[str, Any]]


class ListedScenario(Thing):
    """A scenario in short; `revision`: that of the document which it stands on."""

    SCHEMA = "ListedScenario"

    id: str
    organization: str
    name: str
    description: str | None
    status: str
    revision: int
    patch_count: int
    content_hash: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    promoted_revision: int | None


class Scenario(ListedScenario):
    """A scenario: its stack, the document that this makes, and what that changes in the revision which it stands on."""

    SCHEMA = "Scenario"

    patches: list[ScenarioPatch]
    changes: list[Change]
    document: dict[str, Any]


class Rebase(Thing):
    """What a rebase onto the model as it stands would come to; at each conflict the scenario's value is taken."""

    SCHEMA = "Rebase"

    scenario: str
    revision: int
    onto: int
    needed: bool
    conflicts: list[dict[str, Any]]
    changes: list[Change]
    problems: list[dict[str, Any]]


class PromotedScenario(Thing):
    """A scenario that became the model."""

    SCHEMA = "PromotedScenario"

    scenario: Scenario
    revision: int
    content_hash: str
    changes: list[Change]
    patch: list[dict[str, Any]]


class ScenarioComparison(Thing):
    """A scenario beside the model or another scenario: findings, index, pay that moves, curves and weights role by role."""

    SCHEMA = "ScenarioComparison"

    before: dict[str, Any]
    after: dict[str, Any]
    as_of: date
    alignment_change: float | None
    counts: dict[str, int]
    new: list[dict[str, Any]]
    worse: list[dict[str, Any]]
    better: list[dict[str, Any]]
    fixed: list[dict[str, Any]]
    waived: list[dict[str, Any]]
    unchanged: list[dict[str, Any]]
    removed_goals: list[dict[str, Any]]
    added_goals: list[dict[str, Any]]
    cost: dict[str, Any]
    pay_moved: list[dict[str, Any]]
    roles: list[dict[str, Any]]
    changes: list[Change]


class Scenarios(Group[M]):
    """What-ifs."""

    @Listing
    def list(
        self,
        org: str,
        *,
        status: Sequence[str] = (),
        revision: Sequence[int] = (),
        q: str | None = None,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[ListedScenario]:
        """The scenarios, the newest first; those that were put aside only where `status` says so. Raises NotFound."""
        asked: Asked = {"status": status, "revision": revision, "q": q, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(ListedScenario, reading("list_scenarios", LIST, {"org": org}, **asked, **made))

    @Operation
    def get(self, org: str, scenario_id: str) -> Flow[Scenario]:
        """A scenario, whatever became of it. Raises NotFound."""
        return self.one(Scenario, reading("get_scenario", ONE, _names(org, scenario_id)))

    @Operation
    def add(
        self,
        org: str,
        name: str,
        *,
        description: str | None = None,
        revision: int | None = None,
        patches: Sequence[Mapping[str, Any]] = (),
        dry_run: bool = False,
    ) -> Flow[Scenario]:
        """Make a scenario on the newest revision, or another one. `patches`: each `{"patch": […], "note": …}`, or a step of a plan,
        `{"plan": id, "step": number of changes}`. Raises NotFound, Invalid."""
        said = {"name": name, "description": description, "revision": revision, "patches": list(patches)}
        body = {member: value for member, value in said.items() if value is not None}
        return self.one(Scenario, writing("add_scenario", "POST", LIST, {"org": org}, body, dry_run=dry_run))

    @Operation
    def add_patch(
        self,
        org: str,
        scenario: str | Thing,
        patch: Sequence[Mapping[str, Any]] | None = None,
        *,
        plan: str | None = None,
        step: int | None = None,
        note: str | None = None,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Scenario]:
        """Put a JSON Patch on top of a scenario, or a step of a plan. Raises NotFound, Changed, WrongState, Invalid."""
        said = {"patch": None if patch is None else list(patch), "plan": plan, "step": step, "note": note}
        body = {member: value for member, value in said.items() if value is not None}
        names = _names(org, named(scenario, "id"))
        asked: Asked = {"if_match": state(scenario, if_match), "dry_run": dry_run}
        return self.one(Scenario, writing("add_scenario_patch", "POST", f"{ONE}/patches", names, body, **asked))

    @Operation
    def change(
        self,
        org: str,
        scenario: str | Thing,
        changes: Mapping[str, Any],
        *,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Scenario]:
        """Rename a scenario, or give it another stack: `patches` as it is to be, those that are there by their ids. Raises NotFound,
        Changed, WrongState, Invalid."""
        names, tag = _names(org, named(scenario, "id")), state(scenario, if_match)
        return self.one(Scenario, patching("patch_scenario", ONE, names, changes, tag, dry_run=dry_run))

    @Operation
    def discard(
        self, org: str, scenario: str | Thing, *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[None]:
        """Put a scenario aside; it stays readable. Raises NotFound, Changed, WrongState."""
        names, tag = _names(org, named(scenario, "id")), state(scenario, if_match)
        return self.nothing(writing("discard_scenario", "DELETE", ONE, names, if_match=tag, dry_run=dry_run))

    @Operation
    def restore(self, org: str, scenario_id: str, *, dry_run: bool = False) -> Flow[Scenario]:
        """Take up a scenario again that was put aside. Raises NotFound, WrongState."""
        names = _names(org, scenario_id)
        return self.one(Scenario, writing("restore_scenario", "POST", f"{ONE}/restore", names, dry_run=dry_run))

    @Operation
    def preview_rebase(self, org: str, scenario_id: str) -> Flow[Rebase]:
        """What bringing a scenario to the model as it stands would come to. Raises NotFound."""
        return self.one(Rebase, reading("preview_rebase", f"{ONE}/rebase", _names(org, scenario_id)))

    @Operation
    def rebase(
        self,
        org: str,
        scenario: str | Thing,
        choices: Mapping[str, str] | None = None,
        *,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Scenario]:
        """Bring a scenario to the model as it stands. `choices`: pointer of a conflict → `scenario` or `model`. Raises NotFound, Changed,
        WrongState (with the conflicts that nobody has chosen for)."""
        body = {"choices": [{"pointer": pointer, "take": side} for pointer, side in (choices or {}).items()]}
        names = _names(org, named(scenario, "id"))
        asked: Asked = {"if_match": state(scenario, if_match), "dry_run": dry_run}
        return self.one(Scenario, writing("rebase_scenario", "POST", f"{ONE}/rebase", names, body, **asked))

    @Operation
    def promote(
        self, org: str, scenario: str | Thing, *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[PromotedScenario]:
        """Make a scenario the model, as one revision. Raises NotFound, Changed, WrongState."""
        names = _names(org, named(scenario, "id"))
        asked: Asked = {"if_match": state(scenario, if_match), "dry_run": dry_run}
        return self.one(PromotedScenario, writing("promote_scenario", "POST", f"{ONE}/promote", names, **asked))

    @Operation
    def compare(
        self,
        org: str,
        scenario_id: str,
        other: str = MODEL,
        *,
        as_of: date | None = None,
        include: Sequence[str] = (),
        lang: str | None = None,
    ) -> Flow[ScenarioComparison]:
        """What a scenario has that the model, its base, or another scenario has not. Raises NotFound."""
        names: dict[str, object] = {**_names(org, scenario_id), "other": other}
        asked: Asked = {"as_of": as_of, "include": include, "lang": lang}
        return self.one(ScenarioComparison, reading("compare_scenario", f"{ONE}/compare/{{other}}", names, **asked))

    @Operation
    def analyse(
        self,
        org: str,
        scenario_id: str,
        *,
        as_of: date | None = None,
        with_recommendations: bool = True,
        lang: str | None = None,
        dry_run: bool = False,
        told: Callable[[Job], None] | None = None,
    ) -> Flow[Analysis]:
        """Analyse the document that a scenario makes, and keep the result, which does not count in the model's history.

        What takes long is done by a job, which is waited for, as in `analyses.run`. Raises NotFound, JobFailed.
        """
        body: dict[str, Any] = {"with_recommendations": with_recommendations}
        names = _names(org, scenario_id)
        asked: Asked = {"as_of": as_of, "lang": lang, "dry_run": dry_run}
        answer = yield from self.ask(writing("run_scenario_analysis", "POST", f"{ONE}/analyses", names, body, **asked))
        if answer.status != 202:
            return Analysis.of(answer)
        at = {"org": org, "analysis_id": (yield from made_by(self, answer, told))}
        where = "/v1/organizations/{org}/analyses/{analysis_id}"
        return (yield from self.one(Analysis, reading("get_analysis", where, at, lang=lang)))

    @Listing
    def analyses(
        self,
        org: str,
        scenario_id: str,
        *,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        lang: str | None = None,
        limit: int | None = None,
    ) -> Query[ListedAnalysis]:
        """The analyses of a scenario, oldest first. Raises NotFound."""
        asked: Asked = {"sort": sort, "lang": lang, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        request = reading("list_scenario_analyses", f"{ONE}/analyses", _names(org, scenario_id), **asked, **made)
        return Query(ListedAnalysis, request)


def _names(org: str, scenario_id: str) -> dict[str, object]:
    return {"org": org, "scenario_id": scenario_id}
