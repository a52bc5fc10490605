"""Embeds in a portal's page on another origin, in a real browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, Request

from tests.browser.sites import FETCHES, Portal, Service

pytestmark = pytest.mark.slow

TWO = '<concord-view view="matrix"></concord-view><concord-view view="summary"></concord-view>'
ONE = '<concord-view view="matrix"></concord-view>'


def events(page: Page, name: str) -> list[dict[str, Any]]:
    """What the portal was told so far, by the name of the event."""
    return [one for one in page.evaluate("window.events") if one["name"] == name]


def until(page: Page, name: str, times: int = 1, seconds: float = 20) -> list[dict[str, Any]]:
    """The events of a name, once there are as many."""
    ends = time.monotonic() + seconds
    while len(found := events(page, name)) < times:
        assert time.monotonic() < ends, (name, page.evaluate("window.events"))
        page.wait_for_timeout(25)
    return found


def frame_of(page: Page, view: str = "matrix") -> Frame:
    """The frame of a view."""
    return next(frame for frame in page.frames if f"/embed/{view}" in frame.url)


def height_of(page: Page) -> float:
    """How high the frame of the first view is."""
    return float(
        page.evaluate("document.querySelector('concord-view').shadowRoot.querySelector('iframe').offsetHeight")
    )


def test_two_views_stand_on_one_page_and_nothing_is_fetched_elsewhere(
    page: Page, service: Service, portal: Portal
) -> None:
    """Each with its own token; no request goes to any third host, no cookie is set, no token is in an address that is requested."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))

    page.goto(portal.page(TWO, service))
    told = until(page, "loaded", 2)

    assert {one["view"] for one in told} == {"matrix", "summary"}
    assert frame_of(page).get_by_role("heading", name="Who works against whom").is_visible()
    assert frame_of(page, "summary").get_by_role("heading", name="How the goals fit together").is_visible()
    assert {request.url.split("/")[2] for request in asked} == {service.address[7:], portal.address[7:]}
    assert not [request.url for request in asked if "eyJ" in request.url]
    assert page.context.cookies() == []


def test_a_view_grows_and_shrinks_with_what_it_shows(page: Page, service: Service, portal: Portal) -> None:
    """Unfolding the table makes the frame higher, folding it makes it as low as before; the host may cap it."""
    page.goto(portal.page(ONE, service))
    until(page, "loaded")
    page.wait_for_function(HIGHER, arg=300)
    low, summary = height_of(page), frame_of(page).locator("summary")

    summary.click()
    page.wait_for_function(HIGHER, arg=low + 50)
    summary.click()
    page.wait_for_function(
        "most => document.querySelector('concord-view').shadowRoot.querySelector('iframe').offsetHeight <= most",
        arg=low,
    )
    page.evaluate("document.querySelector('concord-view').setAttribute('max-height', '200')")

    assert height_of(page) == 200


HIGHER = "least => document.querySelector('concord-view').shadowRoot.querySelector('iframe').offsetHeight > least"


def test_what_is_picked_is_told_to_the_page_around(page: Page, service: Service, portal: Portal) -> None:
    """By keyboard alone: the event names the conflict."""
    page.goto(portal.page(ONE, service))
    until(page, "loaded")
    worst = service.worst()

    frame_of(page).locator("button.pick").first.focus()
    page.keyboard.press("Enter")

    (picked,) = until(page, "select")
    assert (picked["what"], picked["id"]) == ("conflict", worst)
    assert picked["text"] == frame_of(page).locator("button.pick").first.inner_text()


@pytest.mark.parametrize("minutes", [-10, 10])
def test_tokens_are_renewed_by_the_clock_of_the_service(
    page: Page, service: Service, portal: Portal, minutes: int
) -> None:
    """Whatever the visitor's clock says: at two thirds of the life, not before."""
    page.clock.install(time=time.time() + 60 * minutes)
    page.goto(portal.page(ONE, service))
    page.clock.run_for(1000)
    until(page, "loaded")

    page.clock.run_for(390_000)
    before = len(portal.asked)
    page.clock.run_for(15_000)
    until(page, "loaded", 2)

    assert (before, len(portal.asked)) == (1, 2)


def test_what_was_shown_stays_while_the_service_is_away(page: Page, service: Service, portal: Portal) -> None:
    """With a notice and an event; back on the net the view is renewed at once, and the notice goes."""
    page.goto(portal.page(ONE, service))
    until(page, "loaded")

    page.context.set_offline(True)
    page.evaluate("document.querySelector('concord-view').refresh()")
    (told,) = until(page, "error")
    notice = frame_of(page).locator(".notice")
    notice.wait_for(state="visible")
    assert frame_of(page).get_by_role("heading", name="Who works against whom").is_visible()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    until(page, "loaded", 2)
    notice.wait_for(state="hidden")

    assert told["reason"] == "token"
    assert told["retryIn"] > 0


def test_a_token_that_expired_is_replaced_without_a_word_of_signing_in(
    page: Page, service: Service, portal: Portal
) -> None:
    """The page hears the reason, gets the next token, and shows the view."""
    short = service.token("matrix", portal.address, ttl_seconds=1)["token"]
    given = iter([(200, short)])
    portal.tokens = lambda view: next(given, None) or (200, service.token(view, portal.address)["token"])
    time.sleep(1.1)

    page.goto(portal.page(ONE, service))
    until(page, "loaded")

    assert [one["reason"] for one in events(page, "error")] == ["expired"]
    assert frame_of(page).get_by_role("heading", name="Who works against whom").is_visible()


@pytest.mark.parametrize(
    ("reason", "heading"),
    [
        ("revoked", "This view was withdrawn."),
        ("unknown", "This view cannot be shown."),
        ("view", "The portal's token is for another view."),
        ("gone", "What this view showed is no longer there."),
    ],
)
def test_why_nothing_is_shown_is_said_in_the_frame_and_to_the_page(
    page: Page, service: Service, portal: Portal, reason: str, heading: str
) -> None:
    """A message that people understand, and an event with the reason; never a page to sign in."""
    portal.tokens = lambda _: (200, bad_token(service, portal, reason))

    page.goto(portal.page(ONE, service))
    told = until(page, "error")

    assert told[0]["reason"] == reason
    assert frame_of(page).get_by_role("heading", name=heading).is_visible()
    assert frame_of(page).locator("form, input").count() == 0


def bad_token(service: Service, portal: Portal, reason: str) -> str:
    """A token that opens nothing, for that reason."""
    made = service.token("summary" if reason == "view" else "matrix", portal.address, **_pinned(reason))
    if reason == "revoked":
        service.api.delete(f"/v1/embed-tokens/{made['id']}").raise_for_status()
    return f"{made['token'][:-6]}AAAAAA" if reason == "unknown" else str(made["token"])


def _pinned(reason: str) -> dict[str, Any]:
    return {"filters": {"analysis": "ana_" + "0" * 26}} if reason == "gone" else {}


def test_a_page_of_another_origin_gets_nothing(page: Page, service: Service, portal: Portal) -> None:
    """The component says so before anything is loaded, and a frame of one's own stays empty: the browser is told who may frame it."""
    foreign = service.token("matrix", "https://portal.acme.example")
    portal.tokens = lambda _: (200, foreign["token"])
    own = f'<iframe src="{service.address}/embed/matrix?id={foreign["id"]}#token={foreign["token"]}"></iframe>'

    page.goto(portal.page(ONE + own, service))
    (told,) = until(page, "error")
    page.wait_for_timeout(300)

    assert told["reason"] == "origin"
    assert "not among those" in page.locator("concord-view p").inner_text()
    assert not [frame for frame in page.frames if frame.url.startswith(service.address)]


def test_messages_from_others_are_not_listened_to(page: Page, service: Service, portal: Portal) -> None:
    """A page that is not the one around cannot give the frame a token, nor make the component believe that something came."""
    page.goto(portal.page(ONE, service))
    until(page, "loaded")

    page.evaluate("postMessage({v: 1, type: 'size', height: 9}, location.origin)")
    page.evaluate("postMessage({v: 1, type: 'loaded', expiresIn: 0.1}, location.origin)")
    frame_of(page).evaluate("postMessage({v: 1, type: 'token', token: 'x'}, location.origin)")
    page.wait_for_timeout(200)

    assert height_of(page) > 100
    assert len(events(page, "loaded")) == 1
    assert events(page, "error") == []


def test_a_view_that_was_removed_leaves_nothing_behind(page: Page, service: Service, portal: Portal) -> None:
    """Removed and added a hundred times: one frame, one token a time at most, one timer, and none once it is gone."""
    page.add_init_script(COUNTS_TIMERS)
    page.goto(portal.page(ONE, service))
    until(page, "loaded")

    page.evaluate(
        """() => { const view = document.querySelector("concord-view"), around = view.parentNode;
        for (let time = 0; time < 100; time += 1) { view.remove(); around.append(view); } }"""
    )
    until(page, "loaded", 2)
    frames, timers = len(page.frames) - 1, page.evaluate("window.timers.size")
    page.evaluate("document.querySelector('concord-view').remove()")

    assert (frames, timers) == (1, 1)
    assert page.evaluate("window.timers.size") == 0
    assert len(page.frames) == 1
    assert len(portal.asked) <= 102


COUNTS_TIMERS = """
window.timers = new Set();
const set = window.setTimeout, clear = window.clearTimeout;
window.setTimeout = (then, after) => { const id = set(() => { timers.delete(id); then(); }, after); timers.add(id); return id; };
window.clearTimeout = (id) => { timers.delete(id); clear(id); };
"""


def test_the_script_may_come_late(page: Page, service: Service, portal: Portal) -> None:
    """What the page has said of a view before is taken over."""
    portal.page("", service)
    late = f"""{FETCHES}
    const script = document.createElement("script");
    script.src = "{service.address}/embed.js";
    document.head.append(script);"""
    body = f'<!doctype html><html lang="en"><title>Portal</title>{ONE}<script src="/portal.js"></script></html>'
    portal.pages |= {"/": ("text/html", body), "/portal.js": ("text/javascript", late)}

    page.goto(portal.address)

    assert until(page, "loaded")[0]["view"] == "matrix"


def test_a_portal_that_signs_its_visitor_out_is_not_asked_again(page: Page, service: Service, portal: Portal) -> None:
    """Two views, one question each: nothing is tried again and again, and what was shown stays with a notice."""
    page.goto(portal.page(TWO, service))
    until(page, "loaded", 2)
    portal.tokens = lambda _: (204, "")
    before = len(portal.asked)

    page.evaluate("document.querySelectorAll('concord-view').forEach((view) => view.refresh())")
    told = until(page, "error", 2)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(300)

    assert {(one["reason"], one["retryIn"]) for one in told} == {("signed_out", None)}
    assert len(portal.asked) == before + 2
    assert frame_of(page).locator(".notice").is_visible()


def test_a_portal_whose_tokens_fail_is_asked_later_and_later(page: Page, service: Service, portal: Portal) -> None:
    """Each time about twice as long after, and told so."""
    portal.tokens = lambda _: (500, "")
    page.clock.install()

    page.goto(portal.page(ONE, service))
    for times in range(1, 5):
        page.clock.run_for(40_000)
        until(page, "error", times)

    waits = [one["retryIn"] for one in events(page, "error")][:4]
    assert all(0.8 * 2**n * 2 <= wait <= 1.2 * 2**n * 2 for n, wait in enumerate(waits))


def test_the_portal_decides_how_a_view_looks(page: Page, service: Service, portal: Portal) -> None:
    """Its custom properties and its theme reach the frame; what is no plain value does not."""
    style = "--concord-paper: rgb(10, 20, 30); --concord-ink: url(https://elsewhere.example/)"
    page.goto(portal.page(f'<concord-view view="matrix" theme="dark" style="{style}"></concord-view>', service))
    until(page, "loaded")
    frame = frame_of(page)
    frame.wait_for_function("getComputedStyle(document.body).backgroundColor === 'rgb(10, 20, 30)'")

    assert frame.evaluate("document.documentElement.dataset.theme") == "dark"
    assert frame.evaluate("document.documentElement.style.getPropertyValue('--concord-ink')") == ""


@pytest.mark.parametrize(("theme", "dark"), [("light", False), ("dark", True), ("auto", True)])
def test_themes_are_those_of_the_token(
    browser: Browser, service: Service, portal: Portal, theme: str, dark: bool
) -> None:
    """Light, dark, or what the visitor's system has, which here is dark."""
    portal.tokens = lambda view: (200, service.token(view, portal.address, theme=theme)["token"])
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()

    page.goto(portal.page(ONE, service))
    until(page, "loaded")
    paper = frame_of(page).evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()

    assert (paper == "rgb(18, 22, 27)") is dark


def test_portals_without_scripts_post_the_token_into_a_frame(
    browser: Browser, service: Service, portal: Portal
) -> None:
    """A plain form and a button: the view is whole, its table unfolds, and the token is in no address."""
    token = service.token("matrix", portal.address)["token"]
    form = (
        f'<form method="post" action="{service.address}/embed/matrix" target="view">'
        f'<input type="hidden" name="token" value="{token}"><button>Show</button></form><iframe name="view" title="View"></iframe>'
    )
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(portal.page(form, service))

    page.get_by_role("button", name="Show").click()
    frame = page.frame_locator("iframe[name=view]")
    frame.get_by_role("heading", name="Who works against whom").wait_for()
    frame.locator("summary").click()
    rows = frame.locator("details table tbody tr").count()
    addresses = [one.url for one in page.frames]
    context.close()

    assert rows > 10
    assert addresses == [f"{portal.address}/", f"{service.address}/embed/matrix"]


def test_a_frame_without_the_component_takes_its_token_from_the_fragment(
    page: Page, service: Service, portal: Portal
) -> None:
    """And takes it out of the address."""
    made = service.token("matrix", portal.address)
    address = f"{service.address}/embed/matrix?id={made['id']}#token={made['token']}"

    page.goto(portal.page(f'<iframe src="{address}" title="View"></iframe>', service))
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="Who works against whom").wait_for()

    assert "eyJ" not in frame_of(page).evaluate("location.href")


def test_portals_fetch_the_values_from_their_own_pages(page: Page, service: Service, portal: Portal) -> None:
    """JSON over another origin, where the token names it; from any other page the browser refuses."""
    made = service.token("matrix", portal.address)
    page.goto(portal.page("", service))
    ask: Callable[[str], Any] = lambda headers: page.evaluate(  # noqa: E731
        f"""async () => {{ try {{ return await (await fetch("{service.address}/embed/matrix?id={made["id"]}",
        {{headers: {headers}}})).json(); }} catch (fault) {{ return String(fault); }} }}"""
    )

    allowed = ask(f'{{Authorization: "Bearer {made["token"]}"}}')
    page.goto(portal.address.replace("localhost", "127.0.0.1") + "/")
    refused = ask(f'{{Authorization: "Bearer {made["token"]}"}}')

    assert allowed["view"] == "matrix"
    assert "TypeError" in refused
