"""Plans in the service, from the shell: log in, push, pull, status, analyze; against a process of the service, on both databases."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from app.cli.remote import login_file
from app.exchange.read import read_path
from tests.cli.documents import CALM, HARMFUL
from tests.cli.home import Running
from tests.cli.home import home as home
from tests.cli.home import logged_in as logged_in
from tests.cli.home import running as running
from tests.cli.runner import concord
from tests.faults.served import a_key

pytestmark = pytest.mark.slow

ACME = HARMFUL.replace("organization: {", "organization: {key: acme, ", 1)


def written(name: str, text: str = ACME) -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_login_is_kept_where_nobody_else_can_read_it(running: Running, home: Path):
    """The key is tried first; it stands in a file of the user's own, and in nothing that is printed."""
    key = a_key(running.database_url)

    ran = concord("login", f"{running.served.address}/v1/", stdin=f"{key}\n")

    assert ran.status == 0
    assert "Logged in to " + running.served.address + " as “tests”, who may read, write, admin" in ran.err
    assert key not in ran.out + ran.err
    assert json.loads(login_file().read_text()) == {"address": running.served.address, "key": key}
    assert stat.S_IMODE(login_file().stat().st_mode) == 0o600


def test_a_login_is_forgotten(logged_in: Running):
    """Then no service is known any more."""
    assert concord("login", "--forget").status == 0
    assert not login_file().exists()

    ran = concord("status")

    assert (ran.status, ran.err) == (
        2,
        "concord: no service is known yet: concord login URL, or set CONCORD_URL and CONCORD_KEY\n",
    )


def test_a_wrong_key_is_not_kept(running: Running, home: Path):
    """It would only be refused later."""
    ran = concord("login", running.served.address, stdin="cnc_live_wrong\n")

    assert ran.status == 2
    assert "does not accept the key" in ran.err
    assert not login_file().exists()


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (("localhost:8000",), "k\n", "did you mean 'https://localhost:8000'?"),
        (("http://concord.example.com",), "k\n", "everybody on the way could read the key; --insecure"),
        (("http://127.0.0.1:1",), "", "there is no key"),
        (("http://127.0.0.1:1",), "two words\n", "that is no key"),
        ((), "k\n", "which service?"),
    ],
)
def test_what_cannot_be_logged_in_to_is_said(arguments: tuple[str, ...], stdin: str, said: str, home: Path):
    """Before anything is sent."""
    ran = concord("login", *arguments, stdin=stdin)

    assert ran.status == 2
    assert said in ran.err


def test_variables_win_over_a_login(running: Running, home: Path, monkeypatch: pytest.MonkeyPatch):
    """As pipelines give them."""
    monkeypatch.setenv("CONCORD_URL", running.served.address)
    monkeypatch.setenv("CONCORD_KEY", a_key(running.database_url))

    assert concord("status").out.startswith(f"{running.served.address} as “tests”")


def test_a_service_that_is_away_is_no_fault_of_the_caller(home: Path, monkeypatch: pytest.MonkeyPatch):
    """One line, and exit status 3."""
    monkeypatch.setenv("CONCORD_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("CONCORD_KEY", "cnc_live_x")
    monkeypatch.setattr("app.client.client.time.sleep", lambda _: None)

    ran = concord("status")

    assert ran.status == 3
    assert ran.err == "concord: http://127.0.0.1:1: no answer to GET /v1/me: [Errno 111] Connection refused\n"


def test_a_file_becomes_the_document_and_comes_back(logged_in: Running):
    """Pushed and pulled it says the same; a second push changes nothing."""
    file = written("acme.yaml")

    pushed, again = concord("push", file), concord("push", file)
    pulled = concord("pull", "acme")
    concord("pull", "acme", "--output", "copy.json")

    assert (pushed.status, again.status, pulled.status) == (0, 0, 0)
    assert "+ KPI aht" in pushed.out
    assert "acme is at revision 1 now:" in pushed.err
    assert (again.out, again.err) == ("", "acme says the same already: revision 1.\n")
    written("back.yaml", pulled.out)
    said = [_sorted(read_path(Path(name)).raw) for name in ("acme.yaml", "back.yaml", "copy.json")]
    assert said[0] == said[1] == said[2]


def _sorted(value: object) -> object:
    """A document with its lists in the order of their keys, as the service keeps them."""
    if isinstance(value, dict):
        return {name: _sorted(each) for name, each in sorted(value.items())}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


def test_a_dry_run_shows_what_would_change(logged_in: Running):
    """And changes nothing, here or there."""
    file = written("acme.yaml")
    concord("push", file)
    written("acme.yaml", ACME.replace("weight: 0.6", "weight: 0.5").replace("Acme Telecom", "Acme Mobile"))

    ran = concord("push", file, "--dry-run")

    assert ran.status == 0
    assert "~ organization: name Acme Telecom → Acme Mobile" in ran.out
    assert "would be made to acme; nothing is changed." in ran.err
    assert "Acme Telecom" in concord("pull", "acme").out


def test_who_was_slower_overwrites_nothing(logged_in: Running):
    """It is told who changed what since, and what can be done; --force is the way through."""
    mine, theirs = written("mine.yaml"), Path("theirs.yaml")
    concord("push", mine)
    concord("pull", "acme", "--output", theirs)
    theirs.write_text(theirs.read_text().replace("Acme Telecom", "Acme Mobile"))
    concord("push", theirs)
    written("mine.yaml", ACME.replace("Acme Telecom", "Acme Cable"))

    refused = concord("push", mine)

    assert refused.status == 2
    assert "acme was changed since revision 1, which mine.yaml is based on; nothing is overwritten:" in refused.err
    assert "  revision 2, " in refused.err and ", tests: 1 change\n" in refused.err
    assert "  concord pull acme --output mine.theirs.yaml" in refused.err
    assert "Acme Mobile" in concord("pull", "acme").out
    forced = concord("push", mine, "--force")
    assert forced.status == 0
    assert "acme is at revision 3 now: 1 change." in forced.err


def test_a_file_that_the_service_never_saw_overwrites_nothing(logged_in: Running):
    """Even if it says that it is the same organization."""
    concord("push", written("acme.yaml"))

    ran = concord("push", written("other.yaml", ACME.replace("Acme Telecom", "Acme Cable")))

    assert ran.status == 2
    assert "acme is in the service already, and other.yaml was neither pulled from it nor pushed to it:" in ran.err


def test_pulling_loses_no_work(logged_in: Running):
    """A file with changes that were not pushed stays as it is, unless it is to be overwritten."""
    file = written("acme.yaml")
    concord("push", file)
    up_to_date = concord("pull", "acme", "--output", file)
    written("acme.yaml", ACME.replace("Acme Telecom", "Acme Cable"))

    refused, forced = concord("pull", "acme", "--output", file), concord("pull", "acme", "--output", file, "--force")

    assert up_to_date.err == "acme.yaml is up to date: revision 1.\n"
    assert (refused.status, refused.err) == (
        2,
        "concord: acme.yaml holds what was not pushed; concord push acme.yaml, or --force to overwrite it\n",
    )
    assert (forced.status, "Acme Telecom" in file.read_text()) == (0, True)


def test_a_past_document_can_be_pulled(logged_in: Running):
    """As it was at a revision; it is not what the next push is based on."""
    file = written("acme.yaml")
    concord("push", file)
    written("acme.yaml", ACME.replace("Acme Telecom", "Acme Cable"))
    concord("push", file)

    ran = concord("pull", "acme", "--revision", 1, "--output", "before.yaml")

    assert ran.status == 0
    assert "Acme Telecom" in Path("before.yaml").read_text()
    assert concord("push", "before.yaml").status == 2
    assert concord("pull", "acme", "--revision", 9).err == "concord: acme has no revision 9: the latest is 2\n"


def test_whose_a_document_is_has_to_be_known(logged_in: Running):
    """It says so itself, or --organization does."""
    file = written("plan.yaml", HARMFUL)

    unknown, told = concord("push", file), concord("push", file, "--organization", "acme")

    assert (unknown.status, told.status) == (2, 0)
    assert "does not say whose it is" in unknown.err
    assert concord("push", file).err == "acme says the same already: revision 1.\n"


def test_what_is_wrong_with_a_file_is_told_before_anything_is_sent(logged_in: Running):
    """With line, column and the nearest value, as audit tells it."""
    ran = concord("push", written("acme.yaml", ACME.replace("direction: decrease", "direction: down", 1)))

    assert ran.status == 2
    assert "acme.yaml:" in ran.err and "^^^^" in ran.err


def test_organizations_that_do_not_exist_have_neighbours(logged_in: Running):
    """A slip of the pen is pointed out."""
    concord("push", written("acme.yaml"))

    for command in (("pull", "acmee"), ("analyze", "acmee")):
        assert concord(*command).err == "concord: there is no organization 'acmee'; did you mean 'acme'?\n"


def test_status_tells_how_files_stand(logged_in: Running):
    """Which were changed here, which in the service, which in both."""
    for name in ("same", "here", "there"):
        concord("push", written(f"{name}.yaml", ACME.replace("key: acme", f"key: {name}")))
    concord("pull", "there", "--output", "newer.yaml")
    written("newer.yaml", Path("newer.yaml").read_text().replace("Acme Telecom", "Acme Cable"))
    concord("push", "newer.yaml")
    written("here.yaml", ACME.replace("key: acme", "key: here").replace("Acme Telecom", "Acme Cable"))

    text, machine = concord("status"), concord("status", "--format", "json")

    lines = [line.split(maxsplit=3) for line in text.out.splitlines()]
    assert ["here.yaml", "here", "1", "changed here"] in lines
    assert ["same.yaml", "same", "1", "nothing"] in lines
    assert ["there.yaml", "there", "1", "1 newer revision"] in lines
    assert ["newer.yaml", "there", "2", "nothing"] in lines
    assert {one["file"]: one["newer_revisions"] for one in json.loads(machine.out)["files"]}["there.yaml"] == 1


def test_an_analysis_is_told_as_an_audit_is(logged_in: Running):
    """The same text and the same exit status, and the service keeps it."""
    concord("push", written("acme.yaml"))
    file = Path("copy.yaml")
    concord("pull", "acme", "--output", file)

    told = concord("analyze", "acme", "--as-of", "2026-01-01", "--quiet", "--color", "never")
    audited = concord("audit", file, "--as-of", "2026-01-01", "--quiet", "--color", "never")

    assert told.out == audited.out
    assert told.status == audited.status == 1
    assert "Kept as ana_" in told.err


@pytest.mark.parametrize("format_", ["json", "sarif", "csv"])
def test_an_analysis_comes_in_every_form(logged_in: Running, format_: str):
    """To a file as well; --fail-on and --exit-zero decide on the status."""
    concord("push", written("acme.yaml"))

    ran = concord("analyze", "acme", "--format", format_, "--output", "out", "--fail-on", "low", "--no-recommendations")
    zero = concord("analyze", "acme", "--lang", "de", "--all", "--exit-zero")

    assert (ran.status, ran.out, zero.status) == (1, "", 0)
    assert Path("out").stat().st_size > 0
    assert "Kundenservice" in zero.out or "BEFUNDE" in zero.out.upper()


def test_a_calm_company_does_not_fail(logged_in: Running):
    """Nothing at or above the level."""
    concord("push", written("calm.yaml", CALM), "--organization", "calm")

    assert concord("analyze", "calm", "--no-recommendations").status == 0


def test_a_backup_is_taken_of_a_running_service(logged_in: Running, monkeypatch: pytest.MonkeyPatch):
    """From another process; what is restored elsewhere holds what was pushed."""
    concord("push", written("acme.yaml"))
    monkeypatch.setenv("CONCORD_DATABASE_URL", logged_in.database_url)

    ran = concord("backup", "concord.backup")

    assert ran.status == 0
    monkeypatch.setenv("CONCORD_DATABASE_URL", f"sqlite:///{os.getcwd()}/copy.db")
    assert concord("restore", "concord.backup").status == 0
    assert "every chain holds" in concord("doctor").out
