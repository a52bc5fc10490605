"""Settings out of the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import Settings, SettingsInvalid, in_force, rows, table


def test_without_variables_the_defaults_hold() -> None:
    """The service listens on this machine alone."""
    settings = Settings.from_environment({})

    assert settings == Settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


def test_variables_decide() -> None:
    """White space around them does not count; what is empty is not set."""
    settings = Settings.from_environment(
        {
            "CONCORD_HOST": "0.0.0.0",
            "CONCORD_PORT": " 9000 ",
            "CONCORD_PUBLIC_URL": "https://x.example/",
            "CONCORD_WORKERS": "",
        }
    )

    assert (settings.host, settings.port, settings.public_url, settings.workers) == (
        "0.0.0.0",
        9000,
        "https://x.example",
        1,
    )


def test_every_fault_is_told_at_once() -> None:
    """With what was found and what was expected."""
    with pytest.raises(SettingsInvalid) as refused:
        Settings.from_environment({"CONCORD_PORT": "http", "CONCORD_WORKERS": "0", "CONCORD_LOG_LEVEL": "loud"})

    assert str(refused.value) == (
        "CONCORD_PORT is 'http', expected a whole number from 0 to 65535; "
        "CONCORD_WORKERS is '0', expected a whole number from 1 to 64; "
        "CONCORD_LOG_LEVEL is 'loud', expected one of debug, info, warning, error"
    )


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "RATE_LIMIT",
            ["1/second", "600/minute", "5000000/day", "off"],
            ["0/minute", "600", "600/min", "-1/hour", "1/1/day"],
        ),
        (
            "OIDC_ISSUER",
            [
                "https://id.example",
                "https://id.example/realms/a/",
                "http://localhost:8080/realms/a",
                "http://127.0.0.1:1",
            ],
            ["http://id.example", "id.example", "https://", "https://id.example?x", "http://localhost.evil.example"],
        ),
        (
            "OIDC_SCOPE_MAP",
            ["a=read", "/staff/hr team=write; owners=admin embed;", "a = read ; b=read"],
            ["a", "a=", "=read", " =read", "a=all", "a=read,write", "a=read;;b=read"],
        ),
        ("OIDC_GROUPS_CLAIM", ["groups", "https://id.example/groups"], ["the groups"]),
        (
            "OIDC_SCOPES",
            ["openid", "openid profile groups", "profile  openid"],
            ["profile", "openids", "openid,profile"],
        ),
        ("OIDC_CLIENT_SECRET", ["s", "a+b/c=,:" * 60], ["two words", "ä", "s" * 501]),
    ],
)
def test_texts_must_have_their_form(name: str, good: list[str], bad: list[str]) -> None:
    """The start is refused with what was expected."""
    others = {
        "CONCORD_OIDC_ISSUER": "https://id.example",
        "CONCORD_OIDC_AUDIENCE": "concord",
        "CONCORD_OIDC_CLIENT_ID": "pages",
        "CONCORD_OIDC_SCOPE_MAP": "a=read",
    }

    for text in good:
        read = Settings.from_environment({**others, f"CONCORD_{name}": text})
        assert getattr(read, name.lower()) == text
    for text in bad:
        with pytest.raises(SettingsInvalid, match=rf"^CONCORD_{name} is .*, expected (an?|the|groups|names|up to)\b"):
            Settings.from_environment({**others, f"CONCORD_{name}": text})


def test_an_issuer_needs_an_audience_and_rights() -> None:
    """Or its tokens could never be accepted, or never do anything."""
    with pytest.raises(SettingsInvalid) as refused:
        Settings.from_environment({"CONCORD_OIDC_ISSUER": "https://id.example"})

    assert str(refused.value) == (
        "CONCORD_OIDC_AUDIENCE is not set, expected the `aud` of tokens, because CONCORD_OIDC_ISSUER is set; "
        "CONCORD_OIDC_SCOPE_MAP is not set, expected groups with their scopes, as editors=write; owners=admin embed "
        "(read, write, admin, embed), because CONCORD_OIDC_ISSUER is set"
    )


def test_people_sign_in_where_the_issuer_and_the_client_are_known() -> None:
    """Without an audience there are no tokens for the API, and people sign in all the same."""
    whole = {
        "CONCORD_OIDC_ISSUER": "https://id.example",
        "CONCORD_OIDC_CLIENT_ID": "pages",
        "CONCORD_OIDC_SCOPE_MAP": "a=read",
    }

    with pytest.raises(SettingsInvalid) as refused:
        Settings.from_environment({"CONCORD_OIDC_CLIENT_SECRET": "s"})

    assert Settings.from_environment(whole).oidc_client_id == "pages"
    assert str(refused.value) == (
        "CONCORD_OIDC_CLIENT_ID is not set, expected the `client_id` that the secret is of, because CONCORD_OIDC_CLIENT_SECRET is set"
    )


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    """As orchestrators hand them over; in both places, or in none that can be read, it is refused; others' names are none of ours."""
    file = tmp_path / "secret"
    file.write_text("postgresql://concord:word@db/concord\n", encoding="utf-8")
    name, other = "CONCORD_DATABASE_URL", str(tmp_path / "absent")

    read = Settings.from_environment({f"{name}_FILE": str(file), "CONCORD_HOST_FILE": other})
    refused = []
    for environment in ({f"{name}_FILE": str(file), name: "sqlite:///x"}, {f"{name}_FILE": other}):
        with pytest.raises(SettingsInvalid) as error:
            Settings.from_environment(environment)
        refused.append(str(error.value))

    assert (read.database_url, read.host) == ("postgresql://concord:word@db/concord", "127.0.0.1")
    assert refused == [
        f"{name} and {name}_FILE are both set, expected one of them",
        f"{name}_FILE is {other[:80]!r}, expected a file that can be read",
    ]


def test_what_is_secret_is_not_shown() -> None:
    """Neither in what is in force, nor in what is refused."""
    told = {one.variable: one.value for one in in_force(Settings(oidc_client_secret="s3cret", secret_key="k" * 16), {})}
    with pytest.raises(SettingsInvalid) as refused:
        Settings.from_environment({"CONCORD_OIDC_CLIENT_SECRET": "s3 cret"})

    assert (told["CONCORD_OIDC_CLIENT_SECRET"], told["CONCORD_SECRET_KEY"]) == ("•••", "•••")
    assert "s3" not in str(refused.value)


@pytest.mark.parametrize(
    ("host", "own"),
    [("10.1.2.3", "10.1.2.3"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("2001:db8::1", "[2001:db8::1]")],
)
def test_whoever_starts_the_service_is_told_an_address_that_leads_there(host: str, own: str) -> None:
    """Which an address that stands for all of a machine's does not; people use the one that they are given."""
    listening = Settings(host=host, port=9000)

    assert (listening.own_address, listening.address) == (f"http://{own}:9000", f"http://{own}:9000")
    assert Settings(host=host, public_url="https://concord.example").address == "https://concord.example"


def test_every_setting_stands_in_the_table() -> None:
    """With its default and its meaning."""
    lines = table().splitlines()

    assert len(lines) == 2 + len(list(rows()))
    assert "| `CONCORD_PORT` | `8000` | Port on which it listens; 0 takes a free one. |" in lines
