"""A person's way in a real browser: from the link of a first start over a spreadsheet to what is found in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.catalogue.sources import FOLDER
from app.exchange.read import read_path
from app.exchange.write import write
from tests.browser import chromium
from tests.browser.sites import Service, serving_service
from tests.browser.views import unfit

pytestmark = pytest.mark.slow

KPIS = "key;department;name;direction;{weight}\nspeed;service;Speed of answer;{direction};40\n"


@pytest.fixture(scope="module")
def beginning() -> Iterator[Service]:
    """A service that was just started: whoever opens its link finds nothing there."""
    chromium.needed()
    with serving_service() as serving:
        yield serving


@pytest.fixture(scope="module")
def spreadsheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company as a workbook."""
    file = tmp_path_factory.mktemp("files") / "plans-2026.xlsx"
    file.write_bytes(write(read_path(FOLDER / "templates" / "telecom.yaml").raw, "xlsx"))
    return file


@pytest.fixture(scope="module")
def newcomer(browser: Browser, beginning: Service) -> Iterator[Page]:
    """Somebody who opened the link of the first start."""
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.goto(f"{beginning.address}/welcome?once={beginning.link}")
    page.get_by_role("button", name="Show me the key").click()
    page.get_by_role("link", name="look at your organizations").click()
    yield page
    context.close()


def kpis(tmp_path: Path, direction: str = "decrease", weight: str = "weight") -> Path:
    """A sheet with a KPI."""
    file = tmp_path / "kpis.csv"
    file.write_text(KPIS.format(direction=direction, weight=weight), encoding="utf-8")
    return file


def test_from_the_link_of_a_first_start_to_what_is_found_in_a_spreadsheet(newcomer: Page, spreadsheet: Path) -> None:
    """One link leads to the next: the file, its preview, applied, analysed, the overview."""
    page = newcomer

    page.get_by_role("link", name="Add an organization").click()
    page.get_by_label("File", exact=True).set_input_files(spreadsheet)
    page.get_by_role("button", name="Show what it would change").click()
    page.wait_for_url("**/organizations/tallowmere/imports/*")
    previewed = page.locator("main").inner_text()
    page.get_by_role("button", name="Apply all of it").click()
    page.wait_for_url("**?done=imported")
    page.get_by_role("button", name="Analyse now").click()
    page.wait_for_url("**/organizations/tallowmere?done=analysed")

    assert "Incentive plans" in previewed
    assert "Average handling time (AHT)" in previewed
    assert page.get_by_role("status").inner_text() == "The analysis is made."
    assert "Customer service" in page.locator(".lead").inner_text()


def test_a_file_with_problems_keeps_nothing_and_need_not_be_chosen_again(
    newcomer: Page, beginning: Service, tmp_path: Path
) -> None:
    """Each problem stands with its cell; a heading that was not known is corrected around the file that was chosen."""
    page = newcomer
    page.goto(f"{beginning.address}/organizations/import")
    page.get_by_label("Name of the organization").fill("Ash and Elm")
    page.get_by_label("File", exact=True).set_input_files(kpis(tmp_path, weight="Wieght"))

    page.get_by_role("button", name="Show what it would change").click()
    told = page.locator("[data-outcome] [role=alert]").inner_text()
    wrong = unfit(page)
    page.get_by_label("“Wieght” (kpis!E1) means").fill("weight")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.locator("[data-outcome]")).not_to_contain_text("is not known")
    again = page.locator("[data-outcome] [role=alert]").inner_text()

    assert "kpis!E1" in told
    assert page.get_by_label("“Wieght” (kpis!E1) means").input_value() == "weight"
    assert "kpis!B2" in again
    assert "service" in again
    assert wrong == {}
    assert beginning.api.get("/v1/organizations/ash-and-elm").status_code == 404


def test_a_preview_that_is_refused_is_for_everybody(newcomer: Page, beginning: Service, tmp_path: Path) -> None:
    """To axe in every look, from 320 to 2560 pixels."""
    page = newcomer
    page.goto(f"{beginning.address}/organizations/tallowmere/import")

    page.get_by_label("File", exact=True).set_input_files(kpis(tmp_path, "downwards"))
    page.get_by_role("button", name="Show what it would change").click()
    page.wait_for_url("**/imports/*")

    assert unfit(page) == {}


def test_a_starter_company_is_there_at_once(newcomer: Page, beginning: Service) -> None:
    """Without a script, too: it leads to the page that offers the analysis."""
    page = newcomer
    page.goto(f"{beginning.address}/organizations/import")
    page.get_by_label("Retail bank").check()
    page.get_by_label("Name it").fill("Our bank")

    page.get_by_role("button", name="Begin with it").click()

    assert page.url.endswith("/organizations/our-bank?done=begun")
    assert page.get_by_role("button", name="Analyse now").is_visible()
