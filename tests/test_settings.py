"""Settings out of the environment."""

from __future__ import annotations

import pytest

from app.settings import Settings, SettingsInvalid, rows, table


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


def test_every_setting_stands_in_the_table() -> None:
    """With its default and its meaning."""
    lines = table().splitlines()

    assert len(lines) == 2 + len(list(rows()))
    assert "| `CONCORD_PORT` | `8000` | Port on which it listens; 0 takes a free one. |" in lines
