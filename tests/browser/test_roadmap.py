"""What people do with the roadmap, in a real browser: build it, say who owns an item, let it go on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.road_steps import AT, begin_an_experiment
from tests.browser.sites import Service
from tests.browser.views import unfit

pytestmark = pytest.mark.slow


def test_an_item_goes_to_its_experiment(browser: Browser, service: Service) -> None:
    """The road is built and drawn; an item says what it lacks, is filled in, goes on, and a criterion is confirmed."""
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.goto(f"{service.address}{AT}/roadmap")
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()
    begin_an_experiment(page, service)

    page.get_by_label("What shows it").first.fill("Four weeks in two shops.")
    page.get_by_role("button", name="Confirm: It was tried").click()
    expect(page.get_by_text("Four weeks in two shops.")).to_be_visible()
    assert unfit(page) == {}
    context.close()
