"""The pages that people read, in a real browser: from the link of a first start to one conflict, its department and the history."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.sites import Service

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def signed_in(browser: Browser, service: Service) -> Iterator[Page]:
    """A browser of somebody who signed in with a key."""
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.goto(f"{service.address}/organizations")
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()
    yield page
    context.close()


def test_whoever_asks_for_a_page_signs_in_and_comes_back_to_it(browser: Browser, service: Service) -> None:
    """A key that is not good is refused without a word of why; a good one leads where somebody wanted to go; signing out ends it."""
    context = browser.new_context()
    page = context.new_page()
    wanted = f"{service.address}/organizations/tallowmere/conflicts?level=high"

    page.goto(wanted)
    page.get_by_label("API key").fill("cnc_live_nonsense")
    page.get_by_role("button", name="Sign in").click()
    refused = page.get_by_role("alert").inner_text()
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()
    came, cookies = page.url, context.cookies()
    page.get_by_role("button", name="Sign out").click()
    page.goto(wanted)
    after = page.url
    context.close()

    assert "not good" in refused
    assert came == wanted
    assert [(one["httpOnly"], one["sameSite"]) for one in cookies] == [(True, "Lax")]
    assert after.startswith(f"{service.address}/signin?next=")


def test_the_link_of_a_first_start_leads_to_the_pages(browser: Browser, service: Service) -> None:
    """It shows the key once, and whoever opened it is signed in."""
    context = browser.new_context()
    page = context.new_page()

    page.goto(f"{service.address}/welcome?once={service.link}")
    page.get_by_role("button", name="Show me the key").click()
    key = page.locator("pre").first.inner_text()
    page.get_by_role("link", name="look at your organizations").click()
    heading, told = page.locator("h1").inner_text(), page.locator(".lead").inner_text()
    context.close()

    assert key.startswith("cnc_live_")
    assert (heading, told) == ("Organizations", "There is no organization yet.")


def test_a_head_of_department_finds_what_hurts_most(signed_in: Page, service: Service) -> None:
    """From the list to the organization, its worst conflict, the department behind it, and back by the head of the page."""
    page = signed_in
    page.goto(f"{service.address}/organizations")

    page.locator("main a[href$='/organizations/tallowmere']").click()
    assert "Customer service" in page.locator(".lead").inner_text()
    page.locator(".list a").first.click()
    assert page.get_by_role("heading", name="Who pushes").is_visible()
    assert page.get_by_role("heading", name="What would clear it").is_visible()
    page.locator("summary", has_text="How the severity came about").click()
    assert "severity:" in page.locator("details[open]").inner_text()
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("link", name="Customer service", exact=True).click()

    assert page.locator("h1").inner_text() == "Customer service"
    assert page.get_by_role("heading", name="What its plans pay for").is_visible()


def test_conflicts_are_narrowed_by_a_form_whose_address_can_be_shared(signed_in: Page, service: Service) -> None:
    """The filters stand in the address, and the form shows them."""
    page = signed_in
    page.goto(f"{service.address}/organizations/tallowmere/conflicts")
    page.get_by_label("Level").select_option("high")
    page.get_by_label("Department").select_option("service")

    page.get_by_role("button", name="Show").click()

    assert "level=high" in page.url
    assert "department=service" in page.url
    assert page.get_by_label("Level").input_value() == "high"
    assert page.locator("main .list > li").count() > 0
    assert page.locator("main .list > li:not(.high)").count() == 0


@pytest.mark.parametrize(
    ("name", "path"),
    [("overview", ""), ("conflicts", "/conflicts"), ("history", "/history"), ("department", "/departments/service")],
)
def test_each_page_has_its_picture(signed_in: Page, service: Service, name: str, path: str, tmp_path: Path) -> None:
    """A screenshot that is not empty; with CONCORD_SCREENSHOTS they are kept for the documentation."""
    file = Path(os.environ.get("CONCORD_SCREENSHOTS") or tmp_path) / f"page-{name}.png"
    signed_in.goto(f"{service.address}/organizations/tallowmere{path}")

    signed_in.screenshot(path=file, clip={"x": 0, "y": 0, "width": 1100, "height": 760}, full_page=True)

    assert file.stat().st_size > 10_000
