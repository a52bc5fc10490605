"""Signing in at an issuer, in a real browser: there, back, and out again, from one site to another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.sites import Service, serving_service
from tests.browser.views import in_every_look
from tests.web.issuer import issuing
from tests.web.sign_in_issuer import CLIENT, SECRET, SignInIssuer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def issuer() -> Iterator[SignInIssuer]:
    """The company's own sign-in; it shows a page before it lets anybody through."""
    chromium.needed()
    with issuing(SignInIssuer) as started:
        started.asks = True
        yield started


@pytest.fixture(scope="module")
def at_work(issuer: SignInIssuer) -> Iterator[Service]:
    """A service whose people sign in there."""
    said = {"oidc_client_id": CLIENT, "oidc_client_secret": SECRET, "oidc_scope_map": "staff=write"}
    with serving_service(oidc_issuer=issuer.url, **said) as serving:
        yield serving


@pytest.fixture
def person(browser: Browser, at_work: Service) -> Iterator[Page]:
    """Somebody who wants to see conflicts; the service is another site than the issuer for their browser."""
    context = browser.new_context(viewport={"width": 900, "height": 700}, locale="en")
    page = context.new_page()
    page.goto(f"{at_work.address.replace('127.0.0.1', 'localhost')}/organizations?lang=en")
    yield page
    context.close()


def test_somebody_signs_in_with_their_company_account_and_out_again(person: Page, issuer: SignInIssuer) -> None:
    """By one button, to the page that they wanted, under their own name; signed out here, they may sign out there, too."""
    page = person

    page.get_by_role("link", name="Sign in with your company account").click()
    page.get_by_role("link", name="Continue as Ada").click()
    came, heading = page.url, page.locator("h1").inner_text()
    greeted = page.locator("header").inner_text()
    held = {one["name"]: (one["httpOnly"], one["sameSite"]) for one in page.context.cookies()}
    page.get_by_role("button", name="Sign out").click()
    said = page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Sign out of your company account, too").click()

    assert (came.rpartition("/")[2], heading) == ("organizations?lang=en", "Organizations")
    assert "Ada Lindt" in greeted
    assert held == {"concord_session": (True, "Lax")}
    assert "You are signed out." in said
    assert page.url.startswith(f"{issuer.url}/logout?")


def test_going_back_in_the_browser_signs_nobody_in_again(person: Page) -> None:
    """The address that the issuer sent the browser to is used up, and says what to do."""
    page = person
    answers: list[str] = []
    page.on("request", lambda one: answers.append(one.url) if "/callback?" in one.url else None)
    page.get_by_role("link", name="Sign in with your company account").click()
    page.get_by_role("link", name="Continue as Ada").click()
    page.get_by_role("button", name="Sign out").click()

    page.goto(answers[0])

    assert "Sign in once more" in page.get_by_role("alert").inner_text()
    assert page.get_by_role("link", name="Sign in with your company account").is_visible()


def test_the_page_to_sign_in_is_for_everybody(person: Page) -> None:
    """axe-core finds nothing in light, dark and forced colours, nor is it wider than a phone; Tab comes to the button first."""
    page = person
    page.set_viewport_size({"width": 320, "height": 600})
    found = in_every_look(page)
    page.keyboard.press("Tab")

    assert found == {}
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("document.activeElement.className") == "go"


def test_the_page_to_sign_in_has_its_picture(person: Page, tmp_path: Path) -> None:
    """A screenshot that is not empty; with CONCORD_SCREENSHOTS it is kept for the documentation."""
    file = Path(os.environ.get("CONCORD_SCREENSHOTS") or tmp_path) / "page-sign-in.png"
    person.set_viewport_size({"width": 640, "height": 400})

    person.screenshot(path=file)

    assert file.stat().st_size > 10_000
