"""The whole way of a person, in a real browser: from the link of a first start to a better model, on paper for the board."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from app.catalogue.sources import FOLDER
from app.exchange.read import read_path
from app.exchange.write import write
from tests.browser import chromium
from tests.browser.sites import serving_service

pytestmark = pytest.mark.slow


def test_from_a_link_to_a_report(browser: Browser, tmp_path: Path) -> None:
    """One-time link, spreadsheet, analysis, worst conflict, recommendation, scenario, comparison, the model, its report."""
    chromium.needed()
    sheet = tmp_path / "plans.xlsx"
    sheet.write_bytes(write(read_path(FOLDER / "templates" / "telecom.yaml").raw, "xlsx"))
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    with serving_service() as service:
        page = context.new_page()
        page.goto(f"{service.address}/welcome?once={service.link}")
        page.get_by_role("button", name="Show me the key").click()
        page.get_by_role("link", name="look at your organizations").click()

        page.get_by_role("link", name="Add an organization").click()
        page.get_by_label("File", exact=True).set_input_files(sheet)
        page.get_by_role("button", name="Show what it would change").click()
        page.get_by_role("button", name="Apply").click()
        page.get_by_role("button", name="Analyse now").click()
        page.wait_for_url("**/organizations/tallowmere?done=analysed")
        before = page.locator(".lead").inner_text()

        page.locator(".list a").first.click()
        page.locator("main a[href*='/recommendations/rec_']").first.click()
        page.get_by_label("Name of a new one").fill("Calmer calls")
        page.get_by_role("button", name="Accept into the scenario").click()
        page.get_by_role("button", name="Compare").click()
        weaker, lighter = (float(one) for one in page.locator(".facts .figure").first.inner_text().split(" → "))
        page.get_by_role("link", name="See what becomes of the model").click()
        page.get_by_role("button", name="Make it the model now").click()
        page.get_by_role("button", name="Analyse now").click()
        page.wait_for_url("**/organizations/tallowmere?done=analysed")
        after = page.locator(".lead").inner_text()

        link = page.get_by_role("link", name="for the board (PDF)").get_attribute("href")
        assert link is not None
        report = context.request.get(link)
        paper = PdfReader(BytesIO(report.body()))
        stranger = browser.new_context()
        refused = stranger.request.get(link, max_redirects=0)
        stranger.close()
    context.close()

    assert "Customer service" in before
    assert lighter < weaker
    assert after != before
    assert report.headers["content-type"] == "application/pdf"
    assert "Tallowmere" in paper.pages[0].extract_text()
    assert refused.status == 303
