"""The console: pages that people read and act on, server-rendered, a module for each part of an organization."""

from __future__ import annotations

from fastapi import APIRouter

from app.routers.console import (
    assessments,
    audit,
    conflict,
    conflicts,
    customers,
    embeds,
    history,
    imports,
    jobs,
    keys,
    members,
    model,
    model_document,
    overview,
    packs,
    plans,
    recommendations,
    reports,
    roadmaps,
    rule_editor,
    rule_life,
    rules,
    scenario_comparisons,
    scenario_rebases,
    scenario_stacks,
    scenarios,
    sensitivities,
    settings,
    views,
    webhooks,
)

PARTS = (
    imports,
    model_document,
    model,
    overview,
    conflicts,
    conflict,
    views,
    history,
    jobs,
    settings,
    keys,
    members,
    embeds,
    webhooks,
    audit,
    packs,
    rule_editor,
    rules,
    rule_life,
    recommendations,
    roadmaps,
    plans,
    scenarios,
    scenario_stacks,
    scenario_comparisons,
    scenario_rebases,
    sensitivities,
    customers,
    assessments,
    reports,
)

router = APIRouter()
router.routes.extend(route for part in PARTS for route in part.router.routes)
