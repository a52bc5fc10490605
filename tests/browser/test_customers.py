"""What customers are worth, and the business case of a scenario, in a real browser: filled in, read, on narrow and wide windows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.road_steps import AT, make_a_case, value_customers
from tests.browser.sites import Service
from tests.browser.views import unfit

pytestmark = pytest.mark.slow


def test_customers_are_valued_and_a_scenario_has_its_case(browser: Browser, service: Service) -> None:
    """Somebody says what customers bring, reads what that is worth, and makes a business case."""
    said = {"name": "Unpaid", "patches": [{"patch": [{"op": "remove", "path": "/incentive_plans"}]}]}
    scenario = service.api.post(f"/v1{AT}/scenarios", json=said).raise_for_status().json()["id"]
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.goto(f"{service.address}{AT}/customers")
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()

    value_customers(page, service)
    make_a_case(page, service, scenario)
    assert unfit(page) == {}

    page.goto(f"{service.address}{AT}/evidence")
    assert "observe first" in page.inner_text("main")
    context.close()
