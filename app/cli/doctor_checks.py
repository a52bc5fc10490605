"""What `concord doctor` looks at, one after the other; what rests on something that is wrong is not looked at."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from app.cli.remote import login_file

if TYPE_CHECKING:
    from app.settings import Settings
    from app.storage.database import Database

LITTLE, TOO_LITTLE = 1 << 30, 100 << 20
"""Bytes of free disk."""

APART = timedelta(seconds=5)
"""How far the clocks of this machine and of the database may be apart."""


class Check(NamedTuple):
    """Something that was looked at. `attention`: it works, but should be seen to."""

    name: str
    state: Literal["well", "attention", "wrong"]
    told: str


def checks() -> Iterator[Check]:
    """Everything, in an order in which one mends it."""
    from app.settings import Settings, SettingsInvalid

    try:
        settings = Settings.from_environment()
    except SettingsInvalid as invalid:
        yield Check("settings", "wrong", str(invalid))
        return
    yield Check("settings", "well", "every CONCORD_… variable can be used")
    yield _secret_key(settings)
    yield from _database(settings)
    if login_file().exists():
        yield _private("login", login_file())


def _secret_key(settings: Settings) -> Check:
    from app.services.sealing import own_key_file

    if settings.secret_key:
        return Check("secret key", "well", "CONCORD_SECRET_KEY is set")
    file = own_key_file()
    if not file.exists():
        return Check("secret key", "well", f"made when it is needed first: {file}; keep a copy of it with your backups")
    return _private("secret key", file)


def _private(name: str, file: Path) -> Check:
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        return Check(name, "wrong", f"others can read {file}: chmod 600 {file}")
    return Check(name, "well", f"only you can read {file}")


def _database(settings: Settings) -> Iterator[Check]:
    from app.cli.stores import is_there
    from app.services.stores import default_url
    from app.storage.database import Database

    with closing(Database(settings.database_url or default_url())) as store:
        where = store.url.render_as_string(hide_password=True)
        file = Path(store.url.database or "") if store.dialect == "sqlite" else None
        if not is_there(store):
            yield Check("database", "attention", f"{where} is not there yet; concord serve makes it")
            yield _disk(Path(store.url.database or "").parent)
            return
        yield from _opened(store, where)
        if file is not None:
            yield _readable(file)
            yield _disk(file.parent)


def _opened(store: Database, where: str) -> Iterator[Check]:
    from app.domain.errors import StorageTrouble
    from app.storage import schema

    try:
        store.check()
        yield Check("database", "well", f"{where} answers")
        step, last = schema.current_step(store), schema.last_step()
        if step == last:
            yield Check("schema", "well", f"at step {step}")
            yield from _clock(store)
            yield from _chains(store)
        elif step is None or step in schema.known_steps():
            before = "empty" if step is None else f"at step {step}"
            yield Check("schema", "attention", f"{before}; concord serve or concord migrate brings it to {last}")
        else:
            yield Check("schema", "wrong", f"at step {step}, which a later version of Concord made")
    except StorageTrouble as trouble:
        yield Check("database", "wrong", f"{where}: {trouble}")


def _clock(store: Database) -> Iterator[Check]:
    from app.services.audit_events import last_at
    from app.services.operators import operators
    from app.storage.clocks import clock_of
    from app.web.clock import present

    now = present()
    theirs = clock_of(store)
    if theirs is not None and abs(theirs - now) > APART:
        apart = (theirs - now).total_seconds()
        yield Check(
            "clock", "wrong", f"the database's clock is {abs(apart):.0f} s {'ahead' if apart > 0 else 'behind'}"
        )
        return
    last = max(filter(None, (last_at(store, operator) for _, operator in operators(store))), default=None)
    if last is not None and last > now + APART:
        yield Check(
            "clock",
            "wrong",
            f"something is recorded for {last:%Y-%m-%d %H:%M} UTC, and it is {now:%Y-%m-%d %H:%M} here",
        )
        return
    yield Check("clock", "well", f"{now:%Y-%m-%d %H:%M:%S} UTC")


def _chains(store: Database) -> Iterator[Check]:
    from app.services.audit_events import verified
    from app.services.operators import operators

    count, events = 0, 0
    for name, operator in operators(store):
        number, broken = verified(store, operator)
        count, events = count + 1, events + number
        if broken is not None:
            told = f"the chain of the workspace “{name}” is broken at event {broken.number}: concord audit-log verify"
            yield Check("audit events", "wrong", told)
            return
    yield Check(
        "audit events", "well", f"{events} in {count} {'workspace' if count == 1 else 'workspaces'}; every chain holds"
    )


def _readable(file: Path) -> Check:
    if stat.S_IMODE(file.stat().st_mode) & 0o077 and stat.S_IMODE(file.parent.stat().st_mode) & 0o077:
        return Check("database file", "attention", f"others can read {file}: chmod 600 {file}")
    return Check("database file", "well", f"only you can read {file}")


def _disk(folder: Path) -> Check:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    told = f"{free / (1 << 30):.1f} GiB are free in {folder}"
    return Check("disk", "wrong" if free < TOO_LITTLE else "attention" if free < LITTLE else "well", told)
