"""Views for everybody: screen readers, keyboards, colour blindness, phones and walls, in two languages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from app.domain.embeds import VIEWS
from tests.browser.sites import Portal, Service
from tests.browser.views import in_every_look, shown, unfold

pytestmark = pytest.mark.slow

HEAVIEST = 150_000
"""Bytes of a page with all that it loads."""


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(browser: Browser, service: Service, view: str) -> None:
    """In light, dark and forced colours, with every table unfolded."""
    with shown(browser, service, view) as page:
        unfold(page)

        assert in_every_look(page) == {}


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_is_wider_than_its_window(browser: Browser, service: Service, view: str) -> None:
    """From 320 pixels, which is 400 % of zoom on a small screen, to 2560: what is wide is scrolled by itself."""
    with shown(browser, service, view, width=320, locale="de") as page:
        narrow = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": 2560, "height": 1000})
        broad = page.evaluate("document.documentElement.scrollWidth")

    assert (narrow, broad) == (320, 2560)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_light(browser: Browser, service: Service, view: str) -> None:
    """With its style it weighs less than 150 kB as it comes over the wire, and asks nobody else for anything."""
    with shown(browser, service, view) as page:
        came = page.evaluate(
            """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
            .map((one) => [one.name, one.encodedBodySize])"""
        )

    assert sum(size for _, size in came) <= HEAVIEST
    assert {name.split("/")[2] for name, _ in came} == {service.address[7:]}


@pytest.mark.parametrize("view", VIEWS)
def test_everything_can_be_reached_and_used_by_keyboard(browser: Browser, service: Service, view: str) -> None:
    """Tab comes to every summary and every region that scrolls; Enter unfolds; what is focused can be seen to be."""
    with shown(browser, service, view) as page:
        wanted = page.locator("summary, [tabindex='0']:visible").count()
        reached = set()
        for _ in range(wanted + 2):
            page.keyboard.press("Tab")
            told = page.evaluate(
                """(() => { const one = document.activeElement; return one === document.body ? null :
                [[...document.querySelectorAll("*")].indexOf(one), getComputedStyle(one).outlineStyle]; })()"""
            )
            if told:
                reached.add(tuple(told))
        if page.locator("summary").count():
            page.locator("summary").first.focus()
            page.keyboard.press("Enter")

            assert page.locator("details").first.evaluate("one => one.open")

    assert len(reached) >= wanted
    assert {outline for _, outline in reached} <= {"solid"}


def test_targets_are_large_enough(page, service: Service, portal: Portal) -> None:  # type: ignore[no-untyped-def]
    """Buttons and summaries are at least 24 pixels high and wide."""
    page.goto(portal.page('<concord-view view="conflicts"></concord-view>', service))
    page.wait_for_function("window.events.some((one) => one.name === 'loaded')")
    frame = page.frames[1]

    sizes = frame.evaluate(
        """[...document.querySelectorAll("button, summary")].map((one) => one.getBoundingClientRect())
        .map((one) => Math.min(one.height, one.width))"""
    )

    assert len(sizes) > 5
    assert min(sizes) >= 24


def test_the_view_moves_nothing_for_whoever_wants_no_motion(browser: Browser, service: Service) -> None:
    """No animation and no transition runs with `prefers-reduced-motion`."""
    with shown(browser, service, "matrix") as page:
        page.emulate_media(reduced_motion="reduce")

        moving = page.evaluate(
            """[...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).transitionDuration !== "0s"
            || getComputedStyle(one).animationName !== "none").length"""
        )

    assert moving == 0


def test_on_paper_the_view_is_dark_on_white_with_its_table(browser: Browser, service: Service) -> None:
    """Also in the dark theme: ink is saved, and the table is there without anybody unfolding it."""
    with shown(browser, service, "matrix", theme="dark") as page:
        page.emulate_media(media="print")

        paper, ink = page.evaluate(
            "(() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; })()"
        )
        table = page.locator("details table").bounding_box()

    assert (paper, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
    assert table is not None
    assert table["height"] > 100


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_has_its_picture(browser: Browser, service: Service, view: str, tmp_path: Path) -> None:
    """A screenshot that is not empty; with CONCORD_SCREENSHOTS they are kept for the documentation."""
    folder = Path(os.environ.get("CONCORD_SCREENSHOTS") or tmp_path)
    file = folder / f"embed-{view}.png"

    with shown(browser, service, view, width=640) as page:
        height = min(page.evaluate("document.body.scrollHeight"), 620)
        page.screenshot(path=file, clip={"x": 0, "y": 0, "width": 640, "height": height}, full_page=True)

    assert file.stat().st_size > 10_000
