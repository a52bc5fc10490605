"""The editor of goals and plans in a real browser: form and YAML side by side, live problems, what a change would do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sites import Service
from tests.browser.views import unfit

pytestmark = pytest.mark.slow

KEY = "edited"


@pytest.fixture(scope="module")
def company(service: Service) -> str:
    """A company of its own; the address of its model."""
    with open("app/catalogue/templates/telecom.yaml", encoding="utf-8") as template:
        body = template.read().replace("key: tallowmere", f"key: {KEY}")
    service.api.put(
        f"/v1/organizations/{KEY}/document", content=body.encode(), headers={"Content-Type": "application/yaml"}
    ).raise_for_status()
    return f"{service.address}/organizations/{KEY}/model"


@pytest.fixture(scope="module")
def reward(browser: Browser, company: str, service: Service) -> Iterator[Page]:
    """A head of compensation who signed in."""
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.goto(company)
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()
    yield page
    context.close()


def test_a_plan_is_changed_checked_and_saved(reward: Page, company: str) -> None:
    """From the table to the plan, its weights, what that would do, and back into the table."""
    page = reward
    page.goto(company)
    page.get_by_role("link", name="Contact centre agent").click()
    parts = page.get_by_label("Weight (%)")
    first, second = parts.nth(0), parts.nth(1)

    first.fill("50")
    second.fill("50")
    page.get_by_role("button", name="Check").click()
    told = page.locator(".preview").inner_text()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**?done=saved")
    page.get_by_role("link", name="Goals and plans").first.click()

    assert "The alignment index goes from" in told
    assert "Nothing is saved yet." in told
    assert "Average handling time (AHT) 50%, Call quality score 50%" in page.locator("main").inner_text()


def test_problems_are_told_at_their_fields_as_one_types(reward: Page, company: str) -> None:
    """And go when they are mended; the YAML beside follows what is typed."""
    page = reward
    page.goto(f"{company}/kpis/saves")
    weight = page.get_by_label("Weight")

    weight.fill("much")
    expect(weight).to_have_attribute("aria-invalid", "true")
    described = page.locator(f"#{weight.get_attribute('aria-describedby')}").inner_text()
    weight.fill("77")
    expect(weight).not_to_have_attribute("aria-invalid", "true")

    assert "must be a number" in described
    assert "weight: 77" in page.get_by_label("As YAML").input_value()


def test_the_form_follows_the_yaml_and_curves_follow_both(reward: Page, company: str) -> None:
    """What is chosen as what counts follows what was typed last."""
    page = reward
    page.goto(f"{company}/incentive-plans/advisers-2026")
    yaml = page.get_by_label("As YAML")
    before = page.locator("[data-curves] svg").nth(0).inner_html()

    yaml.fill(yaml.input_value().replace("cap: 1.2", "cap: 2.5"))
    expect(page.get_by_label("Cap (%)").first).to_have_value("250")

    assert page.get_by_label("the YAML", exact=True).is_checked()
    assert page.locator("[data-curves] svg").nth(0).inner_html() != before


def test_switching_never_loses_what_was_typed(reward: Page, company: str) -> None:
    """A YAML that cannot be read stays while the form is changed, and the form while that is; what counts is said."""
    page = reward
    page.goto(f"{company}/kpis/saves")
    yaml, name = page.get_by_label("As YAML"), page.get_by_label("Name (needed)")

    yaml.fill("key: [saves")
    page.wait_for_selector("[data-problems] .notice")
    name.fill("Saves of the year")
    page.wait_for_selector("[data-problems] .notice:has-text('The YAML was changed, too')")
    page.get_by_role("button", name="Check").click()

    assert page.get_by_label("As YAML").input_value() == "key: [saves"
    assert page.get_by_label("Name (needed)").input_value() == "Saves of the year"
    assert page.get_by_label("the form, with what only the YAML says").is_checked()


def test_a_form_with_problems_is_for_everybody(reward: Page, company: str) -> None:
    """To axe in every look, from 320 to 2560 pixels."""
    page = reward
    page.goto(f"{company}/kpis/saves")
    page.get_by_label("Weight").fill("much")
    page.get_by_role("button", name="Check").click()
    page.wait_for_selector("[aria-invalid]")

    assert unfit(page) == {}


def test_the_editor_works_without_a_script(browser: Browser, company: str, service: Service) -> None:
    """Check says on a page what the script says while one types."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{company}/kpis/brand")
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()

    page.get_by_label("Weight").fill("much")
    page.get_by_role("button", name="Check").click()
    problem = page.get_by_role("alert").inner_text()
    page.get_by_label("Weight").fill("50")
    page.get_by_role("button", name="Check").click()
    preview = page.locator(".preview").inner_text()
    context.close()

    assert "Weight" in problem
    assert "No finding changes." in preview
