"""`/embed/…` and `/v1/embed-tokens`: what portals may show, and to whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import yaml

from app.domain.access import Caller
from app.domain.embeds import VIEWS
from app.domain.errors import EmbedRefused
from app.services import embed_tokens
from app.services.sealing import Sealer
from tests.http_client import Client

TEMPLATE = "app/catalogue/templates/telecom.yaml"
PORTAL = "https://portal.acme.example"
HERE = "/v1/organizations/tallowmere"
PAID = {"share": 0.3719, "total": 48731, "weight": 0.6137, "rate": 28.77, "multiplier": 2.39}
"""Figures of the company's first plan."""


def company(**paid: float) -> dict[str, Any]:
    """The template's company; `paid`: other figures of its first plan and of that plan's first component."""
    with open(TEMPLATE, encoding="utf-8") as file:
        document: dict[str, Any] = yaml.safe_load(file)
    plan = document["incentive_plans"][0]
    if paid:
        plan["target_variable_pay_share"], plan["target_total_pay"] = paid["share"], paid["total"]
        plan["components"][0]["weight"], plan["components"][1]["weight"] = paid["weight"], round(1 - paid["weight"], 4)
        payout = plan["components"][0]["payout"]
        payout["rate"], payout["accelerators"][0]["multiplier"] = paid["rate"], paid["multiplier"]
    return json.loads(json.dumps(document, default=str))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def portal(shared: Client) -> Iterator[Client]:
    """Somebody who may make tokens, in a workspace with a company that was analysed."""
    owner = shared.another("read", "write", "admin", "embed", workspace="portal")
    assert owner.put(f"{HERE}/document", json=company(**PAID)).status_code == 201
    assert owner.post(f"{HERE}/analyses", json={}).status_code == 201
    yield owner


def token(client: Client, view: str, **said: Any) -> dict[str, Any]:
    """A token of a view."""
    filters: dict[str, Any] = {}
    if view == "conflict":
        filters = {"fingerprint": client.get(f"{HERE}/conflicts?limit=1").json()["items"][0]["fingerprint"]}
    if view == "department":
        filters = {"department": ["sales"]}
    asked = {"view": view, "organization": "tallowmere", "filters": filters, "allowed_origins": [PORTAL], **said}
    made = client.post("/v1/embed-tokens", json=asked)
    assert made.status_code == 201, made.text
    return dict(made.json())


def shown(client: Client, view: str, text: str, **headers: str) -> Any:
    """The view, asked for with a token."""
    return client.get(f"/embed/{view}", headers={"Authorization": f"Bearer {text}", **headers})


@pytest.mark.parametrize("view", VIEWS)
def test_a_token_opens_its_view_and_nothing_else(portal: Client, view: str) -> None:
    """As JSON and as a page; every other view is refused, and the API does not know the token."""
    text = token(portal, view)["token"]

    answer, page = shown(portal, view, text), shown(portal, view, text, Accept="text/html")
    others = {other: shown(portal, other, text) for other in VIEWS if other != view}
    me = portal.get("/v1/me", headers={"Authorization": f"Bearer {text}"})

    assert answer.json()["view"] == view
    assert answer.json()["organization"] == {"key": "tallowmere", "name": "Tallowmere Telecom"}
    assert page.text.startswith("<!doctype html>")
    assert {one.status_code for one in others.values()} == {403}
    assert {one.json()["type"].rpartition("/")[2] for one in others.values()} == {"embed-view"}
    assert me.status_code == 401


def test_a_page_names_the_analysis_that_it_shows(portal: Client) -> None:
    """So that a printed report and a portal can be held against each other: id, day, revision and content hash."""
    analysis = portal.get(f"{HERE}/analyses?limit=1").json()["items"][0]
    text = token(portal, "matrix", filters={"analysis": analysis["id"]})["token"]

    page = shown(portal, "matrix", text, Accept="text/html")

    assert page.headers["Concord-Analysis"] == analysis["id"]
    assert analysis["id"] in page.text
    assert analysis["content_hash"][:15] in page.text


def test_how_long_a_token_lives_on_is_told_by_the_clock_of_the_service(portal: Client) -> None:
    """Every answer says the seconds that are left."""
    text = token(portal, "trend", ttl_seconds=900)["token"]

    left = int(shown(portal, "trend", text).headers["Concord-Expires-In"])

    assert 880 < left <= 900


def test_a_token_whose_time_is_over_opens_nothing(portal: Client) -> None:
    """Whoever has one that was good is told so; an instant before it still opened the view."""
    store, sealer = portal.app.state.store, portal.app.state.sealer
    made = token(portal, "matrix")
    ends = datetime.fromisoformat(made["expires_at"])

    before = embed_tokens.admitted(store, sealer, made["token"], "matrix", ends - timedelta(milliseconds=1))

    assert before.token.id == made["id"]
    with pytest.raises(EmbedRefused) as refused:
        embed_tokens.admitted(store, sealer, made["token"], "matrix", ends)
    assert refused.value.reason == "expired"


def test_a_revoked_token_opens_nothing_from_then_on(portal: Client) -> None:
    """The refusal says so; revoking it again changes nothing."""
    made = token(portal, "matrix")
    before = shown(portal, "matrix", made["token"]).status_code

    revoked = [portal.delete(f"/v1/embed-tokens/{made['id']}").status_code for _ in range(2)]
    after = shown(portal, "matrix", made["token"])

    assert (before, revoked, after.status_code) == (200, [204, 204], 401)
    assert after.json()["type"].endswith("/problems/embed-revoked")
    assert portal.get(f"/v1/embed-tokens/{made['id']}").json()["revoked_at"] <= datetime.now(UTC).isoformat()


@pytest.mark.parametrize("change", ["signature", "claims", "header", "nonsense", "none"])
def test_a_token_that_we_did_not_make_is_refused_as_any_unknown_credential(portal: Client, change: str) -> None:
    """Whatever was changed of it, the answer is the one that all get who show none."""
    header, claims, signature = token(portal, "matrix")["token"].split(".")
    other = token(portal, "summary")["token"].split(".")[1]
    texts = {
        "signature": f"{header}.{claims}.{signature[:-4]}AAAA",
        "claims": f"{header}.{other}.{signature}",
        "header": f"eyJhbGciOiJub25lIn0.{claims}.{signature}",
        "nonsense": "open sesame",
        "none": "",
    }

    answer = shown(portal, "matrix", texts[change])

    assert answer.status_code == 401
    assert answer.json()["type"].endswith("/problems/unauthenticated")


def test_a_token_in_the_address_is_never_taken(portal: Client) -> None:
    """Addresses are kept in logs: it is refused, good as it is."""
    text = token(portal, "matrix")["token"]

    refused = portal.get(f"/embed/matrix?token={text}", headers={"Authorization": ""})

    assert refused.status_code in (400, 401)
    assert text not in refused.text


def test_tokens_of_a_key_that_cannot_be_opened_any_more_are_unknown(portal: Client) -> None:
    """Whoever loses the key that seals loses what was signed; the next token is signed by a new key, and opens its view."""
    made, state = token(portal, "matrix"), portal.app.state
    now, before = datetime.now(UTC), state.sealer
    caller = Caller(portal.get("/v1/me").json()["workspace"], "tests", "tests", frozenset({"embed"}))
    asked = {"view": "matrix", "organization": "tallowmere"}
    another = Sealer(["another key than before"])

    anew = embed_tokens.issue(state.store, another, caller, asked, now)

    assert anew.text is not None
    assert embed_tokens.admitted(state.store, another, anew.text, "matrix", now).token.id == anew.id
    with pytest.raises(EmbedRefused):
        embed_tokens.admitted(state.store, another, made["token"], "matrix", now)
    assert embed_tokens.admitted(state.store, before, made["token"], "matrix", now).token.id == made["id"]


def test_who_may_frame_a_view_is_what_its_token_says(portal: Client) -> None:
    """The frame and the view name the token's origins to the browser; without any, and with an id that nobody has, it is nobody."""
    two, none = (
        token(portal, "matrix", allowed_origins=[PORTAL, "https://wiki.acme.example:8443"]),
        token(portal, "matrix", allowed_origins=[]),
    )

    said = [
        portal.get(f"/embed/matrix?id={two['id']}", headers={"Authorization": "", "Accept": "text/html"}),
        shown(portal, "matrix", two["token"], Accept="text/html"),
        portal.get(f"/embed/matrix?id={none['id']}", headers={"Authorization": "", "Accept": "text/html"}),
        portal.get(f"/embed/matrix?id=emb_{'0' * 26}", headers={"Authorization": "", "Accept": "text/html"}),
    ]
    ancestors = [one.headers["content-security-policy"].rpartition("frame-ancestors ")[2] for one in said]

    both = f"{PORTAL} https://wiki.acme.example:8443"
    assert ancestors == [both, both, "'none'", "'none'"]
    assert not [one for one in said if "set-cookie" in one.headers]
    assert not [one for one in said if "unsafe" in one.headers["content-security-policy"]]


def test_pages_of_the_origins_alone_may_read_the_answer(portal: Client) -> None:
    """An exact list: neither what asks is echoed, nor are others, a beginning of an origin or `null` let in."""
    made = token(portal, "matrix")
    path, asking = f"/embed/matrix?id={made['id']}", {"Access-Control-Request-Method": "GET", "Authorization": ""}

    allowed = {
        origin: (
            portal.request("OPTIONS", path, headers={"Origin": origin, **asking}).headers.get(
                "access-control-allow-origin"
            ),
            shown(portal, "matrix", made["token"], Origin=origin).headers.get("access-control-allow-origin"),
        )
        for origin in (
            PORTAL,
            f"{PORTAL}.evil.example",
            "https://portal.acme.exampl",
            "null",
            "http://portal.acme.example",
        )
    }

    assert allowed.pop(PORTAL) == (PORTAL, PORTAL)
    assert set(allowed.values()) == {(None, None)}


def test_a_form_may_bring_the_token(portal: Client) -> None:
    """For pages without scripts: the view, or a page that says why there is none; the answer to a form is never JSON."""
    form = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": "", "Accept": "text/html"}
    made = token(portal, "matrix")

    good = portal.post("/embed/matrix", content=f"token={made['token']}", headers=form)
    bad = portal.post("/embed/matrix", content="token=nonsense", headers={**form, "Accept-Language": "de"})

    assert (good.status_code, "Who works against whom" in good.text) == (200, True)
    assert (bad.status_code, "Diese Ansicht kann nicht gezeigt werden." in bad.text) == (401, True)


FIGURES = (
    "0.3719",
    "37.19",
    "48731",
    "48,731",
    "0.6137",
    "61.37",
    "0.2282",
    "22.8",
    "of total pay",
    "variable",
    "28.77",
    "2.39",
)
"""Figures of the first plan, as numbers and in words."""


@pytest.mark.parametrize("view", VIEWS)
def test_figures_of_pay_are_left_out(portal: Client, view: str) -> None:
    """No share, weight or amount of the plan, in no form; nor are what a change costs, or the arithmetic that they go into."""
    text = token(portal, view)["token"]

    said = shown(portal, view, text).text + unescape(shown(portal, view, text, Accept="text/html").text)

    assert [one for one in FIGURES if one in said] == []
    assert not {"pay", "cost", "arithmetic", "explanation", "rationale"} & _members(shown(portal, view, text).json())


def _members(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for inner in value.values() for name in _members(inner)}
    return {name for inner in value for name in _members(inner)} if isinstance(value, list) else set()


def test_figures_of_pay_are_there_where_the_token_allows_them(portal: Client) -> None:
    """The weights of a plan and the shares of pay, what a change costs, and how a severity was reckoned."""
    said = {view: shown(portal, view, token(portal, view, pay_figures=True)["token"]).json() for view in VIEWS}

    plan = next(one for one in said["department"]["pay"] if one["plan"] == "advisers-2026")
    part = next(one for one in plan["components"] if one["key"] == "advisers-new-customers")
    assert (plan["variable_share"], part["weight"], part["share_of_pay"]) == (0.3719, 0.6137, 0.2282)
    assert {"weight_moved", "pay_moved", "plans", "people"} <= set(said["recommendations"]["items"][0]["cost"])
    assert said["conflict"]["arithmetic"][-1].startswith("severity")
    assert [one["title"] for one in said["conflicts"]["items"] if "2.39 times above target" in one["title"]]


@pytest.mark.parametrize("view", VIEWS)
def test_another_workspace_sees_nothing(shared: Client, portal: Client, view: str) -> None:
    """It gets no token of an organization that it does not have, and one of its own of that name shows its own, which is empty."""
    stranger = shared.another("read", "write", "embed", workspace=f"stranger-{view}")
    asked = {"view": view, "organization": "tallowmere", "filters": token(portal, view)["filters"]}

    refused = stranger.post("/v1/embed-tokens", json=asked)
    stranger.put(f"{HERE}/document", json={"concord": 1, "organization": {"key": "tallowmere", "name": "Nobody"}})
    text = stranger.post("/v1/embed-tokens", json=asked).json()["token"]
    own, page = shown(stranger, view, text), shown(stranger, view, text, Accept="text/html")

    assert refused.status_code == 404
    assert own.json() == {"view": view, "locale": "en", "organization": {"key": "tallowmere", "name": "Nobody"}}
    assert "There is no analysis yet." in page.text
    assert "Tallowmere" not in page.text


def test_tokens_of_another_workspace_do_not_exist(shared: Client, portal: Client) -> None:
    """They are neither shown, nor revoked, nor listed; and one still opens its view after somebody tried."""
    stranger = shared.another("embed", "admin", workspace="strangers")
    made = token(portal, "matrix")

    seen = [stranger.request(method, f"/v1/embed-tokens/{made['id']}").status_code for method in ("GET", "DELETE")]

    assert seen == [404, 404]
    assert stranger.get("/v1/embed-tokens").json()["items"] == []
    assert shown(portal, "matrix", made["token"]).status_code == 200


def test_a_key_for_some_organizations_makes_tokens_for_these_alone(portal: Client) -> None:
    """Another one is as good as absent."""
    made = portal.post("/v1/api-keys", json={"name": "wiki", "scopes": ["embed"], "organizations": ["other"]}).json()
    limited = portal.with_key(made["key"])

    refused = limited.post("/v1/embed-tokens", json={"view": "matrix", "organization": "tallowmere"})

    assert refused.status_code == 404
    assert limited.get("/v1/embed-tokens").json()["items"] == []


@pytest.mark.parametrize(
    ("said", "pointer", "code"),
    [
        ({"view": "matrixx"}, "#/view", "not_one_of"),
        ({"view": "matrix", "ttl_seconds": 901}, "#/ttl_seconds", "too_large"),
        ({"view": "matrix", "filters": {"level": ["high"]}}, "#/filters/level", "unknown_member"),
        ({"view": "conflict"}, "#/filters/fingerprint", "missing"),
        ({"view": "department", "filters": {"department": ["a", "b"]}}, "#/filters/department", "too_many"),
        ({"view": "matrix", "allowed_origins": ["https://Portal.acme.example/"]}, "#/allowed_origins/0", "bad_form"),
        ({"view": "matrix", "allowed_origins": ["*"]}, "#/allowed_origins/0", "bad_form"),
        ({"view": "matrix", "allowed_origins": ["http://portal.acme.example"]}, "#/allowed_origins/0", "bad_form"),
        ({"view": "matrix", "allowed_origins": [PORTAL, PORTAL]}, "#/allowed_origins/1", "duplicate_item"),
    ],
)
def test_what_cannot_be_a_token_is_refused_with_its_place(
    portal: Client, said: dict[str, Any], pointer: str, code: str
) -> None:
    """And nothing is made."""
    before = len(portal.get("/v1/embed-tokens?limit=200").json()["items"])

    refused = portal.post("/v1/embed-tokens", json={"organization": "tallowmere", **said})

    assert refused.status_code == 422
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [(pointer, code)]
    assert len(portal.get("/v1/embed-tokens?limit=200").json()["items"]) == before


def test_an_origin_that_is_nearly_right_is_told_how_it_is_written(portal: Client) -> None:
    """Browsers write origins in small letters and without a slash."""
    origins = ["https://Portal.acme.example/"]

    refused = portal.post(
        "/v1/embed-tokens", json={"view": "matrix", "organization": "tallowmere", "allowed_origins": origins}
    )

    assert refused.json()["errors"][0]["hint"] == f"did you mean '{PORTAL}'?"


def test_who_asks_again_gets_the_same_token(portal: Client) -> None:
    """With the same `Idempotency-Key`; the token itself is kept nowhere, it is signed anew and is the same."""
    asked = {"view": "matrix", "organization": "tallowmere", "allowed_origins": [PORTAL]}

    first, second = (
        portal.post("/v1/embed-tokens", json=asked, headers={"Idempotency-Key": "once"}).json() for _ in range(2)
    )

    assert first == second
    assert shown(portal, "matrix", first["token"]).status_code == 200
    assert "token" not in portal.get(f"/v1/embed-tokens/{first['id']}").json()


def test_views_speak_the_language_of_the_token(portal: Client) -> None:
    """Before that of the visitor; without one it is the visitor's."""
    german, plain = token(portal, "summary", locale="de-AT")["token"], token(portal, "summary")["token"]

    pages = [
        shown(portal, "summary", text, Accept="text/html", **{"Accept-Language": wanted}).text
        for text, wanted in ((german, "en"), (plain, "de"), (plain, "en"))
    ]

    assert ['lang="de"' in page for page in pages] == [True, True, False]
    assert ["Ausrichtungsindex" in page for page in pages] == [True, True, False]


def test_who_has_a_page_already_is_not_sent_it_again(portal: Client) -> None:
    """Its tag is that of its content; it is compressed where the client takes that."""
    text = token(portal, "matrix")["token"]
    plain = shown(portal, "matrix", text, Accept="text/html", **{"Accept-Encoding": "identity"})
    packed = shown(portal, "matrix", text, Accept="text/html", **{"Accept-Encoding": "gzip"})

    again = shown(portal, "matrix", text, Accept="text/html", **{"If-None-Match": plain.headers["etag"]})

    assert plain.text == packed.text
    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, "gzip")
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert again.status_code == 304


@pytest.mark.slow
def test_what_a_document_says_never_becomes_markup(shared: Client) -> None:
    """A department with a tag for a name is shown by that name."""
    client = shared.another("read", "write", "embed", workspace="markup")
    document = company()
    document["departments"][2]["name"] = "<script>alert(1)</script>"
    client.put(f"{HERE}/document", json=document)
    client.post(f"{HERE}/analyses", json={"with_recommendations": False})

    pages = {view: shown(client, view, token(client, view)["token"], Accept="text/html") for view in VIEWS}

    assert {page.status_code for page in pages.values()} == {200}
    assert not [view for view, page in pages.items() if "<script" in page.text]
    assert "&lt;script&gt;" in pages["compass"].text


def test_the_script_of_the_component_is_found_by_its_hash(portal: Client) -> None:
    """`/embed.js` leads to it for a short while; under its hash it may be kept for ever, and holds what the hash is of."""
    leads = portal.get("/embed.js")
    script = portal.get(leads.headers["location"])

    assert (leads.status_code, leads.headers["cache-control"]) == (302, "public, max-age=300")
    assert "immutable" in script.headers["cache-control"]
    assert 'customElements.define("concord-view"' in script.text
    assert portal.get("/static/concord-0000000000000000.css").status_code == 404


def test_wikis_get_a_frame_for_the_address_of_a_page(portal: Client) -> None:
    """By oEmbed: the token in the frame's fragment opens that view, for the wiki's pages alone; other addresses have none."""
    wiki, base = "https://wiki.acme.example", "http://concord.test"
    said = portal.get("/v1/oembed", params={"url": f"{base}/organizations/tallowmere/matrix", "origin": wiki})

    text = said.json()["html"].partition("#token=")[2].partition('"')[0]
    elsewhere = portal.get("/v1/oembed", params={"url": "https://elsewhere.example/x", "origin": wiki})
    nothing = portal.get("/v1/oembed")

    assert (said.json()["type"], said.json()["version"]) == ("rich", "1.0")
    assert shown(portal, "matrix", text).headers.get("Concord-Analysis")
    assert shown(portal, "matrix", text, Origin=wiki).headers["access-control-allow-origin"] == wiki
    assert elsewhere.status_code == 404
    assert [(one["parameter"], one["code"]) for one in nothing.json()["errors"]] == [
        ("url", "missing"),
        ("origin", "missing"),
    ]
