"""The console: pages that people read and act on, server-rendered, a module for each part of an organization."""

from __future__ import annotations

from fastapi import APIRouter

from app.routers.console import conflict, conflicts, history, imports, jobs, overview, views

PARTS = (imports, overview, conflicts, conflict, views, history, jobs)

router = APIRouter()
router.routes.extend(route for part in PARTS for route in part.router.routes)
