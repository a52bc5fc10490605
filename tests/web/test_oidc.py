"""Tokens of an issuer: which are accepted, and what they allow."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc.jwk import ECKey, OKPKey, RSAKey

from app.domain.access import Caller
from app.web.oidc import SKEW, OidcSettings, TokenRefused, Tokens, oidc_settings
from app.web.oidc_fetch import FRESH, KEPT, MOST_BYTES, PAUSE, IssuerUnavailable
from app.web.oidc_keys import IssuerKeys
from tests.counts import many
from tests.web.issuer import KEYS, Issuer, issuing, token

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AT = int(NOW.timestamp())
ABSENT = object()


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuing() as started:
        yield started


@pytest.fixture
def clock() -> Clock:
    return Clock()


def settings_of(issuer: Issuer, **texts: str) -> OidcSettings:
    """As they are read from the environment."""
    usual = {
        "issuer": issuer.url,
        "audience": "concord",
        "clients": "concord, hr-portal",
        "workspace_claim": "workspace",
        "groups_claim": "groups",
        "scope_map": "viewers=read; /staff/hr=write embed; owners=admin",
    }
    found = oidc_settings(**{**usual, **texts})
    assert found is not None
    return found


@pytest.fixture
def tokens(issuer: Issuer, clock: Clock) -> Tokens:
    return Tokens(settings_of(issuer), IssuerKeys(issuer.url, clock=clock))


def claims(issuer: Issuer, **others: Any) -> dict[str, Any]:
    usual = {
        "iss": issuer.url,
        "aud": "concord",
        "sub": "u-17",
        "exp": AT + 300,
        "iat": AT,
        "workspace": "acme",
        "groups": ["viewers", "chess"],
    }
    return {name: value for name, value in {**usual, **others}.items() if value is not ABSENT}


ADA = Caller("acme", "oidc:u-17", "oidc:u-17", frozenset(("read",)))


def refused(tokens: Tokens, text: str) -> str:
    with pytest.raises(TokenRefused) as error:
        tokens.caller(text, NOW)
    return str(error.value)


@pytest.mark.parametrize("algorithm", KEYS)
def test_a_token_of_the_issuer_names_the_caller(issuer: Issuer, tokens: Tokens, algorithm: str) -> None:
    """Signed by each kind of key that it publishes."""
    assert tokens.caller(token(claims(issuer), algorithm), NOW) == ADA


@pytest.mark.parametrize("algorithm", KEYS)
def test_a_token_that_names_no_key_is_checked_by_the_only_one(issuer: Issuer, tokens: Tokens, algorithm: str) -> None:
    """Where there are two for its algorithm nobody guesses."""
    nameless = token(claims(issuer), algorithm, kid=None)

    assert tokens.caller(nameless, NOW) == ADA
    issuer.keys.append({**issuer.keys[list(KEYS).index(algorithm)], "kid": "another"})
    assert refused(Tokens(settings_of(issuer), IssuerKeys(issuer.url)), nameless) == "the issuer has no such key"


@pytest.mark.parametrize(
    ("groups", "scopes"),
    [
        (["viewers"], {"read"}),
        (["/staff/hr", "viewers"], {"read", "write", "embed"}),
        (["owners"], {"admin"}),
        ("owners", {"admin"}),
        (["Owners", "owner"], set()),
        ([], set()),
        (None, set()),
        (ABSENT, set()),
        ([["owners"], {"owners": 1}, 7], set()),
        ({"owners": True}, set()),
    ],
)
def test_groups_give_scopes_by_the_map(issuer: Issuer, tokens: Tokens, groups: Any, scopes: set[str]) -> None:
    """Whoever is in none of them is known and may do nothing."""
    assert tokens.caller(token(claims(issuer, groups=groups)), NOW).scopes == scopes


def test_claims_have_the_names_that_the_settings_give(issuer: Issuer) -> None:
    """Addresses too, as some issuers want them."""
    renamed = settings_of(issuer, workspace_claim="https://x.example/tenant", groups_claim="roles")
    tokens = Tokens(renamed, IssuerKeys(issuer.url))

    caller = tokens.caller(token(claims(issuer, roles=["owners"], **{"https://x.example/tenant": "globex"})), NOW)

    assert (caller.workspace, caller.scopes) == ("globex", {"admin"})


GOOD: dict[str, Mapping[str, Any]] = {
    "one audience in a list": {"aud": ["concord"]},
    "several audiences, given to a client": {"aud": ["account", "concord"], "azp": "hr-portal"},
    "given to the audience itself": {"azp": "concord"},
    "expired within the skew": {"exp": AT - SKEW + 1},
    "valid from within the skew": {"nbf": AT + SKEW, "iat": AT + SKEW},
    "a fraction of a second": {"exp": AT + 0.5},
    "without the time of issue": {"iat": ABSENT},
    "with claims that nobody knows": {"nonce": [1, {"a": None}], "validate": 1},
}


@pytest.mark.parametrize("what", GOOD)
def test_what_fits_is_accepted(issuer: Issuer, tokens: Tokens, what: str) -> None:
    """With a minute for clocks that differ."""
    assert tokens.caller(token(claims(issuer, **GOOD[what])), NOW) == ADA


BAD: dict[str, Mapping[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "an issuer that begins alike": {"iss": "http://127.0.0.1"},
    "a list of issuers": {"iss": ["http://127.0.0.1"]},
    "no issuer": {"iss": ABSENT},
    "another audience": {"aud": "hr-portal"},
    "other audiences": {"aud": ["hr-portal", "account"], "azp": "concord"},
    "an audience that is no text": {"aud": {"concord": 1}},
    "no audience": {"aud": ABSENT},
    "an empty audience": {"aud": []},
    "several audiences, given to nobody": {"aud": ["account", "concord"]},
    "given to another client": {"azp": "games"},
    "given to what is no text": {"azp": ["concord"]},
    "expired": {"exp": AT - SKEW},
    "never expiring": {"exp": ABSENT},
    "expiring at no time": {"exp": float("nan")},
    "expiring at a text": {"exp": "2099-01-01"},
    "expiring never, by infinity": {"exp": float("inf")},
    "not valid yet": {"nbf": AT + SKEW + 1},
    "issued in the future": {"iat": AT + SKEW + 1},
    "no subject": {"sub": ABSENT},
    "an empty subject": {"sub": ""},
    "a subject that is no text": {"sub": 17},
    "a subject with a line break": {"sub": "u-17\nu-18"},
    "a subject without end": {"sub": "u" * 201},
    "no workspace": {"workspace": ABSENT},
    "a workspace that is no text": {"workspace": ["acme"]},
    "an empty workspace": {"workspace": ""},
}


@pytest.mark.parametrize("what", BAD)
def test_what_does_not_fit_is_refused(issuer: Issuer, tokens: Tokens, what: str) -> None:
    """Though the signature is good."""
    assert refused(tokens, token(claims(issuer, **BAD[what])))


def test_any_client_of_the_issuer_will_do_where_the_settings_say_so(issuer: Issuer) -> None:
    """Where they say nothing, only the audience itself."""
    games = token(claims(issuer, azp="games"))
    keys = IssuerKeys(issuer.url)

    assert Tokens(settings_of(issuer, clients="*"), keys).caller(games, NOW) == ADA
    assert (
        refused(Tokens(settings_of(issuer, clients=""), keys), games) == "it was given to a client that is not accepted"
    )


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def hmac_signed(header: object, payload: object, secret: bytes) -> str:
    text = f"{encoded(header)}.{encoded(payload)}"
    signature = base64.urlsafe_b64encode(hmac.digest(secret, text.encode(), hashlib.sha256)).rstrip(b"=").decode()
    return f"{text}.{signature}"


@pytest.mark.parametrize(
    "alg", ["none", "None", "NONE", "", "HS256", "RS384", "PS256", "ES384", "Ed25519", "dir", None, 7, ["RS256"]]
)
@pytest.mark.parametrize("kid", ["rsa-1", None, 7])
def test_an_unsigned_token_is_refused(issuer: Issuer, tokens: Tokens, alg: object, kid: object) -> None:
    """Whatever it calls its algorithm."""
    text = f"{encoded({'alg': alg, 'kid': kid})}.{encoded(claims(issuer))}."

    assert refused(tokens, text)


@pytest.mark.parametrize("kid", ["rsa-1", "ec-1", "ed-1", None])
def test_a_public_key_is_no_secret(issuer: Issuer, tokens: Tokens, kid: str | None) -> None:
    """A token that is signed with HMAC by what everybody knows, in whatever form, is refused."""
    secrets = [form for key in KEYS.values() for form in (key.as_pem(private=False), key.as_der(private=False), b"")]
    secrets += [json.dumps(written).encode() for written in issuer.keys]

    for secret in secrets:
        assert refused(tokens, hmac_signed({"alg": "HS256", "kid": kid}, claims(issuer), secret))


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [
        ("RS256", RSAKey.generate_key(2048, {"kid": "rsa-1"})),
        ("ES256", ECKey.generate_key("P-256", {"kid": "ec-1"})),
        ("EdDSA", OKPKey.generate_key("Ed25519", {"kid": "ed-1"})),
    ],
)  # fmt: skip
def test_a_key_of_somebody_else_is_refused(issuer: Issuer, tokens: Tokens, algorithm: str, key: Any) -> None:
    """Under the id of a real one, and also where the token brings it along."""
    brought = {"jwk": key.as_dict(private=False), "jku": f"{issuer.url}/other-keys"}

    assert refused(tokens, token(claims(issuer), algorithm, key))
    assert refused(tokens, token(claims(issuer), algorithm, key, **brought))
    assert set(issuer.asked) == {"/.well-known/openid-configuration", "/keys"}


@pytest.mark.parametrize(("algorithm", "kid"), [("ES256", "rsa-1"), ("RS256", "ed-1"), ("EdDSA", "ec-1")])
def test_a_key_is_used_for_its_own_algorithm_alone(issuer: Issuer, tokens: Tokens, algorithm: str, kid: str) -> None:
    """Whatever the token names."""
    assert refused(tokens, token(claims(issuer), algorithm, kid=kid)) == "the issuer has no such key"


def test_what_a_token_calls_critical_must_be_known(issuer: Issuer, tokens: Tokens) -> None:
    """What it does not is ignored."""
    signed = token(claims(issuer))
    head = encoded({"alg": "RS256", "kid": "rsa-1", "crit": ["exp"], "exp": 1})

    assert refused(tokens, ".".join((head, *signed.split(".")[1:])))


@settings(max_examples=many(4_000))
@given(st.data())
def test_a_token_that_was_changed_is_refused(data: st.DataObject) -> None:
    """Wherever it was; or else it says the very same, as the idle bits at the end of base 64 allow."""
    place = data.draw(st.integers(0, len(SIGNED) - 1))
    character = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= \n"))

    try:
        caller = OFFLINE.caller(SIGNED[:place] + character + SIGNED[place + 1 :], NOW)
    except TokenRefused:
        return
    assert caller == ADA


@settings(max_examples=many(10_000))
@given(
    st.text(max_size=60)
    | st.lists(st.binary(max_size=40).map(lambda data: base64.urlsafe_b64encode(data).decode()), max_size=5).map(".".join)
    | st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda v: st.lists(v) | st.dictionaries(
        st.sampled_from(("alg", "kid", "crit", "b64", "typ", "x")), v), max_leaves=8).map(lambda v: f"{encoded(v)}.e30.AA")
)  # fmt: skip
def test_whatever_is_no_token_is_refused(text: str) -> None:
    """And nothing else happens."""
    with pytest.raises(TokenRefused):
        OFFLINE.caller(text, NOW)


def test_a_token_without_end_is_refused_unread(tokens: Tokens, issuer: Issuer) -> None:
    """Before the issuer is asked."""
    assert refused(tokens, token(claims(issuer, much="x" * 20_000)))
    assert issuer.asked == []


def test_keys_are_fetched_once(issuer: Issuer, tokens: Tokens, clock: Clock) -> None:
    """However many tokens come, until it is time to look again."""
    for _ in range(20):
        tokens.caller(token(claims(issuer)), NOW)
        clock.now += FRESH / 20
    assert len(issuer.asked) == 2

    clock.now += 1
    tokens.caller(token(claims(issuer)), NOW)

    assert len(issuer.asked) == 4


def test_a_new_key_of_the_issuer_is_found(issuer: Issuer, tokens: Tokens, clock: Clock) -> None:
    """At the first token that is signed with it; the old one goes on until the issuer withdraws it."""
    new = RSAKey.generate_key(2048, {"kid": "rsa-2"})
    tokens.caller(token(claims(issuer)), NOW)
    issuer.keys.append(new.as_dict(private=False))
    clock.now += PAUSE

    assert tokens.caller(token(claims(issuer), key=new), NOW) == ADA
    assert tokens.caller(token(claims(issuer)), NOW) == ADA
    del issuer.keys[0]
    clock.now += FRESH + 1
    assert refused(tokens, token(claims(issuer))) == "the issuer has no such key"


def test_invented_ids_cause_no_storm_of_requests(issuer: Issuer, tokens: Tokens, clock: Clock) -> None:
    """The issuer is asked at most every ten seconds, and good tokens are not held up."""
    tokens.caller(token(claims(issuer)), NOW)
    clock.now += PAUSE

    for n in range(200):
        assert refused(tokens, f"{encoded({'alg': 'RS256', 'kid': f'invented-{n}'})}.e30.AA")
        clock.now += 0.05

    assert len(issuer.asked) == 4
    assert tokens.caller(token(claims(issuer)), NOW) == ADA


def test_many_at_once_ask_the_issuer_once(issuer: Issuer, tokens: Tokens) -> None:
    """The others wait for the first."""
    text, found = token(claims(issuer)), []
    threads = [threading.Thread(target=lambda: found.append(tokens.caller(text, NOW))) for _ in range(12)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [ADA] * 12
    assert len(issuer.asked) == 2


def test_an_issuer_that_is_down_is_told_and_tried_again(issuer: Issuer, tokens: Tokens, clock: Clock) -> None:
    """503 with the seconds until then; in between it is left alone."""
    issuer.down = True
    retry_after = []

    for _ in range(3):
        with pytest.raises(IssuerUnavailable) as unavailable:
            tokens.caller(token(claims(issuer)), NOW)
        retry_after.append(unavailable.value.headers["Retry-After"])
        clock.now += 3
    issuer.down = False
    clock.now += 1

    assert (unavailable.value.type.status, retry_after, len(issuer.asked)) == (503, ["10", "7", "4"], 1)
    assert tokens.caller(token(claims(issuer)), NOW) == ADA


def test_known_keys_outlast_an_issuer_that_is_down(issuer: Issuer, tokens: Tokens, clock: Clock) -> None:
    """For a day; a key that is not among them cannot be judged meanwhile."""
    tokens.caller(token(claims(issuer)), NOW)
    issuer.down = True

    for _ in range(24):
        clock.now += KEPT / 24
        assert tokens.caller(token(claims(issuer)), NOW) == ADA
        with pytest.raises(IssuerUnavailable):
            tokens.caller(token(claims(issuer), kid="rsa-2"), NOW)
    clock.now += 1
    with pytest.raises(IssuerUnavailable):
        tokens.caller(token(claims(issuer)), NOW)


DISCOVERY = "/.well-known/openid-configuration"
UNUSABLE: dict[str, tuple[str, int, object]] = {
    "no document": (DISCOVERY, 404, {}),
    "a redirect": (DISCOVERY, 302, {}),
    "a page": (DISCOVERY, 200, "<html>"),
    "a list": (DISCOVERY, 200, []),
    "another issuer": (DISCOVERY, 200, {"issuer": "https://evil.example", "jwks_uri": "URL/keys"}),
    "no keys": (DISCOVERY, 200, {"issuer": "URL"}),
    "keys at a file": (DISCOVERY, 200, {"issuer": "URL", "jwks_uri": "file:///etc/passwd"}),
    "keys in the clear, elsewhere": (DISCOVERY, 200, {"issuer": "URL", "jwks_uri": "http://keys.example/"}),
    "keys at no address": (DISCOVERY, 200, {"issuer": "URL", "jwks_uri": ["URL/keys"]}),
    "no key set": ("/keys", 200, {"keys": {}}),
    "a key set that is a list": ("/keys", 200, []),
    "a key set without end": ("/keys", 200, "x" * (MOST_BYTES + 1)),
    "a key set too deep": ("/keys", 200, "[" * 100_000),
    "an error": ("/keys", 500, {}),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_an_issuer_that_says_nothing_usable_is_as_good_as_down(issuer: Issuer, tokens: Tokens, what: str) -> None:
    """No part of it is believed."""
    path, status, document = UNUSABLE[what]
    body = document if isinstance(document, str) else json.dumps(document).replace("URL", issuer.url)
    issuer.answers[path] = (status, body.encode())

    with pytest.raises(IssuerUnavailable):
        tokens.caller(token(claims(issuer)), NOW)


def test_an_issuer_that_cannot_be_reached_is_down() -> None:
    """Nobody listens there."""
    with issuing() as gone:
        pass

    with pytest.raises(IssuerUnavailable):
        Tokens(settings_of(gone), IssuerKeys(gone.url)).caller(token(claims(gone)), NOW)


def test_keys_that_cannot_serve_are_passed_over(issuer: Issuer, tokens: Tokens) -> None:
    """Those for other purposes, other algorithms, too short, malformed; the rest of the set is used."""
    rsa, ec, _ = (dict(key) for key in issuer.keys)
    unusable: list[Any] = [
        {**rsa, "use": "enc"},
        {**rsa, "key_ops": ["encrypt"]},
        {**rsa, "alg": "RS512"},
        {**rsa, "n": rsa["n"][:171]},
        {**rsa, "n": 7},
        {**rsa, "e": "!"},
        {**ec, "kid": "rsa-1", "crv": "P-384"},
        {**ec, "kid": "rsa-1", "x": "AA"},
        {"kty": "oct", "k": "c2VjcmV0", "kid": "rsa-1"},
        {"kty": "post-quantum", "kid": "rsa-1"},
        {"kid": "rsa-1"},
        "rsa-1",
        None,
    ]
    issuer.keys = [*unusable, *issuer.keys[1:]]

    assert refused(tokens, token(claims(issuer))) == "the issuer has no such key"
    assert tokens.caller(token(claims(issuer), "ES256"), NOW) == ADA


def test_without_an_issuer_there_are_no_tokens() -> None:
    """Keys of our own are enough."""
    assert (
        oidc_settings(issuer="", audience="", clients="", workspace_claim="w", groups_claim="g", scope_map="") is None
    )


def test_settings_are_read_as_people_write_them() -> None:
    """With spaces wherever they like."""
    read = oidc_settings(
        issuer="https://id.example",
        audience="concord",
        clients=" a ,b,, ",
        workspace_claim="workspace",
        groups_claim="groups",
        scope_map=" editors = write ;/all staff=read  embed; ",
    )

    assert read is not None
    assert read.clients == {"a", "b"}
    assert read.scopes == {"editors": frozenset(("write",)), "/all staff": frozenset(("read", "embed"))}


class _Published:
    """What the issuer of the generated examples publishes, without a network."""

    url = "http://127.0.0.1:9"

    def __call__(self, address: str) -> Any:
        if address.endswith("configuration"):
            return {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        return {"keys": [key.as_dict(private=False) for key in KEYS.values()]}


_PUBLISHED: Any = _Published()
OFFLINE = Tokens(settings_of(_PUBLISHED), IssuerKeys(_PUBLISHED.url, fetch=_PUBLISHED))
SIGNED = token(claims(_PUBLISHED), "ES256")
