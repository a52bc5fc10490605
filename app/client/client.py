"""The clients: one that waits for each answer, and one that is awaited. They have the same operations, described once."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Generic, TypeVar

import httpx

from app.client.access import ApiKeys, AuditEvents, Members
from app.client.analyses import Analyses
from app.client.assessments import Assessments
from app.client.audits import Audits
from app.client.conflicts import Conflicts
from app.client.customers import BusinessCases, CustomerAssets, OwnEvidenceOf
from app.client.documents import Documents
from app.client.embeds import Embeds
from app.client.exchange import Answer, Flow, Patience, Pause, Request
from app.client.findings import Findings
from app.client.imports import Exports, Imports
from app.client.jobs import Jobs
from app.client.knowledge import Knowledge
from app.client.observations import Observations
from app.client.operations import Async, AsyncPages, Group, M, Pages, Query, Sync
from app.client.organizations import Organizations
from app.client.parts import Governance, Parts
from app.client.plans import Plans
from app.client.recommendations import Recommendations
from app.client.revisions import Revisions
from app.client.roadmaps import Roadmaps
from app.client.robustness import Robustness
from app.client.rule_packs import RulePacks
from app.client.rule_settings import RuleSettingsOf, Workspace
from app.client.rules import Rules
from app.client.scenarios import Scenarios
from app.client.schedules import Schedules
from app.client.things import Thing
from app.client.webhooks import Webhooks

T = TypeVar("T")
K = TypeVar("K", bound=Thing)

TIMEOUT = 60.0
"""Seconds that an answer may take."""


class _Groups(Generic[M]):
    """What both clients offer."""

    def _open(self, address: str, key: str, patience: Patience) -> None:
        self.address = address.rstrip("/")
        self.patience = patience
        self._headers = {"Authorization": f"Bearer {key}", "User-Agent": "concord-client"}
        groups: Any = self
        self.organizations: Organizations[M] = Organizations(groups)
        self.documents: Documents[M] = Documents(groups)
        self.departments: Parts[M] = Parts(groups, "departments", "department")
        self.outcomes: Parts[M] = Parts(groups, "outcomes", "outcome")
        self.kpis: Parts[M] = Parts(groups, "kpis", "kpi")
        self.incentive_plans: Parts[M] = Parts(groups, "incentive-plans", "incentive_plan")
        self.own_metrics: Parts[M] = Parts(groups, "metrics", "own_metric")
        self.own_influences: Parts[M] = Parts(groups, "influences", "own_influence")
        self.governance: Governance[M] = Governance(groups)
        self.revisions: Revisions[M] = Revisions(groups)
        self.imports: Imports[M] = Imports(groups)
        self.exports: Exports[M] = Exports(groups)
        self.observations: Observations[M] = Observations(groups)
        self.customer_assets: CustomerAssets[M] = CustomerAssets(groups)
        self.assessments: Assessments[M] = Assessments(groups)
        self.business_cases: BusinessCases[M] = BusinessCases(groups)
        self.evidence: OwnEvidenceOf[M] = OwnEvidenceOf(groups)
        self.analyses: Analyses[M] = Analyses(groups)
        self.findings: Findings[M] = Findings(groups)
        self.recommendations: Recommendations[M] = Recommendations(groups)
        self.plans: Plans[M] = Plans(groups)
        self.scenarios: Scenarios[M] = Scenarios(groups)
        self.roadmaps: Roadmaps[M] = Roadmaps(groups)
        self.robustness: Robustness[M] = Robustness(groups)
        self.conflicts: Conflicts[M] = Conflicts(groups)
        self.schedules: Schedules[M] = Schedules(groups)
        self.rules: Rules[M] = Rules(groups)
        self.rule_packs: RulePacks[M] = RulePacks(groups)
        self.rule_settings: RuleSettingsOf[M] = RuleSettingsOf(groups)
        self.workspace: Workspace[M] = Workspace(groups)
        self.jobs: Jobs[M] = Jobs(groups)
        self.embeds: Embeds[M] = Embeds(groups)
        self.webhooks: Webhooks[M] = Webhooks(groups)
        self.api_keys: ApiKeys[M] = ApiKeys(groups)
        self.members: Members[M] = Members(groups)
        self.audit_events: AuditEvents[M] = AuditEvents(groups)
        self.audits: Audits[M] = Audits(groups)
        self.knowledge: Knowledge[M] = Knowledge(groups)


class Client(_Groups[Sync]):
    """A client that waits for each answer. Close it, or use it in a `with` block.

    `address`: of the service, such as `https://concord.example.com`; `key`: an API key, or a bearer token of the issuer that the service
    trusts; `transport`: of httpx, where requests go another way than over the network. Operations raise Problem and NoAnswer.
    """

    def __init__(
        self,
        address: str,
        key: str,
        *,
        patience: Patience | None = None,
        timeout: float = TIMEOUT,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._open(address, key, patience or Patience())
        self._http = httpx.Client(timeout=timeout, transport=transport, headers=self._headers)

    def run(self, flow: Flow[T]) -> T:
        """Carry out what a flow wants, until it ends."""
        with_answer: Any = None
        error: httpx.TransportError | None = None
        while True:
            try:
                step = flow.send(with_answer) if error is None else flow.throw(error)
            except StopIteration as end:
                done: T = end.value
                return done
            with_answer, error = None, None
            if isinstance(step, Pause):
                time.sleep(step.seconds)
                continue
            try:
                with_answer = _answer(self._http.send(_http_request(self._http, self.address, step)))
            except httpx.TransportError as failed:
                error = failed

    def pages(self, group: Group[Any], query: Query[K]) -> Pages[K]:
        """A list, as it is iterated over."""
        return Pages(self, group, query)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClient(_Groups[Async]):
    """A client whose operations are awaited, and whose lists are iterated over with `async for`. Otherwise as Client."""

    def __init__(
        self,
        address: str,
        key: str,
        *,
        patience: Patience | None = None,
        timeout: float = TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._open(address, key, patience or Patience())
        self._http = httpx.AsyncClient(timeout=timeout, transport=transport, headers=self._headers)

    async def run(self, flow: Flow[T]) -> T:
        """Carry out what a flow wants, until it ends."""
        with_answer: Any = None
        error: httpx.TransportError | None = None
        while True:
            try:
                step = flow.send(with_answer) if error is None else flow.throw(error)
            except StopIteration as end:
                done: T = end.value
                return done
            with_answer, error = None, None
            if isinstance(step, Pause):
                await asyncio.sleep(step.seconds)
                continue
            try:
                with_answer = _answer(await self._http.send(_http_request(self._http, self.address, step)))
            except httpx.TransportError as failed:
                error = failed

    def pages(self, group: Group[Any], query: Query[K]) -> AsyncPages[K]:
        """A list, as it is iterated over."""
        return AsyncPages(self, group, query)

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def _http_request(http: httpx.Client | httpx.AsyncClient, address: str, step: Request) -> httpx.Request:
    return http.build_request(
        step.method, address + step.target, params=step.asked, headers=dict(step.headers), content=step.content
    )


def _answer(response: httpx.Response) -> Answer:
    return Answer(response.status_code, response.headers, response.content)
