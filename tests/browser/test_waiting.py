"""Work that takes a while, in a real browser: asked for, waited for, and gone on from by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.sites import TEMPLATE, Service

pytestmark = pytest.mark.slow


def test_an_analysis_is_asked_for_where_there_is_none(browser: Browser, service: Service) -> None:
    """The page that has nothing to show offers it; the next one waits, and leads to what was found."""
    with open(TEMPLATE, encoding="utf-8") as template:
        body = template.read().replace("key: tallowmere", "key: waited-for")
    service.api.put(
        "/v1/organizations/waited-for/document", content=body.encode(), headers={"Content-Type": "application/yaml"}
    ).raise_for_status()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{service.address}/organizations/waited-for")
    page.get_by_label("API key").fill(service.key)
    page.get_by_role("button", name="Sign in").click()

    page.get_by_role("button", name="Analyse now").click()
    page.wait_for_url("**/organizations/waited-for?done=analysed")
    said, heading = page.get_by_role("status").inner_text(), page.locator(".lead").inner_text()
    context.close()

    assert said == "The analysis is made."
    assert "Customer service" in heading
