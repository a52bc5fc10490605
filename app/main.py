"""The service: settings → a FastAPI application with its routers, error handlers and layers."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from anyio.to_thread import run_sync
from fastapi import FastAPI

from app.domain.errors import StorageTrouble
from app.pages.kept_pages import KeptPages
from app.routers import (
    analyses,
    analysis_views,
    api_keys,
    assessments,
    audit_events,
    audits,
    business_cases,
    citations,
    conflicts,
    console,
    customer_assets,
    document_parts,
    documents,
    embed_tokens,
    embeds,
    exports,
    fact_kinds,
    families,
    findings,
    front,
    governance,
    health,
    imports,
    influences,
    instruments,
    jobs,
    levers,
    me,
    members,
    metrics,
    observations,
    oembed,
    organization_facts,
    organizations,
    own_evidence,
    plans,
    problems,
    recommendations,
    remedies,
    revisions,
    roadmaps,
    robustness,
    rule_activations,
    rule_analyses,
    rule_clauses,
    rule_packs,
    rule_pages,
    rule_settings,
    rules,
    scenario_analyses,
    scenario_comparisons,
    scenario_patches,
    scenario_rebases,
    scenarios,
    schedules,
    schemas,
    sign_in,
    static_files,
    webhooks,
    welcome,
    workspace_settings,
)
from app.services import first_start, knowledge
from app.services.sealing import sealer_of
from app.services.stores import Schema, default_url
from app.settings import Settings
from app.storage.database import Database
from app.web.addresses import Addresses, Signpost
from app.web.clock import present
from app.web.door import Door
from app.web.ending import FAREWELL, end_with_parent, when_told_to_end
from app.web.entrance import Entrance
from app.web.kept_lists import KeptLists
from app.web.limits import Limits
from app.web.measures import Measures
from app.web.methods import Methods
from app.web.problems import handle_problems
from app.web.rate_limits import RateLimitHeaders, RateLimits
from app.web.tracing import trace
from app.web.turns import Turns
from app.worker import Worker

if TYPE_CHECKING:
    from app.web.oidc import OidcSettings, Tokens
    from app.web.oidc_keys import IssuerKeys
    from app.web.people import People

OPEN = (schemas, problems, rule_pages, health, front, welcome, static_files, embeds, sign_in, console)
"""What needs no credential: it is the same for everybody, and editors, probes and browsers ask for it without one."""

KNOWLEDGE = (
    audits,
    metrics,
    levers,
    families,
    influences,
    citations,
    rule_analyses,
    rule_clauses,
    remedies,
    fact_kinds,
    instruments,
)
"""What any reader may ask for: nothing of it belongs to a workspace, and all of it needs the scope `read`."""

STORED = (
    organizations,
    documents,
    document_parts,
    governance,
    revisions,
    imports,
    exports,
    observations,
    assessments,
    customer_assets,
    business_cases,
    own_evidence,
    api_keys,
    me,
    members,
    audit_events,
    webhooks,
    analyses,
    analysis_views,
    findings,
    recommendations,
    plans,
    scenarios,
    scenario_patches,
    scenario_rebases,
    scenario_comparisons,
    scenario_analyses,
    roadmaps,
    robustness,
    conflicts,
    schedules,
    embed_tokens,
    oembed,
    jobs,
    rules,
    rule_activations,
    rule_packs,
    rule_settings,
    organization_facts,
    workspace_settings,
)
"""What belongs to a workspace, be it beside what is built in: each operation names the scope that it needs."""


class Service(FastAPI):
    """The application; its OpenAPI document is made when it is first asked for."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document, with examples that were really computed."""
        if self.openapi_schema is None:
            from app.routers.examples import examples
            from app.web.openapi import describe

            self.openapi_schema = describe(self, examples())
        return self.openapi_schema


def application(settings: Settings) -> FastAPI:
    """The service as these settings want it."""
    logging.getLogger("concord").setLevel(settings.log_level.upper())
    service = Service(lifespan=_lifespan, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    service.state.store = Database(settings.database_url or default_url())
    service.state.schema = Schema(service.state.store, then=partial(_greet, service))
    service.state.limits = _limits(settings)
    tokens, service.state.people = _issuer(settings)
    service.state.door = Door(service.state.store, service.state.schema, service.state.limits, tokens)
    service.state.pages = KeptPages()
    service.state.lists = KeptLists()
    service.state.measures = Measures()
    service.state.metrics_token = settings.metrics_token
    service.state.sealer = sealer_of(settings.secret_key)
    service.state.turns = Turns(at_once=settings.audits_at_once, waiting=settings.audits_waiting)
    service.state.most_goals = settings.audit_goals
    service.state.worker = None
    service.state.jobs_at_once = settings.jobs_at_once if settings.jobs == "inline" else 0
    service.state.ending = False
    service.state.shutdown_seconds = settings.shutdown_seconds
    service.state.address = settings.address
    routes = [route for module in (*STORED, *OPEN, *KNOWLEDGE) for route in module.router.routes]
    service.router.routes.extend((Signpost(), *routes))
    handle_problems(service)
    service.add_middleware(Methods, addresses=Addresses(routes))
    service.add_middleware(RateLimitHeaders)
    service.add_middleware(Limits)
    service.add_middleware(Entrance, public_url=settings.public_url, measures=service.state.measures)
    if settings.tracing == "otlp":
        trace(service)
    return service


def _limits(settings: Settings) -> RateLimits:
    return RateLimits(
        credential=settings.rate_limit, heavy=settings.rate_limit_heavy, address=settings.rate_limit_address
    )


def _issuer(settings: Settings) -> tuple[Tokens | None, People | None]:
    """Whose tokens are accepted, if anybody's, and where people sign in."""
    if not settings.oidc_issuer:
        return None, None
    from app.web.oidc import Tokens, oidc_settings
    from app.web.oidc_keys import IssuerKeys

    accepted = oidc_settings(
        issuer=settings.oidc_issuer,
        audience=settings.oidc_audience,
        clients=settings.oidc_clients,
        workspace_claim=settings.oidc_workspace_claim,
        groups_claim=settings.oidc_groups_claim,
        scope_map=settings.oidc_scope_map,
    )
    assert accepted is not None
    keys = IssuerKeys(settings.oidc_issuer)
    return Tokens(accepted, keys) if settings.oidc_audience else None, _people(settings, accepted, keys)


def _people(settings: Settings, accepted: OidcSettings, keys: IssuerKeys) -> People | None:
    """Where people sign in, if this service is a client of the issuer."""
    if not settings.oidc_client_id:
        return None
    from app.web.oidc_sign_in import ClientSettings, SignIn

    client = ClientSettings(
        id=settings.oidc_client_id,
        secret=settings.oidc_client_secret,
        scopes=settings.oidc_scopes,
        label=settings.oidc_button,
        minutes=settings.oidc_session_minutes,
    )
    return SignIn(accepted, client, keys)


@asynccontextmanager
async def _lifespan(service: FastAPI) -> AsyncIterator[None]:
    """Read the catalogue and bring the database up to date before the first request comes; say so when the end is near.

    A database that is away does not keep the service from starting: it is brought up to date when it is back.
    """
    knowledge.version()
    with suppress(StorageTrouble):
        await run_sync(service.state.schema.ensure)
    _start_worker(service)
    end_with_parent()
    when_told_to_end(partial(_begin_to_end, service), within=service.state.shutdown_seconds)
    yield
    _begin_to_end(service)
    if service.state.worker is not None:
        await run_sync(service.state.worker.stop, FAREWELL)
    service.state.store.close()


def _begin_to_end(service: FastAPI) -> None:
    """Say that no more work should come, and take none."""
    service.state.ending = True
    if service.state.worker is not None:
        service.state.worker.take_no_more()


def _start_worker(service: FastAPI) -> None:
    """Do jobs within the service, where the settings want it."""
    if service.state.jobs_at_once:
        service.state.worker = Worker(service.state.store, service.state.sealer, at_once=service.state.jobs_at_once)
        service.state.worker.start()


def _greet(service: FastAPI) -> None:
    """Tell whoever starts the service on an empty database how to get in, once, on standard error."""
    greeting = first_start.welcome(service.state.store, present())
    if greeting is not None:
        sys.stderr.write(
            f"\nThis database is new. A key that may do everything in the workspace “{first_start.WORKSPACE}”, shown this once:\n\n"
            f"    {greeting.key}\n\nOr open this link within the hour; it makes another one, once:\n\n"
            f"    {service.state.address}/welcome?once={greeting.link}\n\n"
        )


app = application(Settings.from_environment())
