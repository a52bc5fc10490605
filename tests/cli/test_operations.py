"""What whoever runs the service does at its database: keys, migrations, backups, looks at its health; on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.cli.remote import login_file
from app.services.sealing import own_key_file
from app.storage.database import Database
from app.storage.schema import known_steps
from tests.cli.home import home as home
from tests.cli.runner import concord
from tests.databases import KINDS, fresh

LAST = known_steps()[-1]


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database of each kind that the settings name; it has a workspace with a key."""
    with fresh(request.param) as url:
        monkeypatch.setenv("CONCORD_DATABASE_URL", url)
        assert concord("keys", "create", "--workspace", "acme", "--scopes", "read,write,admin").status == 0
        yield url


def keys() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(concord("keys", "list", "--workspace", "acme", "--format", "json").out)[
        "items"
    ]
    return found


def tampered(url: str, statement: str) -> None:
    """Somebody with the password of the database's owner changes something, past the service."""
    store = Database(url)
    with store.owner() as connection:
        connection.exec_driver_sql(statement)
    store.close()


@pytest.mark.slow
def test_keys_are_listed_without_themselves(database: str):
    """Id, name, scopes, last four characters, and what is known of their use."""
    made = concord("keys", "create", "--workspace", "acme", "--scopes", "read", "--name", "dashboard").out.strip()

    ran = concord("keys", "list", "--workspace", "acme")

    assert ran.status == 0
    assert made not in ran.out
    rows = [line.split() for line in ran.out.splitlines()]
    assert rows[0][:2] == ["ID", "NAME"]
    assert [row[1:4] for row in rows[1:]] == [
        ["shell", "read,write,admin", f"…{keys()[0]['last_four']}"],
        ["dashboard", "read", f"…{made[-4:]}"],
    ]


def test_a_key_is_revoked(database: str):
    """It is gone from the list; the last one that can administer stays."""
    concord("keys", "create", "--workspace", "acme", "--scopes", "read")
    admin, reader = (key["id"] for key in keys())

    revoked, last, unknown = (
        concord("keys", "revoke", key, "--workspace", "acme") for key in (reader, admin, "key_unknown")
    )

    assert (revoked.status, revoked.err) == (0, f"{reader} opens nothing any more.\n")
    assert (last.status, "the last key that can administer" in last.err) == (2, True)
    assert (unknown.status, "has no key key_unknown" in unknown.err) == (2, True)
    assert [key["id"] for key in keys()] == [admin]


def test_workspaces_that_do_not_exist_have_neighbours(database: str):
    """A slip of the pen is pointed out."""
    ran = concord("keys", "list", "--workspace", "acm")

    assert (ran.status, ran.err) == (2, "concord: there is no workspace 'acm'; did you mean 'acme'?\n")


def test_a_database_is_brought_forth_and_back(database: str):
    """To a step, only knowingly back; --check tells whether there is something to do."""
    refused = concord("migrate", "--to", known_steps()[-2])
    back = concord("migrate", "--to", known_steps()[-2], "--force")
    behind, forth, level = concord("migrate", "--check"), concord("migrate"), concord("migrate", "--check")

    assert (refused.status, "loses what later steps brought" in refused.err) == (2, True)
    assert (back.status, back.out) == (0, f"The database was at step {LAST} and is at step {known_steps()[-2]} now.\n")
    assert (behind.status, f"to be brought to {LAST}" in behind.out) == (1, True)
    assert (forth.status, level.status) == (0, 0)
    assert level.out == f"The database is at step {LAST}.\n"


def test_steps_that_do_not_exist_are_refused(database: str):
    """With those that do."""
    ran = concord("migrate", "--to", "9999")

    assert (ran.status, ran.err) == (2, f"concord: there is no step '9999': {', '.join(known_steps())}\n")


def test_looking_makes_no_database(home: Path, monkeypatch: pytest.MonkeyPatch):
    """What is not there is told to be empty, and is not there afterwards."""
    monkeypatch.setenv("CONCORD_DATABASE_URL", f"sqlite:///{home}/none.db")

    check, taken, looked = concord("migrate", "--check"), concord("backup", "backup"), concord("doctor")

    assert (check.status, check.out) == (1, f"The database is empty; to be brought to {LAST}.\n")
    assert (taken.status, "there is no database yet" in taken.err) == (2, True)
    assert (looked.status, "concord serve makes it" in looked.out) == (0, True)
    assert list(home.iterdir()) == []


@pytest.mark.slow
def test_a_backup_goes_into_an_empty_database_only(database: str, home: Path, monkeypatch: pytest.MonkeyPatch):
    """Neither a file nor a database is overwritten by a slip."""
    first, again, forced = concord("backup", "b"), concord("backup", "b"), concord("backup", "b", "--force")
    refused, replaced = concord("restore", "b"), concord("restore", "b", "--force")
    monkeypatch.setenv("CONCORD_DATABASE_URL", f"sqlite:///{home}/copy.db")
    restored = concord("restore", "b")

    assert [ran.status for ran in (first, again, forced, refused, replaced, restored)] == [0, 2, 0, 2, 0, 0]
    assert f"at step {LAST}. Restore it by: concord restore b" in first.err
    assert "is not empty; --force replaces what it holds" in refused.err
    assert len(keys()) == 1


def test_what_is_no_backup_is_refused(database: str, home: Path):
    """And nothing is changed."""
    (home / "notes.txt").write_text("concord: 1\n")

    wrong, absent = concord("restore", "notes.txt", "--force"), concord("restore", "absent")

    assert (wrong.status, wrong.err) == (2, "concord: notes.txt: the file is no backup; nothing was changed\n")
    assert (absent.status, absent.err) == (2, "concord: there is no file absent\n")
    assert len(keys()) == 1


def test_the_doctor_finds_a_service_that_can_run(database: str):
    """Every check is well."""
    ran, machine = concord("doctor"), concord("doctor", "--format", "json")

    assert ran.status == 0
    checks = {check["name"]: check["state"] for check in json.loads(machine.out)["checks"]}
    assert {
        name: checks[name] for name in ("settings", "database", "schema", "clock", "audit events")
    } == dict.fromkeys(("settings", "database", "schema", "clock", "audit events"), "well")


def test_an_audit_log_that_was_changed_is_found(database: str):
    """By the command, with the event and the reason, and by the doctor."""
    whole = concord("audit-log", "verify")
    tampered(database, "update audit_event set actor = 'nobody' where number = 1")

    all_, one = concord("audit-log", "verify"), concord("audit-log", "verify", "--workspace", "acme")

    assert (whole.status, whole.out) == (0, "acme: 1 event, the chain holds\n")
    assert (all_.status, all_.out) == (1, "acme: 1 event, broken at event 1: its content is not what was recorded\n")
    assert one == all_
    looked = concord("doctor")
    assert (looked.status, "the chain of the workspace “acme” is broken at event 1" in looked.out) == (1, True)


def test_the_doctor_finds_a_database_of_a_later_version(database: str):
    """And one that is behind, which is no fault: the service brings it up to date."""
    tampered(database, "update alembic_version set version_num = '9999'")
    later, migrated = concord("doctor"), concord("migrate")
    tampered(database, f"update alembic_version set version_num = '{LAST}'")
    concord("migrate", "--to", known_steps()[-2], "--force")
    behind = concord("doctor")

    assert (later.status, "at step 9999, which a later version of Concord made" in later.out) == (1, True)
    assert migrated.status == 2
    assert (behind.status, f"concord migrate brings it to {LAST}" in behind.out) == (0, True)


@pytest.mark.slow
def test_the_doctor_finds_a_clock_that_was_set_back(database: str):
    """Something is recorded for a time that has not come yet."""
    tampered(database, "update audit_event set at = at + 86400000")

    ran = concord("doctor")

    assert (ran.status, "something is recorded for" in ran.out) == (1, True)


def test_the_doctor_finds_keys_that_others_can_read(database: str):
    """The one that seals secrets, and the one of the login."""
    for file in (own_key_file(), login_file()):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
        file.chmod(0o644)

    ran = concord("doctor")

    assert ran.status == 1
    assert ran.out.count("WRONG") == 2
    assert f"others can read {own_key_file()}" in ran.out


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("CONCORD_PORT", "many", "CONCORD_PORT is 'many', expected a whole number from 0 to 65535"),
        ("CONCORD_DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/x", "the database cannot be used now"),
    ],
)
def test_the_doctor_finds_what_keeps_the_service_from_starting(
    variable: str, value: str, said: str, home: Path, monkeypatch: pytest.MonkeyPatch
):
    """One line for each, without a password."""
    monkeypatch.setenv(variable, value)

    ran = concord("doctor")

    assert ran.status == 1
    assert said in ran.out
    assert "secret@" not in ran.out


def test_settings_are_shown_without_secrets(home: Path, monkeypatch: pytest.MonkeyPatch):
    """With the value in force, and whether anybody set it."""
    monkeypatch.setenv("CONCORD_PORT", "9000")
    monkeypatch.setenv("CONCORD_SECRET_KEY", "0123456789abcdef")
    monkeypatch.setenv("CONCORD_DATABASE_URL", "postgresql+psycopg://me:pass:word@host/db")

    text, machine = concord("settings"), concord("settings", "--format", "json")

    lines = [line.split() for line in text.out.splitlines()]
    assert ["CONCORD_PORT", "9000", "set"] in lines
    assert ["CONCORD_HOST", "127.0.0.1", "default"] in lines
    assert ["CONCORD_SECRET_KEY", "•••", "set"] in lines
    said = json.loads(machine.out)
    assert said["CONCORD_DATABASE_URL"]["value"] == "postgresql+psycopg://me:•••@host/db"
    assert "0123456789abcdef" not in text.out + machine.out


@pytest.mark.slow
def test_a_server_that_goes_away_is_told(home: Path, monkeypatch: pytest.MonkeyPatch):
    """In one line; it is no failure of Concord."""
    with fresh("postgresql") as url:
        monkeypatch.setenv("CONCORD_DATABASE_URL", url)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url.replace("+psycopg", ""))

    ran = concord("keys", "list", "--workspace", "acme")

    assert ran.status == 2
    assert ran.err.count("\n") == 1
