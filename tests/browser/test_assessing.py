"""What people do with assessments, in a real browser: begin one, answer it, read what it comes to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.sites import Service
from tests.browser.views import unfit

pytestmark = pytest.mark.slow

AT = "/organizations/tallowmere/assessments"
PERCEIVED = [
    {"group": "executives", "question": "customer_centric", "counts": [5, 10, 10, 50, 25]},
    {"group": "customers", "question": "customer_centric", "counts": [19, 20, 20, 31, 10]},
]


def test_a_company_is_assessed(browser: Browser, service: Service) -> None:
    """Somebody begins an assessment, answers two questions, and sees their score, its evidence and what is missing most; the gap between
    executives and customers stands beside what was published."""
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.goto(f"{service.address}{AT}")
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Seven principles and two practices").check()
    page.get_by_label("Name", exact=True).fill("Board of 2027")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("status")).to_have_text("The assessment has begun.")

    page.get_by_role("link", name="Answer it").click()
    asked = page.get_by_role("group", name="Does a member of the board stand for the change by name?")
    asked.get_by_label("1: Nobody").check()
    asked.get_by_label("Note").fill("No name in the minutes.")
    page.get_by_role("button", name="Save the answers").click()

    expect(page.get_by_role("status")).to_have_text("The answers are saved.")
    expect(page.get_by_text("People: 1.0 on average").first).to_be_visible()

    said = {"instrument": "perception-gap", "name": "Who sees what", "counts": PERCEIVED}
    made = service.api.post("/v1/organizations/tallowmere/assessments", json=said).raise_for_status().json()
    page.goto(f"{service.address}{AT}/{made['id']}")
    expect(page.get_by_text("Executives and Customers are 34 points apart")).to_be_visible()
    expect(page.get_by_text("Accenture: 75 %")).to_be_visible()
    assert unfit(page) == {}
    context.close()
