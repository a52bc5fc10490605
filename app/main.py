"""The service: settings → a FastAPI application with its routers, error handlers and layers."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from app.routers import (
    audits,
    citations,
    fact_kinds,
    families,
    front,
    health,
    influences,
    levers,
    metrics,
    problems,
    remedies,
    rule_packs,
    rules,
    schemas,
)
from app.services import knowledge
from app.settings import Settings
from app.web.entrance import Entrance
from app.web.limits import Limits
from app.web.methods import Methods, addresses
from app.web.problems import handle_problems
from app.web.turns import Turns

ROUTERS = tuple(
    module.router
    for module in (
        audits,
        metrics,
        levers,
        families,
        influences,
        citations,
        rules,
        rule_packs,
        remedies,
        fact_kinds,
        schemas,
        problems,
        health,
        front,
    )
)


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
    service.state.turns = Turns(at_once=settings.audits_at_once, waiting=settings.audits_waiting)
    service.state.most_goals = settings.audit_goals
    service.state.ending = False
    for router in ROUTERS:
        service.include_router(router)
    handle_problems(service)
    routes = [route for router in ROUTERS for route in router.routes]
    service.add_middleware(Methods, addresses=addresses(routes))
    service.add_middleware(Limits)
    service.add_middleware(Entrance, public_url=settings.public_url)
    return service


@asynccontextmanager
async def _lifespan(service: FastAPI) -> AsyncIterator[None]:
    """Read the catalogue before the first request comes; say so when the end is near."""
    knowledge.version()
    yield
    service.state.ending = True


app = application(Settings.from_environment())
