"""What people do with conflicts, rules and settings, in a real browser: decide, comment, write a rule, make a key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sites import TEMPLATE, Service

pytestmark = pytest.mark.slow

KEY = "acted-on"
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
    service.api.post("/v1/members", json={"name": "Ines Roth", "email": "ines@acted.example"}).raise_for_status()
    return service.worst(KEY)


@pytest.fixture(scope="module")
def page(browser: Browser, service: Service, company: str) -> Iterator[Page]:
    """A browser of somebody who signed in with a key."""
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.goto(f"{service.address}/settings")
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()
    assert page.url == f"{service.address}/settings"
    yield page
    context.close()


def test_a_conflict_is_given_to_somebody_talked_about_and_accepted(page: Page, service: Service, company: str) -> None:
    """By keyboard where it is unfolded; each step is told, and the page says when the waiver ends."""
    page.goto(f"{service.address}{AT}/conflicts/{company}")
    page.get_by_label("Who looks after it").select_option(label="Ines Roth")
    page.get_by_role("button", name="Save who looks after it").click()
    assigned = page.get_by_role("status").inner_text()
    page.get_by_label("Your comment").fill("Two\nlines")
    page.get_by_role("button", name="Comment", exact=True).click()
    said = page.locator(".said").inner_text()
    summary = page.locator("summary", has_text="Accept it for a time")
    summary.focus()
    page.keyboard.press("Enter")
    form = page.locator("details[open] form")
    form.get_by_label("Reason").fill("It leaves the plan in spring")
    form.get_by_role("button").click()

    assert assigned == "Who looks after it is saved."
    assert said == "Two\nlines"
    assert "accepted until the day you named" in page.get_by_role("status").inner_text()
    assert "It leaves the plan in spring" in page.locator(".handling").inner_text()
    page.goto(f"{service.address}{AT}/conflicts?status=waived")
    assert "Ines Roth looks after it · 1 comment" in page.locator("main .list").inner_text()


def test_a_rule_is_written_by_a_form_that_follows_the_text(page: Page, service: Service) -> None:
    """And the text follows the form, as one types; it is tried, saved, let run; nothing of it needs a script."""
    page.goto(f"{service.address}{AT}/rules")
    page.get_by_role("link", name="Write a rule of our own").click()
    text = page.locator("textarea[name=condition]")
    text.fill("accelerator_max > 1 && !has_gate")
    page.locator("[data-live=tree] select[name='t.0:field']").wait_for()
    read = page.locator("[data-live=said]").inner_text()
    page.locator("[name='t.0:to']").fill("1.5")
    expect(text).to_have_value("accelerator_max > 1.5 && !has_gate")
    page.locator("[data-live=tree]").get_by_role("button", name="Take away t.1").click()
    expect(text).to_have_value("accelerator_max > 1.5")
    page.locator("input[name=name]").fill("steep-accelerator")
    page.get_by_label("Title, English").fill("A steep accelerator")
    page.get_by_label("What it says of a case, English").fill("“{kpi}” in {plan} pays steeply")
    page.get_by_label("Why it matters", exact=True).fill("Our red line.")

    page.get_by_role("button", name="Try it on").click()
    tried = page.locator("section.notice").inner_text()
    page.get_by_role("button", name="Save the rule").click()
    saved = page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Let version 1 run").click()

    assert "pay has no gate" in read
    assert "On the newest document: 1 new" in tried
    assert "as a draft" in saved
    assert page.get_by_role("status").inner_text() == "The next analysis runs it."
    assert "It holds for 1" in page.locator("main").inner_text()


def test_a_key_is_made_and_shown_once(page: Page, service: Service) -> None:
    """What it shows signs in; looked at again, the page shows it no more."""
    page.goto(f"{service.address}/organizations")
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="API keys").click()
    page.get_by_label("Name").fill("The board's wiki")
    page.get_by_role("button", name="Make the key").click()
    key = page.locator("code.paste").inner_text()
    page.goto(f"{service.address}/settings/keys")

    assert service.api.get("/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    assert key not in page.content()
    assert f"…{key[-4:]}" in page.locator("table").inner_text()
