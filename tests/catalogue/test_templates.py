"""The starter companies: documents that hold, teach the format and contain the conflicts among marketing, sales and service."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document import Document
from app.domain.document.checks import document_from
from app.domain.findings import Analysis, Finding
from app.domain.terms import LEVELS

TEMPLATES = Path(__file__).parents[2] / "app" / "catalogue" / "templates"
DAY = date(2026, 11, 22)


class Told(NamedTuple):
    """A conflict that a starter company is made to show: what is pushed, what suffers, the least level."""

    pushed: str
    suffers: str
    level: str


CONFLICTS = {
    "telecom": {
        "marketing floods sales with leads": Told("leads", "win-rate", "medium"),
        "leads that do not fit become cancellations": Told("leads", "cancellations", "medium"),
        "sales discounts": Told("new-customers", "margin", "high"),
        "sales oversells": Told("new-customers", "stay", "medium"),
        "what sales wins, service answers": Told("new-customers", "service-level", "medium"),
        "service is paid to hang up": Told("aht", "solved", "high"),
        "the save desk is paid to hold on": Told("saves", "trusted", "high"),
    },
    "saas": {
        "marketing floods sales with leads": Told("mqls", "win-rate", "medium"),
        "sales discounts": Told("new-arr", "discount", "medium"),
        "sales oversells": Told("new-arr", "stay", "high"),
        "customer success gets what sales oversold": Told("new-arr", "onboarded", "medium"),
        "support is paid to close": Told("tickets", "satisfied", "medium"),
    },
    "retail-bank": {
        "marketing floods branches with leads": Told("leads", "lead-wins", "medium"),
        "branches oversell": Told("products", "suits", "high"),
        "trust pays for it": Told("products", "trusted", "high"),
        "service is paid to hang up": Told("aht", "solved", "medium"),
        "service is paid to sell": Told("referrals", "trusted", "medium"),
    },
    "ecommerce": {
        "marketing floods sales with leads": Told("leads", "close-rate", "medium"),
        "sales discounts": Told("orders", "margin", "medium"),
        "sales oversells": Told("orders", "stay", "high"),
        "care is paid to be quick": Told("chats", "satisfied", "medium"),
        "care is paid to refuse": Told("goodwill", "easy", "medium"),
    },
    "contact-centre": {
        "campaigns flood telesales with leads": Told("leads", "closing", "medium"),
        "campaigns flood service": Told("response", "answered", "medium"),
        "telesales oversells": Told("sales", "trusted", "medium"),
        "service is paid to hang up": Told("aht", "solved", "high"),
        "full rosters leave no time for customers": Told("occupancy", "served-well", "medium"),
    },
}  # fmt: skip


@cache
def source(name: str) -> Any:
    return yaml.safe_load((TEMPLATES / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def document(name: str) -> Document:
    return document_from(source(name), catalogue())


@cache
def analysis(name: str) -> Analysis:
    return analyse(document(name), catalogue(), as_of=DAY, raw=source(name), with_recommendations=False)


def every_finding(name: str) -> list[Finding]:
    """The entries of the report and what they fold."""
    return [finding for entry in analysis(name).findings for finding in (entry, *entry.also)]


def level_of(name: str, pushed: str, suffers: str) -> str | None:
    """The worst level of the conflict between two keys, as far as one is reported."""
    levels = [
        finding.level
        for finding in every_finding(name)
        if finding.kind in ("goal_conflict", "outcome_conflict")
        and {pushed, suffers} <= {subject.key for subject in finding.subjects}
    ]
    return max(levels, key=LEVELS.index, default=None)


def test_every_template_is_looked_at_here():
    """A new starter company comes with the conflicts that it shows."""
    assert {path.stem for path in TEMPLATES.glob("*.yaml")} == set(CONFLICTS)


@pytest.mark.parametrize(("name", "story"), [(name, story) for name, stories in CONFLICTS.items() for story in stories])
def test_the_conflict_is_found(name: str, story: str):
    """Each conflict that the company is made to show is reported at its level or worse."""
    told = CONFLICTS[name][story]

    found = level_of(name, told.pushed, told.suffers)

    assert found is not None
    assert LEVELS.index(found) >= LEVELS.index(told.level)


@pytest.mark.parametrize("name", CONFLICTS)
def test_the_company_has_a_natural_size(name: str):
    """Four to seven departments, ten to twenty KPIs, three to six incentive plans, with marketing, sales and service among them."""
    company = document(name)

    assert 4 <= len(company.departments) <= 7
    assert 10 <= len(company.kpis) <= 20
    assert 3 <= len(company.incentive_plans) <= 6
    assert {"marketing", "sales", "service"} <= {department.function for department in company.departments}


@pytest.mark.parametrize("name", CONFLICTS)
def test_most_names_are_understood_and_one_is_not(name: str):
    """Names stand as people write them: most resolve, a few are pinned, a single local one is left for the reader to pin."""
    methods = Counter(
        "by name" if resolution.method in ("exact", "alias", "fuzzy", "semantic") else resolution.method
        for resolution in analysis(name).resolutions
        if resolution.subject is not None and resolution.subject.kind == "kpi"
    )

    assert methods["unresolved"] == 1
    assert 1 <= methods["pinned"] <= 4
    assert methods["by name"] + methods["pinned"] + methods["unresolved"] == methods.total()
    assert methods["by name"] > methods.total() / 2


@pytest.mark.parametrize("name", CONFLICTS)
def test_the_plans_show_what_pay_can_be_made_of(name: str):
    """Every template teaches commission, tiers and cliffs, an accelerator, a gate, a modifier and a clawback."""
    components = [component for plan in document(name).incentive_plans for component in plan.components]

    assert {"commission", "tiered", "threshold", "linear"} <= {component.payout.kind for component in components}
    assert any(component.payout.accelerators for component in components)
    assert any(component.gate for component in components)
    assert any(component.modifier for component in components)
    assert any(component.clawback for component in components)


@pytest.mark.parametrize("name", CONFLICTS)
def test_governance_is_partly_unknown(name: str):
    """Nobody knows everything about governance, and the format lets them say so."""
    governance = source(name)["governance"]

    assert "unknown" in governance.values()
    assert any(value not in ("unknown", []) for value in governance.values())


@pytest.mark.parametrize("name", CONFLICTS)
def test_the_file_says_that_it_is_invented(name: str):
    """A starter company is recognised as one, and its figures as illustrative."""
    heading = " ".join((TEMPLATES / f"{name}.yaml").read_text(encoding="utf-8").split("\nconcord:")[0].split())

    assert f"concord init --template {name}" in heading
    assert "The company is invented and every figure is illustrative" in heading
