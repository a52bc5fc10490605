"""Analyses: runs of the engine on an organization's document, which are kept and never change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.client.exchange import Flow
from app.client.jobs import Job, made_by
from app.client.operations import Asked, Group, Listing, M, Operation, Query, flag, reading, writing
from app.client.organizations import Change
from app.client.things import Thing

LIST = "/v1/organizations/{org}/analyses"
ONE = f"{LIST}/{{analysis_id}}"


class Summary(Thing):
    """What an analysis came to: the alignment index (−1 … 1), findings by level and by kind, and a sentence."""

    SCHEMA = "Summary"

    alignment_index: float | None
    levels: dict[str, int]
    kinds: dict[str, int]
    headline: str


class Coverage(Thing):
    """How much of the company the index looks at, as shares."""

    SCHEMA = "Coverage"

    outcomes: float | None
    departments: float | None
    goals: int
    resolved: float | None


class RemovedGoal(Thing):
    """A goal that an earlier analysis looked at and this one does not."""

    SCHEMA = "RemovedGoal"

    department: str
    kind: str
    key: str
    pressure: float


class ListedAnalysis(Thing):
    """An analysis in short; `previous`: the one before it, since which `removed_goals` are gone."""

    SCHEMA = "ListedAnalysis"

    id: str
    organization: str
    revision: int
    content_hash: str
    as_of: date
    created_at: datetime
    created_by: str
    summary: Summary
    coverage: Coverage
    finding_count: int
    waived_count: int
    recommendation_count: int
    removed_goals: list[RemovedGoal]
    previous: str | None
    scenario: str | None


class Analysis(ListedAnalysis):
    """An analysis: what it found in short, and all that it depends on."""

    SCHEMA = "StoredAnalysis"

    engine: dict[str, Any]
    matrix: list[dict[str, Any]]
    waivers: list[dict[str, Any]]
    with_recommendations: bool
    result_hash: str


class ComparedFinding(Thing):
    """A finding before and after, left out where it is not there."""

    SCHEMA = "ComparedFinding"

    fingerprint: str
    kind: str
    rule: str
    departments: list[str]
    title: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    goal_removed: bool | None


class Comparison(Thing):
    """What an analysis says that another one, before it, did not."""

    SCHEMA = "AnalysisComparison"

    before: dict[str, Any]
    after: dict[str, Any]
    alignment_change: float | None
    differs: list[str]
    counts: dict[str, int]
    new: list[ComparedFinding]
    worse: list[ComparedFinding]
    better: list[ComparedFinding]
    fixed: list[ComparedFinding]
    waived: list[ComparedFinding]
    unchanged: list[ComparedFinding]
    removed_goals: list[RemovedGoal]
    added_goals: list[RemovedGoal]
    changes: list[Change]


class Verification(Thing):
    """What came of running an analysis again from what it pins."""

    SCHEMA = "AnalysisVerification"

    analysis: str
    reproduced: bool
    differs: list[str]
    findings: dict[str, Any]
    pins: list[dict[str, Any]]


class View(Thing):
    """What a drawing of an analysis needs: its matrix, its network or its alignment."""

    analysis: str


class Analyses(Group[M]):
    """Runs of the engine that are kept."""

    @Operation
    def run(
        self,
        org: str,
        *,
        as_of: date | None = None,
        revision: int | None = None,
        with_recommendations: bool = True,
        lang: str | None = None,
        dry_run: bool = False,
        told: Callable[[Job], None] | None = None,
    ) -> Flow[Analysis]:
        """Analyse the document, as it stands or as it was at a revision, as of a day, and keep the result.

        What takes long is done by a job, which is waited for; `told` is called with how it stands at each look. Raises NotFound, JobFailed.
        """
        body = {"as_of": as_of, "revision": revision, "with_recommendations": with_recommendations}
        said = {name: value for name, value in body.items() if value is not None}
        asked: Asked = {"lang": lang, "dry_run": dry_run}
        answer = yield from self.ask(writing("run_analysis", "POST", LIST, {"org": org}, said, **asked))
        if answer.status != 202:
            return Analysis.of(answer)
        at = {"org": org, "analysis_id": (yield from made_by(self, answer, told))}
        return (yield from self.one(Analysis, reading("get_analysis", ONE, at, lang=lang)))

    @Operation
    def start(
        self,
        org: str,
        *,
        as_of: date | None = None,
        revision: int | None = None,
        with_recommendations: bool = True,
    ) -> Flow[Job]:
        """Have the document analysed by a job, and do not wait for it. Raises NotFound."""
        body = {"as_of": as_of, "revision": revision, "with_recommendations": with_recommendations}
        said = {name: value for name, value in body.items() if value is not None}
        request = writing("run_analysis", "POST", LIST, {"org": org}, said, headers={"Prefer": "respond-async"})
        return self.one(Job, request)

    @Listing
    def list(
        self,
        org: str,
        *,
        revision: Sequence[int] = (),
        as_of: Sequence[date] = (),
        current: bool | None = None,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        lang: str | None = None,
        limit: int | None = None,
    ) -> Query[ListedAnalysis]:
        """The analyses, oldest first; those that are `current` are the index over time. Raises NotFound."""
        asked: Asked = {"revision": revision, "as_of": as_of, "sort": sort, "lang": lang, "limit": limit}
        asked["current"] = flag(current)
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(ListedAnalysis, reading("list_analyses", LIST, {"org": org}, **asked, **made))

    @Operation
    def get(self, org: str, analysis_id: str, *, lang: str | None = None) -> Flow[Analysis]:
        """An analysis in short. Raises NotFound."""
        return self.one(Analysis, reading("get_analysis", ONE, _names(org, analysis_id), lang=lang))

    @Operation
    def report(
        self, org: str, analysis_id: str, format: str = "json", *, lang: str | None = None, file: str | None = None
    ) -> Flow[bytes]:
        """An analysis in full, in any form of report; `file`: the name of the document's file. Raises NotFound."""
        asked: Asked = {"format": format, "lang": lang, "file": file}
        request = reading("get_analysis_report", f"{ONE}/report", _names(org, analysis_id), **asked)
        return self.file(replace(request, headers={"Accept": "*/*"}))

    @Operation
    def compare(
        self,
        org: str,
        analysis_id: str,
        before_id: str,
        *,
        include: Sequence[str] = (),
        lang: str | None = None,
    ) -> Flow[Comparison]:
        """What an analysis says that one before it did not. Raises NotFound."""
        names = {**_names(org, analysis_id), "other_id": before_id}
        request = reading("compare_analyses", f"{ONE}/compare/{{other_id}}", names, include=include, lang=lang)
        return self.one(Comparison, request)

    @Operation
    def verify(self, org: str, analysis_id: str) -> Flow[Verification]:
        """Run an analysis again and compare; nothing is stored. Raises NotFound."""
        return self.one(Verification, writing("verify_analysis", "POST", f"{ONE}/verify", _names(org, analysis_id)))

    @Operation
    def matrix(self, org: str, analysis_id: str, *, lang: str | None = None) -> Flow[View]:
        """Who works against whom. Raises NotFound."""
        return self.one(View, reading("get_analysis_matrix", f"{ONE}/matrix", _names(org, analysis_id), lang=lang))

    @Operation
    def network(self, org: str, analysis_id: str, *, lang: str | None = None) -> Flow[View]:
        """The graph behind the findings. Raises NotFound."""
        return self.one(View, reading("get_analysis_network", f"{ONE}/network", _names(org, analysis_id), lang=lang))

    @Operation
    def alignment(self, org: str, analysis_id: str, *, lang: str | None = None) -> Flow[View]:
        """How departments stand to what customers are owed. Raises NotFound."""
        return self.one(
            View, reading("get_analysis_alignment", f"{ONE}/alignment", _names(org, analysis_id), lang=lang)
        )


def _names(org: str, analysis_id: str) -> dict[str, object]:
    return {"org": org, "analysis_id": analysis_id}
