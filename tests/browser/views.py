"""Every view of an embed as a page by itself, as browsers show it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.sites import Service

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


def violations(page: Page) -> list[str]:
    """What axe-core finds, each with the first element that it is about."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]
