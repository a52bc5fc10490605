"""Backups: taken while others write, of either database, restored into either, and then every export is the same, byte for byte."""

from __future__ import annotations

import gzip
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from app.domain.conditions import ANY, Condition
from app.domain.errors import SchemaTooNew, StorageTrouble
from app.main import application
from app.routers.examples import DOCUMENT
from app.services import audit_events, documents, revisions
from app.settings import Settings
from app.storage.backup_files import BackupInvalid
from app.storage.backups import NotEmpty, back_up, restore, tables_of
from app.storage.database import Database
from app.storage.schema import current_step, known_steps, migrate
from tests.client.over_asgi import waiting
from tests.counts import many
from tests.databases import KINDS, fresh
from tests.faults.postgres import postgres
from tests.http_client import UNLIMITED, Client, serving
from tests.services.stored import caller, source

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
ANY_STATE = Condition(if_match=(ANY,))


def filled(service: Client, workspace: str) -> None:
    """A workspace with something of everything."""
    with waiting(service, service.another(workspace=workspace).key) as concord:
        concord.documents.put("acme", DOCUMENT.encode(), media_type="application/yaml", create=True)
        concord.organizations.add({"key": "grosse", "name": "Größe 会社 & Co"})
        concord.kpis.patch("acme", "aht", {"target": 300, "name": f"Handling time of {workspace}"}, if_match="*")
        concord.analyses.run("acme")
        conflict = concord.conflicts.list("acme").first()
        assert conflict is not None
        concord.conflicts.patch("acme", conflict.fingerprint, {"status": "acknowledged"}, if_match="*")
        concord.conflicts.comment("acme", conflict.fingerprint, "Seen.\nBy two of us – “both”.")
        concord.analyses.start("acme")
        concord.imports.preview("acme", concord.exports.get("acme", "xlsx"), "acme.xlsx")
        concord.members.add("Ann Lee", "ann@example.com")
        concord.webhooks.add("https://hooks.example.com/concord")
        concord.observations.record("acme", [{"kpi": "aht", "on": "2026-01-31", "value": 290.1}])
        concord.organizations.delete("grosse", if_match="*")


def exported(service: Client) -> dict[str, bytes]:
    """The bytes of everything that a workspace shows, by its address."""
    org = "/v1/organizations/acme"
    (analysis,) = service.get(f"{org}/analyses").json()["items"]
    paths = [
        *("/v1/organizations?deleted=true", "/v1/members", "/v1/webhooks", "/v1/jobs", "/v1/audit-events?limit=200"),
        *(f"{org}/exports?format={form}" for form in ("yaml", "json", "csv")),
        *(f"{org}/document", f"{org}/document?revision=1", f"{org}/kpis", f"{org}/conflicts", f"{org}/observations"),
        *(f"{org}/revisions", f"{org}/revisions/2", f"{org}/imports", f"{org}/analyses/{analysis['id']}/report"),
        *(f"{org}/analyses/{analysis['id']}/findings?limit=200&include=chain,citations", "/v1/audit-events/verify"),
    ]
    return {path: service.get(path).content for path in paths}


@contextmanager
def on(url: str, key: str) -> Iterator[Client]:
    """The service on another database, asked with a key of the first."""
    app = application(Settings(database_url=url, **UNLIMITED))
    client = Client(app, key)
    yield client
    client.close()
    app.state.store.close()


class Backup(NamedTuple):
    """A backup of a filled database: of which kind, the file, a key of each workspace, and what each showed."""

    kind: str
    file: Path
    keys: dict[str, str]
    shown: dict[str, dict[str, bytes]]


@pytest.fixture(scope="module", params=KINDS)
def backup(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Backup:
    """A backup of each kind of database."""
    file = tmp_path_factory.mktemp("backup") / "concord.backup"
    with serving(request.param) as service:
        keys, shown = {}, {}
        for workspace in ("tests", "others"):
            filled(service, workspace)
            keys[workspace] = str(service.another(workspace=workspace).key)
        for workspace, key in keys.items():
            shown[workspace] = exported(service.with_key(key))
        back_up(service.app.state.store, file)
    return Backup(request.param, file, keys, shown)


def rows_of(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that a backup holds."""
    with tables_of(file) as tables:
        return {table.name: [tuple(row) for row in table.rows] for table in tables}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_restored_shows_the_same_bytes(backup: Backup, kind: str, tmp_path: Path) -> None:
    """Whichever database it came from and goes to: documents, revisions, reports, events; and keys open what they opened."""
    with fresh(kind) as url:
        store = Database(url)
        restore(store, backup.file)
        back_up(store, tmp_path / "again")
        store.close()

        assert rows_of(tmp_path / "again") == rows_of(backup.file)
        for workspace, key in backup.keys.items():
            with on(url, key) as service:
                assert exported(service) == backup.shown[workspace]


@pytest.mark.slow
def test_an_owner_who_is_no_superuser_backs_up_and_restores(backup: Backup, tmp_path: Path) -> None:
    """Row-level security binds them, too: rows are read and written workspace by workspace, and none is missed."""
    with postgres() as server:
        server.run("create role keeper login")
        server.run("create database kept owner keeper")
        store = Database(server.database_named("kept").replace("//postgres@", "//keeper@"))
        restore(store, backup.file)
        restore(store, backup.file, force=True)
        back_up(store, tmp_path / "again")
        store.close()

    assert rows_of(tmp_path / "again") == rows_of(backup.file)


@pytest.mark.slow
def test_a_backup_is_taken_while_others_write(database_url: str, tmp_path: Path) -> None:
    """Each is of one moment: revisions without gaps, the chain of events whole, the document that belongs to the last of them."""
    store, ended = Database(database_url), threading.Event()
    me = caller(store)

    def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            said = source({"concord": 1, "organization": {"name": f"Acme {number}"}})
            documents.replace(
                store, me, "acme", said, NOW + timedelta(seconds=number), ANY_STATE if number > 1 else Condition()
            )

    writer = threading.Thread(target=write)
    writer.start()
    try:
        files = [tmp_path / f"{number}" for number in range(many(10))]
        for file in files:
            back_up(store, file)
    finally:
        ended.set()
        writer.join()
    store.close()

    for file in files:
        with fresh("sqlite") as url:
            copy = Database(url)
            restore(copy, file)
            _check_whole(copy)
            copy.close()


def _check_whole(copy: Database) -> None:
    from app.domain.errors import Missing

    me = caller(copy)
    try:
        document = documents.get(copy, me, "acme")
    except Missing:
        assert audit_events.verified(copy, me) == (0, None)
        return
    found = [revisions.get(copy, me, "acme", number).number for number in range(1, document.revision + 1)]
    assert found == list(range(1, document.revision + 1))
    assert document.raw["organization"]["name"] == f"Acme {document.revision}"
    assert audit_events.verified(copy, me) == (document.revision, None)


@pytest.mark.slow
def test_what_is_there_is_not_replaced_by_a_slip(backup: Backup) -> None:
    """A database with anything in it is left as it is, unless that is wanted."""
    with serving(backup.kind) as service:
        store = service.app.state.store
        with pytest.raises(NotEmpty):
            restore(store, backup.file)
        assert service.get("/v1/me").status_code == 200

        restore(store, backup.file, force=True)

        assert service.get("/v1/me").status_code == 401
        assert exported(service.with_key(backup.keys["tests"])) == backup.shown["tests"]


@pytest.mark.slow
@pytest.mark.parametrize(("origin", "kind"), [(one, other) for one in KINDS for other in KINDS if one != other])
def test_a_backup_of_an_earlier_version_is_brought_up_to_date(origin: str, kind: str, tmp_path: Path) -> None:
    """It is restored as it was, and migrated then; whichever kind it is and goes to."""
    with fresh(origin) as url:
        store = Database(url)
        migrate(store, known_steps()[3])
        taken = back_up(store, tmp_path / "backup")
        store.close()
    with fresh(kind) as url:
        store = Database(url)
        restore(store, tmp_path / "backup")
        assert (taken.step, current_step(store)) == (known_steps()[3], known_steps()[-1])
        store.close()


@pytest.mark.slow
def test_a_file_that_is_no_backup_changes_nothing(backup: Backup, tmp_path: Path) -> None:
    """Nor does one that was cut short, broken, of a later version, or another program's."""
    whole = backup.file.read_bytes()
    cut, later, other = tmp_path / "cut", tmp_path / "later", tmp_path / "other"
    cut.write_bytes(whole[: len(whole) // 2])
    later.write_bytes(gzip.compress(b'{"concord_backup":1,"step":"9999"}\n{"rows":0}\n'))
    other.write_bytes(b"PK\x03\x04")
    with serving(backup.kind) as service:
        for file, error in ((cut, BackupInvalid), (later, SchemaTooNew), (other, BackupInvalid)):
            with pytest.raises(error):
                restore(service.app.state.store, file, force=True)

        assert service.get("/v1/me").status_code == 200


def test_a_backup_is_for_its_owner_and_whole(backup: Backup) -> None:
    """It holds what opens everything; and no draft of it is left over."""
    assert stat.S_IMODE(os.stat(backup.file).st_mode) == 0o600
    assert [each.name for each in backup.file.parent.iterdir()] == [backup.file.name]


def test_there_is_no_backup_of_nothing(tmp_path: Path) -> None:
    """A database that was never made is missed, and is not made by looking."""
    store = Database(f"sqlite:///{tmp_path / 'absent.db'}")

    with pytest.raises(StorageTrouble):
        back_up(store, tmp_path / "backup")

    assert list(tmp_path.iterdir()) == []
