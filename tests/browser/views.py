"""Every view of an embed as a page by itself, as browsers show it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.sites import Service

LOOKS = (
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"color_scheme": "light", "forced_colors": "active"},
)
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe-core that a look decides."""
AXE = Path(__file__).with_name("axe") / "axe.min.js"


@contextmanager
def shown(browser: Browser, service: Service, view: str, *, width: int = 900, **said: Any) -> Iterator[Page]:
    """A view with figures of pay, in a window of that width; `said` is said of its token."""
    token = service.token(view, **{"pay_figures": True, **said})["token"]
    headers = {"Authorization": f"Bearer {token}"}
    context = browser.new_context(viewport={"width": width, "height": 700}, extra_http_headers=headers)
    page = context.new_page()
    page.goto(f"{service.address}/embed/{view}?format=html")
    yield page
    context.close()


def violations(page: Page, *rules: str) -> list[str]:
    """What axe-core finds by these rules, or by all, each with the first element that it is about."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = page.evaluate("(how) => axe.run(document, how)", {"resultTypes": ["violations"], **only})
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


def in_every_look(page: Page) -> dict[str, list[str]]:
    """What axe-core finds in light, and of colours in dark and forced ones, by look; nothing where all is well. The page is light again
    then."""
    found = {}
    for look in LOOKS:
        page.emulate_media(**look)  # type: ignore[arg-type]
        if wrong := violations(page, *(COLOURS if look != LOOKS[0] else ())):
            found[" ".join(look.values())] = wrong
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found


def width_in(page: Page, width: int) -> int:
    """How wide the page is in a window of so many pixels."""
    page.set_viewport_size({"width": width, "height": 800})
    return int(page.evaluate("document.documentElement.scrollWidth"))


def unfold(page: Page) -> None:
    """Open all that can be unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def unfit(page: Page) -> dict[str, list[str]]:
    """What is wrong with a page, unfolded: in every look, and where it scrolls sideways, by name; nothing where all is well."""
    unfold(page)
    found = in_every_look(page)
    for width in (320, 2560):
        if (wide := width_in(page, width)) != width:
            found[str(width)] = [f"{wide} wide"]
    page.set_viewport_size({"width": 1100, "height": 800})
    return found
