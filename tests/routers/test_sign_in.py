"""`/signin/oidc`: people sign in at an issuer, and nobody else in their place."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey

from app.main import application
from app.services import sessions
from app.settings import Settings
from app.web.people import COOKIE as WAY
from app.web.sessions import COOKIE
from tests.databases import KINDS, fresh
from tests.http_client import BASE, UNLIMITED, Client, a_key, serving
from tests.web.issuer import KEYS, issuing, token
from tests.web.sign_in_issuer import CLIENT, SECRET, SignInIssuer

GO = "/signin/oidc"
BACK = f"{GO}/callback"
AT = "/organizations/acme/conflicts?level=high"
TRY_AGAIN = "was not begun in this browser"
NOT_CONFIRMED = "could not be confirmed"


@pytest.fixture(scope="module")
def started() -> Iterator[SignInIssuer]:
    with issuing(SignInIssuer) as issuer:
        yield issuer


@pytest.fixture(scope="module", params=KINDS)
def service(request: pytest.FixtureRequest, started: SignInIssuer) -> Iterator[Client]:
    """A service whose people sign in there, with a database of each kind in turn."""
    with serving(request.param, **settings_of(started)) as client:
        yield client


@pytest.fixture
def issuer(started: SignInIssuer) -> SignInIssuer:
    """As it was in the beginning."""
    fresh_one = SignInIssuer.__new__(SignInIssuer)
    SignInIssuer.__init__(fresh_one, _Port(int(started.url.rpartition(":")[2])))  # type: ignore[arg-type]
    started.__dict__.update(fresh_one.__dict__)
    return started


class _Port:
    def __init__(self, port: int) -> None:
        self.server_port = port


def settings_of(issuer: SignInIssuer, **others: Any) -> dict[str, Any]:
    return {
        "oidc_issuer": issuer.url,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET,
        "oidc_scope_map": "staff=write; guests=embed",
        **others,
    }


class Browser:
    """A browser of its own: it has its cookies and follows nothing by itself."""

    def __init__(self, service: Client) -> None:
        self._service = service
        self.cookies: dict[str, str] = {}

    def get(self, address: str, **headers: str) -> httpx.Response:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._service._client.cookies.clear()
        came = self._service.get(address, headers={"Authorization": "", "Cookie": jar, **headers})
        self._service._client.cookies.clear()
        for name, value in came.cookies.items():
            self.cookies[name] = value
        for said in came.headers.get_list("set-cookie"):
            if "Max-Age=0" in said:
                self.cookies.pop(said.partition("=")[0], None)
        return came

    def sent_back(self, wanted: str = "/organizations") -> str:
        """Begin to sign in, and say where the issuer sends the browser back to."""
        went = self.get(f"{GO}?next={wanted.replace('/', '%2F').replace('?', '%3F').replace('=', '%3D')}")
        assert went.status_code == 303, went.text
        return str(httpx.get(went.headers["location"]).headers["location"])

    def signed_in(self, wanted: str = "/organizations") -> httpx.Response:
        """Sign in; the last answer of the service."""
        return self.get(self.sent_back(wanted))


@pytest.fixture
def browser(service: Client) -> Browser:
    return Browser(service)


def test_whoever_signs_in_at_the_issuer_comes_back_to_what_they_wanted(issuer: SignInIssuer, browser: Browser) -> None:
    """With the rights that their groups give in the workspace of their token; pages call them by their name."""
    came = browser.signed_in(AT)

    assert (came.status_code, came.headers["location"]) == (303, BASE + AT)
    assert set(browser.cookies) == {COOKIE}
    page = browser.get("/organizations")
    assert (page.status_code, "Ada Lindt" in page.text) == (200, True)


def test_the_issuer_is_asked_for_a_code_that_this_browser_alone_can_use(issuer: SignInIssuer, browser: Browser) -> None:
    """Parameters that the issuer's own address has stay; state, nonce and verifier are new each time and tell nothing of each other."""
    addresses = [urlsplit(browser.get(GO).headers["location"]) for _ in range(2)]
    first, second = (dict(parse_qsl(address.query)) for address in addresses)

    assert addresses[0].path == "/authorize"
    assert {name: first[name] for name in first if first[name] == second[name]} == {
        "tenant": "1",
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": BASE + BACK,
        "scope": "openid profile",
        "code_challenge_method": "S256",
    }
    assert set(first) - {"tenant"} >= {"state", "nonce", "code_challenge"}
    assert all(len(first[name]) == 43 for name in ("state", "nonce", "code_challenge"))


def test_the_cookie_of_the_way_is_out_of_reach_and_short_lived(issuer: SignInIssuer) -> None:
    """Of scripts, of other sites' requests, of other paths; what it holds is sealed."""
    with serving(public_url="https://concord.acme.example", **settings_of(issuer)) as service:
        went = service.get(f"{GO}?next=%2Forganizations%2Facme", headers={"Authorization": ""})
    said = went.headers["set-cookie"]
    query = dict(parse_qsl(urlsplit(went.headers["location"]).query))

    assert {"HttpOnly", "Secure", "SameSite=lax", f"Path={GO}", "Max-Age=600"} <= set(said.split("; "))
    assert query["redirect_uri"] == f"https://concord.acme.example{BACK}"
    assert "acme" not in said
    assert query["state"] not in said


@pytest.mark.parametrize(
    ("secret", "says"),
    [(SECRET, {}), (SECRET, {"token_endpoint_auth_methods_supported": ["client_secret_post"]}), ("", {})],
    ids=["basic", "post", "public"],
)
def test_the_client_shows_its_secret_as_the_issuer_wants_it(issuer: SignInIssuer, secret: str, says: Any) -> None:
    """In the header unless the issuer takes forms alone; a public client has none, and PKCE is enough."""
    issuer.secret = secret
    issuer.says = {**issuer.says, **says}
    with serving(**settings_of(issuer, oidc_client_secret=secret)) as service:
        assert Browser(service).signed_in().headers["location"] == f"{BASE}/organizations"


@pytest.mark.parametrize(
    "path", ["https://evil.example", "//evil.example", "/organizations//evil", "/organizations\\evil", "/v1/me"]
)
def test_signing_in_leads_to_pages_of_this_service_alone(issuer: SignInIssuer, browser: Browser, path: str) -> None:
    """Whatever the address said where to go."""
    assert browser.signed_in(path).headers["location"] == f"{BASE}/organizations"


def test_what_came_back_signs_in_once(issuer: SignInIssuer, browser: Browser) -> None:
    """The same address again is nobody's; nor is it anybody's with the cookie that it came with: the issuer takes no code twice."""
    back = browser.sent_back()
    way = browser.cookies[WAY]
    first = browser.get(back)
    browser.cookies.pop(COOKIE)

    again = browser.get(back)
    browser.cookies[WAY] = way
    with_cookie = browser.get(back)

    assert first.status_code == 303
    assert (again.status_code, TRY_AGAIN in again.text) == (400, True)
    assert (with_cookie.status_code, "was used already" in with_cookie.text) == (400, True)
    assert COOKIE not in browser.cookies


def test_nobody_signs_in_by_an_address_that_somebody_else_was_sent_to(
    issuer: SignInIssuer, service: Client, browser: Browser
) -> None:
    """Neither without a way of their own, nor in the middle of one, which they can still finish."""
    others = Browser(service).sent_back()

    without = browser.get(others)
    own = browser.sent_back()
    amid = browser.get(others)
    finished = browser.get(own)

    assert [(one.status_code, TRY_AGAIN in one.text) for one in (without, amid)] == [(400, True), (400, True)]
    assert finished.status_code == 303


@pytest.mark.parametrize("cookie", ["", "nonsense", "gAAAAABo"])
def test_a_cookie_that_this_service_did_not_seal_is_none(issuer: SignInIssuer, browser: Browser, cookie: str) -> None:
    """Nor is something else that it sealed."""
    back = browser.sent_back()
    seal = browser._service.app.state.sealer.seal

    for other in (cookie, seal("[]"), seal(json.dumps({"for": "webhooks"})), seal("x")):
        browser.cookies[WAY] = other
        assert browser.get(back).status_code == 400


def test_a_way_that_took_too_long_is_over(issuer: SignInIssuer, browser: Browser) -> None:
    """The cookie says until when it is good, whatever the browser makes of that."""
    back = browser.sent_back()
    seals = browser._service.app.state.sealer
    kept = json.loads(seals.open(browser.cookies[WAY]))
    lasts = kept["until"] - datetime.now(UTC).timestamp()
    browser.cookies[WAY] = seals.seal(json.dumps({**kept, "until": kept["until"] - 601}))

    came = browser.get(back)

    assert 590 < lasts <= 600
    assert (came.status_code, TRY_AGAIN in came.text) == (400, True)


@pytest.mark.parametrize("named", ["https://evil.example", "", "http://127.0.0.1"])
def test_an_answer_of_another_issuer_is_refused(issuer: SignInIssuer, browser: Browser, named: str) -> None:
    """Before its code is shown to anybody (RFC 9207); so is one that names nobody where the issuer says that it names itself."""
    issuer.names_itself = named

    came = browser.signed_in()

    assert (came.status_code, NOT_CONFIRMED in came.text, issuer.forms) == (401, True, [])


def test_an_issuer_that_does_not_name_itself_need_not(issuer: SignInIssuer) -> None:
    """Most do not yet."""
    issuer.says, issuer.names_itself = {}, ""
    with serving(**settings_of(issuer)) as service:
        assert Browser(service).signed_in().status_code == 303


NOW = int(datetime.now(UTC).timestamp())
STRANGE: dict[str, dict[str, Any]] = {
    "no nonce": {"nonce": None},
    "the nonce of another attempt": {"nonce": "x" * 43},
    "a nonce that is no text": {"nonce": ["x"]},
    "another issuer": {"iss": "https://evil.example"},
    "for another client": {"aud": "hr-portal"},
    "for the API": {"aud": "concord"},
    "for several, given to another": {"aud": [CLIENT, "hr-portal"], "azp": "hr-portal"},
    "for several, given to nobody": {"aud": [CLIENT, "hr-portal"]},
    "given to another": {"azp": "hr-portal"},
    "expired": {"exp": NOW - 3_600},
    "never expiring": {"exp": None},
    "issued in the future": {"iat": NOW + 3_600},
    "of nobody": {"sub": None},
    "without a workspace": {"workspace": None},
}


@pytest.mark.parametrize("what", STRANGE)
def test_a_token_that_says_something_else_signs_nobody_in(issuer: SignInIssuer, browser: Browser, what: str) -> None:
    """Though the issuer signed it."""
    issuer.changes = STRANGE[what]

    came = browser.signed_in()

    assert (came.status_code, NOT_CONFIRMED in came.text, COOKIE in browser.cookies) == (401, True, False)


def unsigned(claims: dict[str, Any]) -> str:
    """With the algorithm `none`."""
    parts = ({"alg": "none", "kid": "rsa-1"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts) + "."


FORGED: dict[str, Any] = {
    "none": unsigned,
    "a key of somebody else": lambda claims: token(claims, key=RSAKey.generate_key(2048, {"kid": "rsa-1"})),
    "a key for another algorithm": lambda claims: token(claims, "ES256", kid="rsa-1"),
    "changed after": lambda claims: token(claims)[:-9] + "AAAAAAAAA",
    "no token": lambda claims: "nonsense",
    "nothing": lambda claims: None,
    "a list": lambda claims: [token(claims)],
    "without end": lambda claims: token({**claims, "much": "x" * 20_000}),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_token_that_the_issuer_did_not_sign_signs_nobody_in(
    issuer: SignInIssuer, browser: Browser, what: str
) -> None:
    """It is checked as tokens of the API are."""
    issuer.signs = FORGED[what]

    came = browser.signed_in()

    assert (came.status_code, NOT_CONFIRMED in came.text, COOKIE in browser.cookies) == (401, True, False)


@pytest.mark.parametrize("algorithm", KEYS)
def test_tokens_are_signed_in_each_way_that_is_accepted(issuer: SignInIssuer, browser: Browser, algorithm: str) -> None:
    """RSA, elliptic and Edwards curves."""
    issuer.signs = lambda claims: token(claims, algorithm)

    assert browser.signed_in().status_code == 303


@pytest.mark.parametrize(
    ("error", "status", "english", "german"),
    [
        ("access_denied", 403, "was cancelled", "wurde abgebrochen"),
        ("login_required", 403, "was cancelled", "wurde abgebrochen"),
        ("temporarily_unavailable", 503, "cannot be reached", "nicht erreichbar"),
        ("invalid_scope", 503, "does not know this Concord", "kennt dieses Concord nicht"),
        ("<script>alert(1)</script>", 503, "does not know this Concord", "kennt dieses Concord nicht"),
    ],
)
def test_what_the_issuer_refuses_is_said_in_a_sentence(
    issuer: SignInIssuer, browser: Browser, error: str, status: int, english: str, german: str
) -> None:
    """On the page to sign in, in English and German, without a word of the issuer's own; what they wanted to see is kept."""
    issuer.denies = error

    one, other = (browser.get(browser.sent_back(AT), **{"Accept-Language": language}) for language in ("en", "de"))

    assert (one.status_code, other.status_code) == (status, status)
    assert (english in one.text, german in other.text) == (True, True)
    assert error not in one.text
    assert 'value="/organizations/acme/conflicts?level=high"' in one.text


def test_a_secret_that_the_issuer_does_not_know_is_told_to_whoever_runs_the_service(
    issuer: SignInIssuer, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    """In the log, where neither the secret nor a code is found."""
    issuer.secret = "another"
    back = browser.sent_back()

    with caplog.at_level(logging.DEBUG):
        came = browser.get(back)

    assert (came.status_code, "finds the reason in its log" in came.text) == (503, True)
    log = "".join(
        record.getMessage() for record in caplog.records if record.name != "httpx" or BASE not in record.getMessage()
    )
    assert f"{issuer.url} does not sign people in: invalid_client" in log
    assert not [one for one in (SECRET, dict(parse_qsl(urlsplit(back).query))["code"]) if one in log]


def test_an_issuer_that_is_away_signs_nobody_in(issuer: SignInIssuer) -> None:
    """At either end of the way it is said so; keys go on working, and the button stays."""
    with serving(**settings_of(issuer)) as service:
        issuer.down = True
        before = Browser(service).get(GO)
        issuer.down = False
    with serving(**settings_of(issuer)) as service:
        browser = Browser(service)
        back = browser.sent_back()
        issuer.down = True
        after = browser.get(back)
        by_key = service.post(
            "/signin", content=f"key={service.key}", headers={"Content-Type": "application/x-www-form-urlencoded"}
        )

    assert [(one.status_code, "cannot be reached" in one.text) for one in (before, after)] == [(503, True)] * 2
    assert f'href="{BASE}{GO}?next=%2Forganizations"' in before.text
    assert by_key.status_code == 303


@pytest.mark.parametrize(
    "says",
    [
        {"authorization_endpoint": "http://id.example/authorize"},
        {"authorization_endpoint": None},
        {"token_endpoint": "javascript:alert(1)"},
        {"issuer": "https://evil.example"},
    ],
)
def test_an_issuer_that_says_nothing_usable_is_as_good_as_away(issuer: SignInIssuer, says: dict[str, Any]) -> None:
    """Nobody is sent anywhere in the clear, and no code either."""
    issuer.says = says
    with serving(**settings_of(issuer)) as service:
        assert Browser(service).get(GO).status_code == 503


@pytest.mark.parametrize(
    ("claims", "english", "german"),
    [
        ({"workspace": "nobodys"}, "belongs to no workspace", "zu keinem Arbeitsbereich"),
        ({"groups": ["chess"]}, "none of your groups", "keine Ihrer Gruppen"),
        ({"groups": ["guests"]}, "none of your groups", "keine Ihrer Gruppen"),
        ({"groups": None}, "none of your groups", "keine Ihrer Gruppen"),
    ],
)
def test_whoever_has_no_place_here_is_told_so(
    issuer: SignInIssuer, browser: Browser, claims: dict[str, Any], english: str, german: str
) -> None:
    """With whom to ask; they are signed in nowhere."""
    issuer.changes = claims

    one, other = (browser.get(browser.sent_back(), **{"Accept-Language": language}) for language in ("en", "de"))

    assert [(came.status_code, said in came.text) for came, said in ((one, english), (other, german))] == [
        (403, True)
    ] * 2
    assert COOKIE not in browser.cookies


def test_what_somebody_may_do_is_what_their_groups_may(issuer: SignInIssuer, browser: Browser) -> None:
    """In the whole workspace, from any network; audit events and quotas know them by their subject, pages by their name."""
    browser.signed_in()
    store, now = browser._service.app.state.store, datetime.now(UTC)

    found = sessions.signed_in(store, browser.cookies[COOKIE], now)

    assert found is not None
    assert (found.caller.actor, found.caller.credential) == ("oidc:u-17", "oidc:u-17")
    assert (found.caller.scopes, found.caller.organizations, found.networks) == ({"write"}, None, None)
    assert found.name == "Ada Lindt"


@pytest.mark.parametrize(
    ("minutes", "token_lasts", "session_lasts"), [(0, 300, 300), (0, 90_000, 43_200), (30, 300, 1_800)]
)
def test_a_session_ends_with_its_token_or_when_the_settings_say(
    issuer: SignInIssuer, minutes: int, token_lasts: int, session_lasts: int
) -> None:
    """After half a day at the latest."""
    now = datetime.now(UTC)
    issuer.changes = {"exp": int(now.timestamp()) + token_lasts}
    with serving(**settings_of(issuer, oidc_session_minutes=minutes)) as service:
        browser = Browser(service)
        browser.signed_in()
        secret, store = browser.cookies[COOKIE], service.app.state.store

        within, past = (
            sessions.signed_in(store, secret, now + timedelta(seconds=session_lasts + s)) for s in (-60, 60)
        )

    assert (within is not None, past) == (True, None)


def test_a_session_shows_its_own_workspace_alone(issuer: SignInIssuer, browser: Browser) -> None:
    """The one that the token names."""
    a_key(browser._service.app.state.store, "read", workspace="others")
    issuer.changes = {"workspace": "others"}

    browser.signed_in()

    assert browser.get("/organizations/acme").status_code == 404


def test_signing_out_ends_the_session_and_offers_to_leave_the_issuer(issuer: SignInIssuer, browser: Browser) -> None:
    """By an address of the issuer that leads back; whoever came by a key is not sent there."""
    browser.signed_in()
    secret = browser.cookies[COOKIE]
    form = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": "", "Cookie": f"{COOKIE}={secret}"}
    service = browser._service

    went = service.post("/signout", content=f"form={sessions.form_token(secret)}", headers=form)
    page = browser.get(went.headers["location"])

    back = f"{BASE}/signin".replace(":", "%3A").replace("/", "%2F")
    assert f'href="{issuer.url}/logout?client_id={CLIENT}&amp;post_logout_redirect_uri={back}"' in page.text
    assert "You are signed out." in page.text
    assert browser.get("/organizations").status_code == 303
    assert "/logout" not in browser.get("/signin?ended=key").text


def test_the_page_to_sign_in_leads_to_the_issuer(issuer: SignInIssuer) -> None:
    """By a button that says what the settings want, to come back to what was wanted."""
    with serving(**settings_of(issuer, oidc_button="Mit <Acme> anmelden")) as service:
        page = service.get("/signin?next=%2Forganizations%2Facme").text

    assert f'<a class="go" href="{BASE}{GO}?next=%2Forganizations%2Facme">Mit &lt;Acme&gt; anmelden</a>' in page
    assert 'name="key"' in page


def test_without_a_client_nobody_is_led_anywhere(client: Client) -> None:
    """There is no button, and no way."""
    assert "oidc" not in client.get("/signin").text
    assert [client.get(path, headers={"Accept": "text/html"}).status_code for path in (GO, BACK)] == [404, 404]


def test_a_token_that_signs_people_in_is_none_for_the_api(issuer: SignInIssuer, browser: Browser) -> None:
    """Unless the audience of both is the same: without an audience for the API it takes no tokens at all."""
    now = int(datetime.now(UTC).timestamp())
    text = token({"iss": issuer.url, "aud": CLIENT, "exp": now + 300, "iat": now, **issuer.claims})

    assert browser._service.get("/v1/me", headers={"Authorization": f"Bearer {text}"}).status_code == 401


def test_who_comes_back_too_often_waits(issuer: SignInIssuer) -> None:
    """The quota of network addresses counts each way there and back: the issuer is not asked for ever."""
    with fresh("sqlite") as url:
        app = application(
            Settings(database_url=url, **{**UNLIMITED, **settings_of(issuer), "rate_limit_address": "3/minute"})
        )
        service = Client(app, a_key(app.state.store))
        browser = Browser(service)
        statuses = [browser.get(f"{BACK}?code=x&state=y").status_code for _ in range(4)]
        service.close()
        app.state.store.close()

    assert statuses == [400, 400, 400, 429]
