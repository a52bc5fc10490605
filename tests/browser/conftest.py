from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.sites import Portal, Service, serving_portal, serving_service


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The service with a company that was analysed."""
    chromium.needed()
    with serving_service() as serving:
        serving.analysed()
        yield serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a module; every page has its own profile.

    It ends with the module: while it runs, no other loop can run in the thread of the tests.
    """
    with chromium.opened() as opened:
        yield opened


@pytest.fixture
def portal(service: Service) -> Iterator[Portal]:
    """A portal of its own, whose tokens are good ones of the service."""
    with serving_portal() as serving:
        serving.tokens = lambda view: (200, service.token(view, serving.address)["token"])
        yield serving


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a profile of its own."""
    context = browser.new_context(viewport={"width": 900, "height": 700})
    yield context.new_page()
    context.close()
