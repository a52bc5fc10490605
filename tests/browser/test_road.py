"""The road from conflicts to a customer-centric company, walked whole on pages, and read again by API and command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser.road_steps import AT, begin_an_experiment, make_a_case, value_customers
from tests.browser.sites import Service, serving_service
from tests.cli.runner import concord

pytestmark = pytest.mark.slow


def test_the_whole_road(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Assessed, valued, tried in a scenario with its business case, held against own figures, laid out, an item at its experiment."""
    chromium.needed()
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    with serving_service() as service:
        service.analysed()
        page = context.new_page()
        page.goto(f"{service.address}{AT}/assessments")
        page.get_by_label("API key").fill(service.key)
        page.get_by_role("button", name="Sign in").click()

        assess(page)
        value_customers(page, service)
        scenario = accept_a_change(page, service)
        make_a_case(page, service, scenario)
        page.goto(f"{service.address}{AT}/evidence")
        expect(page.get_by_role("main")).to_contain_text("observe first")
        begin_an_experiment(page, service)

        by_api = read_by_api(service)
        monkeypatch.setenv("CONCORD_URL", service.address)
        monkeypatch.setenv("CONCORD_KEY", service.key)
        shown = concord("roadmap", "show", "tallowmere", "--format", "json")
        worth = concord("customers", "show", "tallowmere", "--format", "json")
    context.close()

    assert by_api["item"]["stage"] == "experiment"
    assert by_api["trace"] and by_api["case"]["scenario"] == scenario
    told = str(by_api["report"])
    assert "Beyond the conflicts" in told and "What a change gives back: Try it" in told and "Ada Park" in told
    assert json.loads(shown.out)["progress"] == by_api["roadmap"]["progress"] > 0
    assert json.loads(worth.out)["worth"] == by_api["asset"]["worth"]


def assess(page: Page) -> None:
    """One question of the seven principles is answered."""
    page.get_by_label("Seven principles and two practices").check()
    page.get_by_label("Name", exact=True).fill("Before we begin")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Answer it").click()
    asked = page.get_by_role("group", name="Does a member of the board stand for the change by name?")
    asked.get_by_label("1: Nobody").check()
    page.get_by_role("button", name="Save the answers").click()
    expect(page.get_by_role("status")).to_have_text("The answers are saved.")


def accept_a_change(page: Page, service: Service) -> str:
    """The worst conflict's change goes into a scenario, whose id is returned."""
    page.goto(f"{service.address}{AT}/conflicts/{service.worst()}")
    page.locator("main a[href*='/recommendations/rec_']").first.click()
    page.get_by_label("Name of a new one").fill("Try it")
    page.get_by_role("button", name="Accept into the scenario").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Try it")
    return page.url.partition("/scenarios/")[2].partition("?")[0]


def read_by_api(service: Service) -> dict[str, Any]:
    """The same, as programs see it."""
    here = "/v1/organizations/tallowmere"

    def got(path: str) -> dict[str, object]:
        return dict(service.api.get(here + path).raise_for_status().json())

    assessment = got("/assessments")["items"][0]["id"]  # type: ignore[index]
    analysis = got("/analyses?sort=created_at")["items"][0]["id"]  # type: ignore[index]
    report = service.api.get(f"{here}/analyses/{analysis}/report", params={"format": "html"}).raise_for_status().text
    roadmap = got("/roadmap")
    return {
        "trace": got(f"/assessments/{assessment}/answers?question=sponsor"),
        "asset": got("/customer-asset"),
        "case": got("/business-case")["items"][0],  # type: ignore[index]
        "roadmap": roadmap,
        "report": report,
        "item": got("/roadmap/items/try_changed_goals"),
    }
