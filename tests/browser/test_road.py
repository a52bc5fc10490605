"""The road from conflicts to a customer-centric company, walked whole on pages, and read again by API and command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser.sites import Service, serving_service
from tests.cli.runner import concord

pytestmark = pytest.mark.slow

AT = "/organizations/tallowmere"


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


def value_customers(page: Page, service: Service) -> None:
    """What segments bring and how long they stay."""
    page.goto(f"{service.address}{AT}/customers")
    page.get_by_label("Discount rate a year, in percent").fill("8")
    for segment, margin, retention in (("Small business", "240", "88"), ("all others", "60", "80")):
        fields = page.get_by_role("group", name=segment)
        fields.get_by_label("Margin a year").fill(margin)
        fields.get_by_label("Percent that stay each year").fill(retention)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("Customers are worth")


def accept_a_change(page: Page, service: Service) -> str:
    """The worst conflict's change goes into a scenario, whose id is returned."""
    page.goto(f"{service.address}{AT}/conflicts/{service.worst()}")
    page.locator("main a[href*='/recommendations/rec_']").first.click()
    page.get_by_label("Name of a new one").fill("Try it")
    page.get_by_role("button", name="Accept into the scenario").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Try it")
    return page.url.partition("/scenarios/")[2].partition("?")[0]


def make_a_case(page: Page, service: Service, scenario: str) -> None:
    """What the change may cost is said; the page tells what it may bring."""
    page.goto(f"{service.address}{AT}/scenarios/{scenario}/business-case")
    cost = page.get_by_role("group", name="Cost 1")
    for label, said in (
        ("What for", "Training"),
        ("At least", "50000"),
        ("Most likely", "80000"),
        ("At most", "150000"),
    ):
        cost.get_by_label(label).fill(said)
    cost.get_by_label("Where this comes from").fill("An offer")
    page.get_by_role("button", name="Make the business case").click()
    expect(page.get_by_role("main")).to_contain_text("Net present value")


def begin_an_experiment(page: Page, service: Service) -> None:
    """The road is built, and an item is filled in and goes on."""
    page.goto(f"{service.address}{AT}/roadmap")
    page.get_by_label("It starts on").fill("2027-01-04")
    page.get_by_role("button", name="Build the roadmap").click()
    page.get_by_role("link", name="Try changed goals in a pilot").click()
    page.get_by_label("Who owns it").fill("Ada Park")
    page.get_by_label("Begins on").fill("2027-02-01")
    for name, today, wanted in (
        ("Measure of success", "66", "72"),
        ("Guardrail 1, which must not get worse", "412", "450"),
    ):
        group = page.get_by_role("group", name=name)
        group.get_by_label("Name, such as that of a KPI").fill("fcr")
        group.get_by_label("Today").fill(today)
        group.get_by_label("Wanted" if wanted == "72" else "Not to be passed").fill(wanted)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Go on to “Experiment”").click()
    expect(page.get_by_role("status")).to_have_text("It is at its next stage now.")


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
