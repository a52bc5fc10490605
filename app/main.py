"""The service: settings → a FastAPI application with its routers, error handlers and layers."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import Depends, FastAPI

from app.domain.errors import StorageTrouble
from app.routers import (
    api_keys,
    audit_events,
    audits,
    citations,
    fact_kinds,
    families,
    front,
    health,
    influences,
    levers,
    me,
    members,
    metrics,
    organizations,
    problems,
    remedies,
    rule_packs,
    rules,
    schemas,
)
from app.services import knowledge
from app.services.stores import Schema, default_url
from app.settings import Settings
from app.storage.database import Database
from app.web.door import KeyDoor
from app.web.entrance import Entrance
from app.web.identity import needs
from app.web.limits import Limits
from app.web.methods import Methods, addresses
from app.web.problems import handle_problems
from app.web.turns import Turns

OPEN = (schemas, problems, health, front)
"""What needs no credential: it is the same for everybody, and editors, probes and browsers ask for it without one."""

KNOWLEDGE = (audits, metrics, levers, families, influences, citations, rules, rule_packs, remedies, fact_kinds)
"""What any reader may ask for: nothing of it belongs to a workspace."""

STORED = (
    organizations,
    api_keys,
    me,
    members,
    audit_events,
)
"""What belongs to a workspace: each operation names the scope that it needs."""


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
    service.state.schema = Schema(service.state.store)
    service.state.door = KeyDoor(service.state.store)
    service.state.turns = Turns(at_once=settings.audits_at_once, waiting=settings.audits_waiting)
    service.state.most_goals = settings.audit_goals
    service.state.ending = False
    for module in (*STORED, *OPEN):
        service.include_router(module.router)
    for module in KNOWLEDGE:
        service.include_router(module.router, dependencies=[Depends(needs("read"))])
    handle_problems(service)
    routes = [route for module in (*KNOWLEDGE, *STORED, *OPEN) for route in module.router.routes]
    service.add_middleware(Methods, addresses=addresses(routes))
    service.add_middleware(Limits)
    service.add_middleware(Entrance, public_url=settings.public_url)
    return service


@asynccontextmanager
async def _lifespan(service: FastAPI) -> AsyncIterator[None]:
    """Read the catalogue and bring the database up to date before the first request comes; say so when the end is near.

    A database that is away does not keep the service from starting: it is brought up to date when it is back.
    """
    knowledge.version()
    with suppress(StorageTrouble):
        service.state.schema.ensure()
    yield
    service.state.ending = True
    service.state.store.close()


app = application(Settings.from_environment())
