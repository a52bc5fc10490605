"""`/settings…`: what administrators change on pages: settings, members, keys, tokens of embeds; and what was done, on both databases."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.http_client import BASE, Client
from tests.routers.visitors import FORM, Person

TABS = ("", "/members", "/keys", "/embeds", "/audit", "/webhooks")


@pytest.fixture
def boss(tenant: Client) -> Person:
    """Somebody who may do all in a workspace of their own."""
    return Person(tenant)


@pytest.mark.slow
def test_only_administrators_are_led_to_settings(tenant: Client, boss: Person) -> None:
    """Others see what they may, and are refused the rest, by page and by form."""
    reader = Person(tenant.another("read"))
    portal = Person(tenant.another("read", "embed"))

    seen = {
        name: [who.look(f"/settings{tab}").status_code for tab in TABS]
        for name, who in (("boss", boss), ("reader", reader), ("portal", portal))
    }
    sent = [
        reader.send(path).status_code
        for path in ("/settings", "/settings/members", "/settings/keys", "/settings/embeds")
    ]

    assert seen == {
        "boss": [200, 200, 200, 200, 200, 200],
        "reader": [200, 200, 403, 403, 403, 403],
        "portal": [200, 200, 403, 200, 403, 403],
    }
    assert sent == [403, 403, 403, 403]
    assert f'href="{BASE}/settings"' in boss.look("/organizations").text
    assert f'href="{BASE}/settings"' not in reader.look("/organizations").text
    assert "<form class" not in reader.look("/settings").text + reader.look("/settings/members").text


def test_every_page_of_the_settings_is_whole_in_both_languages(boss: Person) -> None:
    """And strict in what it lets a browser do."""
    for tab in TABS:
        english, german = (boss.look(f"/settings{tab}", **{"Accept-Language": language}) for language in ("en", "de"))

        assert ('lang="en"' in english.text, 'lang="de"' in german.text) == (True, True)
        assert not re.search(r"<script(?! src=)|<style| on[a-z]+=|javascript:| style=", english.text + german.text)


def test_whoever_signs_in_comes_back_to_the_settings(tenant: Client) -> None:
    """As to every page."""
    away = tenant.get("/settings/keys", headers={"Authorization": ""}).headers["location"]
    wanted = parse_qs(urlsplit(away).query)["next"][0]

    came = tenant.post("/signin", content=f"key={tenant.key}&next={wanted}", headers=FORM)

    assert came.headers["location"] == f"{BASE}/settings/keys"


def test_four_eyes_are_asked_for_by_a_tick(tenant: Client, boss: Person) -> None:
    """On the state that the form was made on; whoever comes late sees the other one's change."""
    tag = boss.hidden("/settings", "tag")

    saved = boss.follow(boss.send("/settings", {"tag": tag, "four_eyes": "on"}))
    late = boss.send("/settings", {"tag": tag})

    assert "The settings are saved." in saved.text
    assert tenant.get("/v1/workspace-settings").json()["four_eyes"] is True
    assert (late.status_code, "Somebody changed this meanwhile" in late.text) == (412, True)


def test_a_key_is_shown_once(tenant: Client, boss: Person) -> None:
    """The page that shows it is kept by no browser; the same form again makes none and shows none; the list has its last letters."""
    once = boss.hidden("/settings/keys", "once")
    fields = {"once": once, "name": "Portal & co", "scopes": ["read", "embed"], "expires_at": "2999-01-31"}

    made, again = (boss.send("/settings/keys", fields) for _ in range(2))

    found = re.search(r"cnc_live_\w+", made.text)
    assert found is not None
    assert (made.status_code, made.headers["cache-control"]) == (200, "no-store")
    assert "cnc_live_" not in again.text + boss.look("/settings/keys").text
    assert "was made when this form was sent first" in again.text
    named = [one for one in tenant.get("/v1/api-keys").json()["items"] if one["name"] == "Portal & co"]
    assert [(one["scopes"], one["expires_at"][:10]) for one in named] == [(["read", "embed"], "2999-01-31")]
    assert f"…{found[0][-4:]}" in boss.look("/settings/keys").text
    assert tenant.with_key(found[0]).get("/v1/organizations").status_code == 200


def test_what_is_wrong_with_a_key_is_said_at_its_fields(boss: Person) -> None:
    """What was typed is kept."""
    refused = boss.send("/settings/keys", {"name": "", "expires_at": "2001-01-01", "networks": "here, 10.0.0.0/8"})

    assert refused.status_code == 422
    assert {"wrong-name", "wrong-scopes"} <= set(re.findall(r'id="(wrong-\w+)"', refused.text))
    refused = boss.send(
        "/settings/keys", {"name": "x", "scopes": "read", "expires_at": "2001-01-01", "networks": "here"}
    )
    assert {"wrong-expires_at", "wrong-networks"} <= set(re.findall(r'id="(wrong-\w+)"', refused.text))
    assert 'value="here"' in refused.text


def test_a_key_is_revoked_but_not_the_last_that_administers(tenant: Client, boss: Person) -> None:
    """Its session ends with it."""
    made = tenant.post("/v1/api-keys", json={"name": "short", "scopes": ["read"]}).json()
    other = Person(tenant.with_key(made["key"]))
    tags = dict(
        re.findall(r'/settings/keys/(\w+)/revoke".*?name="tag" value="([^"]+)"', boss.look("/settings/keys").text)
    )

    revoked = boss.follow(boss.send(f"/settings/keys/{made['id']}/revoke", {"tag": tags.pop(made["id"])}))
    ((last, tag),) = tags.items()
    kept = boss.send(f"/settings/keys/{last}/revoke", {"tag": tag})

    assert "The key is revoked." in revoked.text
    assert other.look("/organizations").status_code == 303
    assert (kept.status_code, "This is the last key" in kept.text) == (409, True)


def test_a_key_is_replaced_by_one_that_may_the_same(tenant: Client, boss: Person) -> None:
    """Both are good for a day."""
    made = tenant.post("/v1/api-keys", json={"name": "portal", "scopes": ["embed"]}).json()

    came = boss.send(f"/settings/keys/{made['id']}/rotate", {"once": "a"})
    refused = boss.send(f"/settings/keys/{made['id']}/rotate", {"once": "b"})

    found = re.search(r"cnc_live_\w+", came.text)
    assert found is not None
    assert tenant.with_key(found[0]).get("/v1/embed-tokens").status_code == 200
    assert "Another one takes its place." in came.text
    assert refused.status_code == 409


def test_members_are_added_changed_and_removed(tenant: Client, boss: Person) -> None:
    """An address that somebody has already is refused, with what was typed."""
    added = boss.follow(boss.send("/settings/members", {"name": "Ines", "email": "ines@a.example", "roles": "HR, pay"}))
    twice = boss.send("/settings/members", {"name": "Another", "email": "ines@a.example"})
    wrong = boss.send("/settings/members", {"name": "", "email": "nobody"})
    (one,) = tenant.get("/v1/members").json()["items"]
    at = f"/settings/members/{one['id']}"
    tag = boss.hidden("/settings/members", "tag")

    changed = boss.send(at, {"tag": tag, "name": "Ines Roth", "email": "ines@a.example"})
    late = boss.send(f"{at}/remove", {"tag": tag})
    removed = boss.send(f"{at}/remove", {"tag": boss.hidden("/settings/members", "tag")})

    assert "HR, pay" in added.text
    assert (twice.status_code, 'value="Another"' in twice.text) == (409, True)
    assert set(re.findall(r'id="(wrong-\w+)"', wrong.text)) == {"wrong-name", "wrong-email"}
    assert (changed.status_code, late.status_code, removed.status_code) == (303, 412, 303)
    assert tenant.get("/v1/members").json()["items"] == []


def test_a_token_of_an_embed_comes_with_what_to_paste(tenant: Client, boss: Person) -> None:
    """The frame holds the token in the fragment of its address; what stays for visitors holds none."""
    tenant.put("/v1/organizations/acme/document", json={"concord": 1, "organization": {"key": "acme", "name": "Acme"}})
    fields = {"organization": "acme", "view": "matrix", "allowed_origins": "https://portal.acme.example\n", "once": "x"}

    made = boss.send("/settings/embeds", fields)
    (token,) = tenant.get("/v1/embed-tokens").json()["items"]
    shown = unescape(made.text)
    revoked = boss.follow(boss.send(f"/settings/embeds/{token['id']}/revoke"))

    assert (made.status_code, made.headers["cache-control"]) == (200, "no-store")
    assert f"{BASE}/embed/matrix?id={token['id']}#token=" in shown
    assert '<concord-view view="matrix"></concord-view>' in shown
    assert (token["view"], token["allowed_origins"]) == ("matrix", ["https://portal.acme.example"])
    assert "#token=" not in revoked.text
    assert "Revoked." in revoked.text


def test_what_is_wrong_with_a_token_is_said_at_its_fields(tenant: Client, boss: Person) -> None:
    """A conflict needs to be named, an origin to be one; another workspace's organization is none."""
    tenant.put("/v1/organizations/acme/document", json={"concord": 1, "organization": {"key": "acme", "name": "Acme"}})

    refused = boss.send("/settings/embeds", {"organization": "acme", "view": "conflict", "allowed_origins": "portal"})
    foreign = boss.send("/settings/embeds", {"organization": "tallowmere", "view": "matrix"})

    assert refused.status_code == foreign.status_code == 422
    assert set(re.findall(r'id="(wrong-\w+)"', refused.text)) == {"wrong-narrowed", "wrong-allowed_origins"}
    assert "wrong-organization" in foreign.text
    assert tenant.get("/v1/embed-tokens").json()["items"] == []


@pytest.mark.slow
def test_what_was_done_is_paged_narrowed_and_verified(tenant: Client, boss: Person) -> None:
    """The latest first; the pages lead to each other."""
    for number in range(52):
        tenant.post("/v1/members", json={"name": f"M{number}", "email": f"m{number}@a.example"})
    first = boss.look("/settings/audit").text

    second = boss.look(_link(first, "next")).text
    narrowed = boss.look("/settings/audit?action=api_key.created").text
    verified = boss.look("/settings/audit?verify=1").text
    odd = boss.look("/settings/audit?cursor=nonsense")

    assert first.count("<td><code>member.added</code></td>") == 50
    assert 'rel="prev"' in second
    assert boss.look(_link(second, "prev")).text.count("member.added") == 50
    assert ("member.added" in narrowed, "api_key.created" in narrowed) == (False, True)
    assert "events are as they were recorded." in verified
    assert odd.status_code == 400


def _link(page: str, relation: str) -> str:
    found: Any = re.search(rf'<a href="([^"]+)" rel="{relation}"', page)
    return unescape(found[1]).removeprefix(BASE)


def test_an_endpoint_is_told_of_changes_until_it_is_switched_off(tenant: Client, boss: Person) -> None:
    """Its secret is shown once; an address that nothing is sent to is refused at its field; whoever comes late is told."""
    fields = {"url": "https://hooks.acme.example/concord", "types": ["finding.opened"], "once": "one"}

    refused = boss.send("/settings/webhooks", {"url": "http://localhost/x", "types": "finding.opened"})
    made, again = (boss.send("/settings/webhooks", fields) for _ in range(2))
    (one,) = tenant.get("/v1/webhooks").json()["items"]
    at, tag = f"/settings/webhooks/{one['id']}", boss.hidden("/settings/webhooks", "tag")
    off = boss.follow(boss.send(f"{at}/status", {"tag": tag, "status": "disabled"}))
    late = boss.send(f"{at}/remove", {"tag": tag})
    removed = boss.send(f"{at}/remove", {"tag": boss.hidden("/settings/webhooks", "tag")})

    assert (refused.status_code, 'id="wrong-url"' in refused.text, "http://localhost/x" in refused.text) == (
        422,
        True,
        True,
    )
    assert ("whsec_" in made.text, made.headers["cache-control"], "whsec_" in again.text) == (True, "no-store", False)
    assert one["types"] == ["finding.opened"]
    assert "switched off" in off.text
    assert (late.status_code, removed.status_code) == (412, 303)
    assert tenant.get("/v1/webhooks").json()["items"] == []


def test_another_workspace_sees_none_of_it(tenant: Client, boss: Person) -> None:
    """Nor changes any of it: it is as good as absent."""
    tenant.post("/v1/members", json={"name": "Ines", "email": "ines@a.example"})
    member = tenant.get("/v1/members").json()["items"][0]["id"]
    key = tenant.post("/v1/api-keys", json={"name": "hidden one", "scopes": ["read"]}).json()["id"]
    stranger = Person(tenant.another("read", "write", "admin", "embed", workspace=f"{tenant.workspace}-strangers"))

    seen = "".join(stranger.look(f"/settings{tab}").text for tab in TABS)
    sent = [
        stranger.send(path, {"tag": "x", "name": "a", "email": "a@a.example"}).status_code
        for path in (
            f"/settings/members/{member}",
            f"/settings/members/{member}/remove",
            f"/settings/keys/{key}/revoke",
            f"/settings/keys/{key}/rotate",
            "/settings/embeds/emb_none/revoke",
            "/settings/webhooks/whk_none/status",
            "/settings/webhooks/whk_none/test",
            "/settings/webhooks/whk_none/remove",
        )
    ]

    assert ("ines@a.example" in seen, "hidden one" in seen) == (False, False)
    assert sent == [404] * 8
