"""`/organizations/…`, `/signin`: the pages that people read, and who sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx
import pytest

from app.services import sessions
from app.web.sessions import COOKIE
from tests.http_client import BASE, Client, serving
from tests.routers.test_embeds import TEMPLATE

HERE = "/v1/organizations/tallowmere"
AT = "/organizations/tallowmere"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": ""}
PARTS = (
    "",
    "/conflicts",
    "/matrix",
    "/compass",
    "/recommendations",
    "/plans",
    "/history",
    "/departments/service",
    "/conflicts/{conflict}",
    "/scenarios",
)


EDITORS = (
    "/import",
    "/model",
    "/model/document",
    "/model/incentive-plans/advisers-2026",
    "/model/kpis/new",
    "/model/kpis/aht/delete",
)
"""Pages of the model, which are there before anybody analysed it."""


@pytest.fixture(scope="module")
def owner(shared: Client) -> Iterator[Client]:
    """Somebody with a company that was analysed."""
    client = shared.another("read", "write", "admin", workspace="readers")
    with open(TEMPLATE, encoding="utf-8") as file:
        client.put(f"{HERE}/document", content=file.read(), headers={"Content-Type": "application/yaml"})
    assert client.post(f"{HERE}/analyses", json={"with_recommendations": False}).status_code == 201
    yield client


def sign_in(client: Client, key: str | None, **headers: str) -> httpx.Response:
    """What the form to sign in is answered with."""
    return client.post("/signin", content=f"key={key}&next=%2Forganizations", headers={**FORM, **headers})


def cookie(client: Client) -> str:
    """A session of the client's key."""
    came = sign_in(client, client.key)
    assert came.status_code == 303, came.text
    client._client.cookies.clear()
    return str(came.cookies[COOKIE])


def look(client: Client, path: str, secret: str, **headers: str) -> httpx.Response:
    """A page, with the cookie of a session and without a key."""
    return client.get(path, headers={"Cookie": f"{COOKIE}={secret}", "Authorization": "", **headers})


def paths(client: Client) -> list[str]:
    """Every page of the company."""
    conflict = client.get(f"{HERE}/conflicts?limit=1").json()["items"][0]["fingerprint"]
    return [AT + part.format(conflict=conflict) for part in (*PARTS, *EDITORS)]


@pytest.mark.slow
def test_every_page_needs_a_session(owner: Client) -> None:
    """Without one, and with one that nobody began, it leads to where people sign in, and back; a key in a header is none."""
    for path in ["/organizations", *paths(owner)]:
        for secret in ("", "nonsense"):
            away = look(owner, path, secret)

            assert (away.status_code, away.headers["location"]) == (
                303,
                f"{BASE}/signin?next={path.replace('/', '%2F')}",
            )


@pytest.mark.slow
def test_every_page_is_whole(owner: Client) -> None:
    """Every page is there, strict in what it lets a browser do, in English and German."""
    secret = cookie(owner)

    for path in paths(owner):
        english, german = (look(owner, path, secret, **{"Accept-Language": language}) for language in ("en", "de"))
        assert (english.status_code, german.status_code) == (200, 200), path
        assert ('lang="en"' in english.text, 'lang="de"' in german.text) == (True, True)
        assert "unsafe" not in english.headers["content-security-policy"]
        assert not re.search(r"<script(?! src=)|<style| on[a-z]+=|javascript:| style=", english.text + german.text)


@pytest.mark.slow
def test_another_workspace_sees_no_page(shared: Client, owner: Client) -> None:
    """Each is, but for its address, the very page that is shown for what nobody has."""
    stranger = shared.another("read", "write", "admin", workspace="strangers")
    secret = cookie(stranger)

    for path in paths(owner):
        foreign, absent = (
            look(stranger, path, secret),
            look(stranger, path.replace("tallowmere", "nobodys-one"), secret),
        )
        assert foreign.status_code == absent.status_code == 404
        assert _without_form(foreign.text) == _without_form(absent.text)
        assert "Tallowmere" not in foreign.text
    assert "Tallowmere" not in look(stranger, "/organizations", secret).text


def _without_form(text: str) -> str:
    return re.sub(r'value="[0-9a-f]{32}"', "", text)


def test_a_key_for_some_organizations_shows_their_pages_alone(owner: Client) -> None:
    """The others are as good as absent."""
    made = owner.post("/v1/api-keys", json={"name": "some", "scopes": ["read"], "organizations": ["other"]}).json()

    secret = cookie(owner.with_key(made["key"]))

    assert look(owner, AT, secret).status_code == 404
    assert "Tallowmere" not in look(owner, "/organizations", secret).text


def test_a_session_ends_with_its_key(owner: Client) -> None:
    """A key that is revoked shows no more page."""
    made = owner.post("/v1/api-keys", json={"name": "short", "scopes": ["read"]}).json()
    secret = cookie(owner.with_key(made["key"]))
    before = look(owner, AT, secret).status_code

    owner.delete(f"/v1/api-keys/{made['id']}", headers={"If-Match": "*"})

    assert (before, look(owner, AT, secret).status_code) == (200, 303)


def test_signing_out_ends_the_session_for_good(owner: Client) -> None:
    """By a form of its own pages alone: one that another site made, or one of another session, ends nothing."""
    secret, other = cookie(owner), cookie(owner)
    own = sessions.form_token(secret)
    wrong = [
        (sessions.form_token(other), {}),
        ("", {}),
        (own, {"Origin": "https://evil.example"}),
        (own, {"Sec-Fetch-Site": "cross-site"}),
    ]

    refused = [_sign_out(owner, secret, form, **headers).status_code for form, headers in wrong]
    still = look(owner, AT, secret).status_code
    ended = _sign_out(owner, secret, own)

    assert (refused, still) == ([403, 403, 403, 403], 200)
    assert (ended.status_code, look(owner, AT, secret).status_code) == (303, 303)
    assert look(owner, AT, other).status_code == 200


def _sign_out(client: Client, secret: str, form: str, **headers: str) -> httpx.Response:
    return client.post("/signout", content=f"form={form}", headers={**FORM, "Cookie": f"{COOKIE}={secret}", **headers})


@pytest.mark.parametrize("key", ["", "nonsense", "cnc_live_00000000_" + "0" * 49])
def test_a_key_that_is_not_good_begins_nothing(owner: Client, key: str) -> None:
    """Nor does one that may not read; all are told the same."""
    embeds = owner.another("embed").key

    refused = [sign_in(owner, one) for one in (key, embeds)]

    assert [(one.status_code, "set-cookie" in one.headers) for one in refused] == [(401, False)] * 2
    assert refused[0].text == refused[1].text
    assert (key or "no key") not in refused[0].text


def test_another_site_signs_nobody_in(owner: Client) -> None:
    """Not even with a good key: whoever looks at pages then would look at somebody else's."""
    assert sign_in(owner, owner.key, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize(
    "path", ["https://evil.example", "//evil.example", "/organizations//evil", "/organizations\\evil", "/v1/me"]
)
def test_signing_in_leads_to_pages_of_this_service_alone(owner: Client, path: str) -> None:
    """Whatever the address said where to go."""
    came = owner.post("/signin", content=f"key={owner.key}&next={path}", headers=FORM)

    assert came.headers["location"] == f"{BASE}/organizations"


def test_the_cookie_is_out_of_reach() -> None:
    """Of scripts and of other sites; over TLS, of connections without it."""
    with serving(public_url="https://concord.acme.example") as client:
        said = sign_in(client, client.key).headers["set-cookie"]

    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=43200"} <= set(said.split("; "))


def test_pages_without_anything_say_the_next_step(shared: Client) -> None:
    """No organization: how to send one; no analysis: how to make one."""
    client = shared.another("read", "write", workspace="beginners")
    secret = cookie(client)
    nobody = look(client, "/organizations", secret)
    client.put(f"{HERE}/document", json={"concord": 1, "organization": {"key": "tallowmere", "name": "New"}})

    pages: dict[str, Any] = {part: look(client, AT + part, secret) for part in PARTS[:-3]}

    assert "concord push company.yaml" in nobody.text
    assert {page.status_code for page in pages.values()} == {200}
    assert not [part for part, page in pages.items() if "concord analyze tallowmere" not in page.text]


def test_pages_tell_wikis_how_to_show_them(owner: Client) -> None:
    """Each names the address at which oEmbed is asked for it, and that is answered with a frame."""
    page = look(owner, f"{AT}/matrix", cookie(owner)).text
    found = re.search(r'type="application/json\+oembed" href="([^"]+)"', page)
    assert found is not None

    said = owner.another("embed").get(f"{unescape(found[1])}&origin=https%3A%2F%2Fwiki.acme.example")

    assert said.status_code == 200, said.text
    assert "/embed/matrix?id=emb_" in said.json()["html"]


def test_filters_of_conflicts_are_those_of_the_form(owner: Client) -> None:
    """What it does not offer narrows nothing, and is no fault of the visitor's."""
    secret = cookie(owner)

    all_, high, odd = (
        look(owner, f"{AT}/conflicts{query}", secret).text for query in ("", "?level=high", "?level=awful")
    )

    assert high.count('<li class="medium">') == 0 < high.count('<li class="high">')
    assert all_.count("<li class=") == odd.count("<li class=")
