"""What people change, in a real browser: from the worst conflict by a scenario to a better model; and by a plan of the optimiser's."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.sites import TEMPLATE, Service

pytestmark = pytest.mark.slow

KEY = "changed-here"
AT = f"/organizations/{KEY}"


@pytest.fixture(scope="module")
def company(service: Service) -> str:
    """A company of its own that was analysed; the fingerprint of its worst conflict."""
    with open(TEMPLATE, encoding="utf-8") as template:
        body = template.read().replace("key: tallowmere", f"key: {KEY}")
    here = f"/v1/organizations/{KEY}"
    headers = {"Content-Type": "application/yaml"}
    service.api.put(f"{here}/document", content=body.encode(), headers=headers).raise_for_status()
    service.api.post(f"{here}/analyses", json={}).raise_for_status()
    return service.worst(KEY)


@pytest.fixture(scope="module")
def page(browser: Browser, service: Service, company: str) -> Iterator[Page]:
    """A browser of somebody who signed in with a key."""
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.goto(f"{service.address}{AT}")
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()
    yield page
    context.close()


def test_the_worst_conflict_is_answered(page: Page, service: Service, company: str) -> None:
    """A change that was proved goes into a scenario, is compared, promoted and analysed; the overview says that less is left."""
    page.goto(f"{service.address}{AT}/conflicts/{company}")
    page.locator("main a[href*='/recommendations/rec_']").first.click()
    assert page.get_by_role("heading", name="What becomes of the findings").is_visible()
    page.get_by_label("Name of a new one").fill("Fair sales")
    page.get_by_role("button", name="Accept into the scenario").click()
    assert page.locator("h1").inner_text() == "Fair sales"

    page.get_by_role("button", name="Compare").click()
    assert "/compare?other=model" in page.url
    said = page.locator(".facts .figure").first.inner_text()
    before, after = (float(one) for one in said.split(" → "))
    gone = page.locator("summary", has_text="Gone:").inner_text()
    page.get_by_role("link", name="See what becomes of the model").click()
    page.get_by_role("button", name="Make it the model now").click()
    assert page.get_by_role("status").inner_text() == "The scenario is the model now."
    page.get_by_role("button", name="Analyse now").click()
    page.wait_for_url(f"**{AT}?done=analysed")

    assert after < before
    assert int(gone.rpartition(" ")[2]) > 0
    changes = page.locator(".facts > li").last.inner_text()
    counts = re.search(r"serious findings (\d+) → (\d+)", changes)
    assert counts is not None
    assert int(counts[2]) < int(counts[1])


def test_a_plan_is_found_and_a_step_of_it_taken_into_a_scenario(page: Page, service: Service) -> None:
    """The form says what it keeps to, the page waits, the front is drawn with its table, and the step is a stack of patches."""
    page.goto(f"{service.address}{AT}/recommendations")
    page.get_by_role("link", name="Have the best few chosen").click()
    page.get_by_label("Changes at most").fill("2")
    page.get_by_label("How long to search").select_option("10")
    page.get_by_role("button", name="Find the plan").click()
    page.wait_for_url("**/plans/pln_*?done=plan_made", timeout=90_000)

    assert page.locator("svg.drawing").is_visible()
    rows = page.locator("details.twin tbody tr").count()
    page.get_by_label("Name of a new one").fill("By plan")
    page.get_by_role("button", name="Take it into the scenario").click()

    assert rows >= 2
    assert page.get_by_role("status").inner_text() == "The step of the plan is part of this scenario now."
    assert page.locator("#stack > ol > li").count() >= 1
