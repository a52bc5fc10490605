"""Every page of the console, on a phone, at a desk, on a wall, and by keyboard alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.places import every_place
from tests.browser.sites import serving_service
from tests.browser.views import in_every_look, unfold, width_in

pytestmark = pytest.mark.slow

HEAVIEST = 150_000
LONGEST_LINE = 90
"""Letters of a line of running text."""
WIDEST_FIELD = 1_000
"""Pixels of a field of one line, however wide the window is."""

LINES = """() => [...document.querySelectorAll("main p, main li, main dd, main legend, main label")]
    .filter((one) => !one.closest("pre, code, svg, .foot") && !/flex|grid/.test(getComputedStyle(one).display)
        && one.getClientRects().length && one.innerText.length > 80
        && ![...one.querySelectorAll("p, li, div, input, select, textarea, table, .heard")].length)
    .map((one) => {
        const range = document.createRange(); range.selectNodeContents(one);
        const lines = new Map();
        for (const rect of range.getClientRects()) {
            const at = Math.round(rect.bottom / 8);
            const [left, right] = lines.get(at) ?? [rect.left, rect.right];
            lines.set(at, [Math.min(left, rect.left), Math.max(right, rect.right)]);
        }
        const widths = [...lines.values()].map(([left, right]) => right - left);
        const all = widths.reduce((sum, width) => sum + width, 0);
        return [Math.round(Math.max(...widths) / all * one.innerText.length), one.innerText.slice(0, 60)];
    })"""
"""Letters of the longest line of each text, as they are set, and how it begins."""

CONTROLS = "a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea:enabled, summary, [tabindex='0']"
KEYBOARD = f"""() => {{
    const shown = (one) => one.checkVisibility({{visibilityProperty: true}});
    const groups = new Set();
    window.wanted = [...document.querySelectorAll("{CONTROLS}")].filter((one) => {{
        if (!shown(one) || one.tabIndex < 0) return false;
        if (one.type !== "radio") return true;
        const group = one.form + one.name; const first = !groups.has(group); groups.add(group);
        return first;
    }});
    window.named = (one) => one.type === "radio" ? document.querySelector(`input[name="${{CSS.escape(one.name)}}"]`) : one;
    return window.wanted.length;
}}"""
FOCUSED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const style = getComputedStyle(one), mark = style.outlineStyle;
    const box = one.getBoundingClientRect();
    return [[...document.querySelectorAll("*")].indexOf(window.named(one)), mark !== "none" && parseFloat(style.outlineWidth) >= 2,
        box.bottom > 0 && box.top < innerHeight, one.outerHTML.slice(0, 90)];
}"""
MISSED = """(reached) => { const all = [...document.querySelectorAll("*")];
    return window.wanted.filter((one) => !reached.includes(all.indexOf(window.named(one)))).map((one) => one.outerHTML.slice(0, 120)); }"""


PICTURES = {
    "/organizations": "organizations",
    "/organizations/import": "import",
    "/organizations/{org}/imports/{import_id}": "import-preview",
    "/organizations/{org}/conflicts/{fingerprint}": "conflict",
    "/organizations/{org}/recommendations": "recommendations",
    "/organizations/{org}/recommendations/{id_}": "recommendation",
    "/organizations/{org}/plans": "plan-form",
    "/organizations/{org}/plans/{id_}": "plan",
    "/organizations/{org}/scenarios/{id_}": "scenario",
    "/organizations/{org}/scenarios/{id_}/compare": "compare",
    "/organizations/{org}/sensitivities/{id_}": "sensitivity",
    "/organizations/{org}/model": "goals-and-plans",
    "/organizations/{org}/model/{kind}/{key}": "model",
    "/organizations/{org}/rules": "rules",
    "/organizations/{org}/rules/{rule_id}/edit": "rule-editor",
    "/organizations/{org}/assessments/{id_}": "assessment",
    "/organizations/{org}/customers": "customers",
    "/organizations/{org}/scenarios/{id_}/business-case": "business-case",
    "/organizations/{org}/roadmap": "roadmap",
    "/settings/keys": "settings-keys",
}
"""Pages of which the documentation has a picture, and its name; with CONCORD_SCREENSHOTS they are kept there."""


SEEN = "seen"
"""What is noted of a control that is marked and in sight when it is focused, at one of its stops where it has several."""


class Seen(NamedTuple):
    """What a page was like. `broad`, `narrow`: how wide it is, unfolded, in a window of 2560 and of 320 pixels; `lines`: texts whose lines
    are too long; `stretched`: fields that are too wide; `hosts`: whom it asked; `missed`: controls that Tab does not come to; `unseen`:
    controls that are focused without a mark, or out of sight; `skips`: whether the first link leads past everything; `barred`: what
    axe-core finds, by look."""

    broad: int
    narrow: int
    lines: list[Any]
    stretched: list[str]
    hosts: set[str]
    weight: int
    missed: list[str]
    unseen: list[str]
    skips: bool
    barred: dict[str, list[str]]


@pytest.fixture(scope="module")
def seen(browser: Browser) -> Iterator[dict[str, Seen]]:
    """Every page, looked at once; with CONCORD_PAGES pictures of each at a phone's and a desk's width are kept."""
    chromium.needed()
    with serving_service() as service:
        places = every_place(service.api)
        context = browser.new_context(viewport={"width": 1100, "height": 800}, locale="de")
        page = context.new_page()
        page.goto(f"{service.address}/organizations")
        page.locator("#key").fill(service.key)
        page.locator("form.sign-in button").click()
        found = {template: look(page, service.address + path, template) for template, path in places.items()}
        if folder := os.environ.get("CONCORD_SCREENSHOTS"):
            for template, name in PICTURES.items():
                page.goto(f"{service.address}{places[template]}?lang=en")
                page.screenshot(path=Path(folder) / f"page-{name}.png")
        yield found
        context.close()


def look(page: Page, address: str, template: str) -> Seen:
    """What a page is like at each width, and by keyboard."""
    hosts: set[str] = set()
    page.on("request", asked := lambda request: hosts.add(request.url.split("/")[2]))
    page.set_viewport_size({"width": 2560, "height": 1000})
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, f"{address} answers {answer.status}"
    weight = page.evaluate(
        """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
    )
    lines = [one for one in page.evaluate(LINES) if one[0] > LONGEST_LINE]
    stretched = page.evaluate(
        """(most) => [...document.querySelectorAll("main input, main select, main button")]
        .filter((one) => one.getBoundingClientRect().width > most).map((one) => one.outerHTML.slice(0, 90))""",
        WIDEST_FIELD,
    )
    name = re.sub(r"\W+", "-", template.replace("{org}", "one")).strip("-")
    if folder := os.environ.get("CONCORD_PAGES"):
        for window, width in (("phone", 380), ("desk", 1100)):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=Path(folder) / f"{name}-{window}.png", full_page=True)
    page.set_viewport_size({"width": 1100, "height": 800})
    missed, unseen, skips = by_keyboard(page, template)
    page.remove_listener("request", asked)
    others = hosts - {address.split("/")[2]}
    unfold(page)
    barred = in_every_look(page)
    narrow, broad = (width_in(page, width) for width in (320, 2560))
    return Seen(broad, narrow, lines, stretched, others, weight, missed, unseen, skips, barred)


def by_keyboard(page: Page, template: str) -> tuple[list[str], list[str], bool]:
    """Go through a page by Tab alone."""
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    marked, first = dict[int, str](), ""
    for _ in range(page.evaluate(KEYBOARD) + 5):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        index, is_marked, is_in_sight, html = focused
        first = first or html
        if marked.get(index) != SEEN:
            marked[index] = SEEN if is_marked and is_in_sight else html
    missed, unseen = page.evaluate(MISSED, list(marked)), [html for html in marked.values() if html != SEEN]
    if template == "/signin":
        return missed, unseen, True
    page.evaluate("document.querySelector('.skip').focus()")
    page.keyboard.press("Enter")
    return missed, unseen, 'class="skip"' in first and page.evaluate("document.activeElement.id") == "content"


def test_no_page_is_wider_than_its_window(seen: dict[str, Seen]) -> None:
    """Neither on a phone, which is 400 % of zoom on a small screen, nor on a wall."""
    assert {
        template: (one.narrow, one.broad) for template, one in seen.items() if (one.narrow, one.broad) != (320, 2560)
    } == {}


def test_on_a_wall_lines_can_be_read_and_nothing_is_stretched(seen: dict[str, Seen]) -> None:
    """No line of running text is longer than ninety letters, no field of one line wider than a thousand pixels."""
    assert {template: one.lines for template, one in seen.items() if one.lines} == {}
    assert {template: one.stretched for template, one in seen.items() if one.stretched} == {}


def test_pages_are_light_and_ask_nobody_else(seen: dict[str, Seen]) -> None:
    """150 kB with all that they load, from this service alone."""
    assert {template: one.weight for template, one in seen.items() if one.weight > HEAVIEST} == {}
    assert {template: one.hosts for template, one in seen.items() if one.hosts} == {}


def test_everything_can_be_reached_by_keyboard(seen: dict[str, Seen]) -> None:
    """Tab comes to every control and out again; what is focused is marked and in sight; the first link leads past everything else."""
    assert {template: one.missed for template, one in seen.items() if one.missed} == {}
    assert {template: one.unseen for template, one in seen.items() if one.unseen} == {}
    assert [template for template, one in seen.items() if not one.skips] == []


def test_axe_finds_nothing_on_any_page(seen: dict[str, Seen]) -> None:
    """In light, dark and forced colours, with everything unfolded."""
    assert {template: one.barred for template, one in seen.items() if one.barred} == {}
