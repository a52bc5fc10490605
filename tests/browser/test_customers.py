"""What customers are worth, and the business case of a scenario, in a real browser: filled in, read, on narrow and wide windows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.sites import Service
from tests.browser.test_assessing import fits

pytestmark = pytest.mark.slow

AT = "/organizations/tallowmere"


def test_customers_are_valued_and_a_scenario_has_its_case(browser: Browser, service: Service) -> None:
    """Somebody says what customers bring, reads what that is worth, and makes a business case."""
    said = {"name": "Unpaid", "patches": [{"patch": [{"op": "remove", "path": "/incentive_plans"}]}]}
    scenario = service.api.post(f"/v1{AT}/scenarios", json=said).raise_for_status().json()["id"]
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.goto(f"{service.address}{AT}/customers")
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()

    page.get_by_label("Discount rate a year, in percent").fill("8")
    for segment, margin, retention in (("Small business", "240", "88"), ("all others", "60", "80")):
        fields = page.get_by_role("group", name=segment)
        fields.get_by_label("Margin a year").fill(margin)
        fields.get_by_label("Percent that stay each year").fill(retention)
    page.get_by_role("button", name="Save").click()
    assert "Customers are worth" in page.inner_text("main")

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
    assert "Net present value" in page.inner_text("main")
    fits(page)

    page.goto(f"{service.address}{AT}/evidence")
    assert "observe first" in page.inner_text("main")
    context.close()
