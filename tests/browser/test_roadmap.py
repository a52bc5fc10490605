"""What people do with the roadmap, in a real browser: build it, say who owns an item, let it go on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.sites import Service
from tests.browser.test_assessing import fits

pytestmark = pytest.mark.slow


def test_an_item_goes_to_its_experiment(browser: Browser, service: Service) -> None:
    """The road is built and drawn; an item says what it lacks, is filled in, goes on, and a criterion is confirmed."""
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.goto(f"{service.address}/organizations/tallowmere/roadmap")
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("It starts on").fill("2027-01-04")
    page.get_by_role("button", name="Build the roadmap").click()
    expect(page.get_by_role("status")).to_have_text("The roadmap was built.")

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
    expect(page.get_by_role("status")).to_have_text("Saved.")
    page.get_by_role("button", name="Go on to “Experiment”").click()
    expect(page.get_by_role("status")).to_have_text("It is at its next stage now.")
    page.get_by_label("What shows it").first.fill("Four weeks in two shops.")
    page.get_by_role("button", name="Confirm: It was tried").click()
    expect(page.get_by_text("Four weeks in two shops.")).to_be_visible()
    fits(page)
    context.close()
