"""How far an analysis can be relied on: what stands in samples, which influence decides, where to cut, what may be at stake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.client.exchange import Flow
from app.client.jobs import Job, made_by
from app.client.operations import Asked, Group, Listing, M, Operation, Query, reading, writing
from app.client.things import Thing

ANALYSIS = "/v1/organizations/{org}/analyses/{analysis_id}"
LIST = f"{ANALYSIS}/sensitivities"
ONE = f"{LIST}/{{sensitivity_id}}"


class ListedSensitivity(Thing):
    """Samples that were drawn for an analysis."""

    SCHEMA = "ListedSensitivity"

    id: str
    analysis: str
    created_at: datetime
    created_by: str
    samples: int
    seed: int


class Stability(Thing):
    """How a finding stands: shares of samples at or above its level (`holds`), and in which it is found (`remains`)."""

    SCHEMA = "FindingStability"

    fingerprint: str
    level: str
    severity: float
    holds: float
    remains: float
    range: dict[str, Any]
    rests_on_strengths: bool
    measured_level: str | None
    deciding: list[dict[str, Any]]


class Sensitivity(ListedSensitivity):
    """How far the findings and recommendations of an analysis stand in samples of strengths."""

    SCHEMA = "AnalysisSensitivity"

    tried: int
    findings: list[Stability]
    recommendations: list[dict[str, Any]]
    deciding: list[dict[str, Any]]


class FindingInfluences(Thing):
    """The influences behind a finding, those that decide first."""

    SCHEMA = "FindingInfluences"

    analysis: str
    finding: str
    influences: list[dict[str, Any]]


class Cut(Thing):
    """The fewest safeguards that meet every harmful chain between two."""

    SCHEMA = "AnalysisCut"

    analysis: str
    source: str
    target: str
    safeguards: list[dict[str, Any]]
    chains: int
    severity: dict[str, Any]
    conflicts: list[dict[str, Any]]


class ValueAtStake(Thing):
    """What conflicts may cost, with every assumption."""

    SCHEMA = "AnalysisValueAtStake"

    analysis: str
    currency: str | None
    outcomes: list[dict[str, Any]]
    lacking: list[dict[str, Any]]
    assumptions: list[str]


class Robustness(Group[M]):
    """How far analyses can be relied on."""

    @Operation
    def sample(
        self,
        org: str,
        analysis_id: str,
        *,
        samples: int = 1_000,
        seed: int = 0,
        dry_run: bool = False,
        told: Callable[[Job], None] | None = None,
    ) -> Flow[Sensitivity]:
        """Draw samples of strengths for an analysis, and keep what comes of them.

        What takes long is done by a job, which is waited for; `told` is called with how it stands at each look. Raises NotFound, JobFailed.
        """
        names, body = _names(org, analysis_id), {"samples": samples, "seed": seed}
        answer = yield from self.ask(writing("run_sensitivity", "POST", LIST, names, body, dry_run=dry_run))
        if answer.status != 202:
            return Sensitivity.of(answer)
        at = {**names, "sensitivity_id": (yield from made_by(self, answer, told))}
        return (yield from self.one(Sensitivity, reading("get_sensitivity", ONE, at)))

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
    ) -> Query[ListedSensitivity]:
        """The samples that were drawn for an analysis, the newest first. Raises NotFound."""
        asked: Asked = {"sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(ListedSensitivity, reading("list_sensitivities", LIST, _names(org, analysis_id), **asked, **made))

    @Operation
    def get(self, org: str, analysis_id: str, sensitivity_id: str) -> Flow[Sensitivity]:
        """What came of samples. Raises NotFound."""
        at = {**_names(org, analysis_id), "sensitivity_id": sensitivity_id}
        return self.one(Sensitivity, reading("get_sensitivity", ONE, at))

    @Operation
    def influences(
        self, org: str, analysis_id: str, fingerprint: str, *, lang: str | None = None
    ) -> Flow[FindingInfluences]:
        """Which influences decide a finding. Raises NotFound."""
        at = {**_names(org, analysis_id), "fingerprint": fingerprint}
        path = f"{ANALYSIS}/findings/{{fingerprint}}/influences"
        return self.one(FindingInfluences, reading("get_finding_influences", path, at, lang=lang))

    @Operation
    def cut(self, org: str, analysis_id: str, department: str, harmed: str) -> Flow[Cut]:
        """Where to cut from one department to another, or to `customer`. Raises NotFound."""
        at = {**_names(org, analysis_id), "department": department, "harmed": harmed}
        return self.one(Cut, reading("get_analysis_cut", f"{ANALYSIS}/cuts/{{department}}/{{harmed}}", at))

    @Operation
    def value(self, org: str, analysis_id: str, *, lang: str | None = None) -> Flow[ValueAtStake]:
        """What conflicts may cost. Raises NotFound."""
        path = f"{ANALYSIS}/value-at-stake"
        return self.one(ValueAtStake, reading("get_value_at_stake", path, _names(org, analysis_id), lang=lang))


def _names(org: str, analysis_id: str) -> dict[str, object]:
    return {"org": org, "analysis_id": analysis_id}
