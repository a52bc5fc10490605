"""Beginning with what is there: an organization made of a file, or of a starter company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.catalogue.sources import FOLDER
from app.domain.access import Caller
from app.domain.conditions import ANY, Condition
from app.domain.errors import AlreadyExists, Changed, Unknown
from app.domain.faults import Fault, invalid
from app.domain.nearest import nearest, nearest_key
from app.domain.stored_form import stored_form
from app.exchange.flaws import Unreadable, refused
from app.exchange.guide import Guide
from app.exchange.read import read_path, reading
from app.services import accepting, documents
from app.services.documents import StoredDocument
from app.services.imports import computed_on
from app.services.kept_imports import FullImport, SentFile, keep, target_of
from app.services.organizations import found, seen
from app.storage import audit_events
from app.storage.database import Database
from app.storage.documents import Stored

STARTERS = FOLDER / "templates"
"""A document of each starter company."""


def starters() -> list[str]:
    """The names of the starter companies."""
    return sorted(path.stem for path in STARTERS.glob("*.yaml"))


def begin(store: Database, caller: Caller, starter: str, key: str, name: str, now: datetime) -> StoredDocument:
    """Make an organization of a starter company, under its own key and name where none is said.

    Raises Unknown, AlreadyExists, and DocumentInvalid for a key that is none.
    """
    if starter not in starters():
        raise Unknown("template", starter, tuple(nearest(starter, starters())))
    source = read_path(STARTERS / f"{starter}.yaml")
    own = source.raw["organization"]
    said = {**own, "key": key or (nearest_key(name) if name else None) or own["key"], "name": name or own["name"]}
    accepting.valid({"concord": 1, "organization": said})
    source = source._replace(raw={**source.raw, "organization": said})
    try:
        return documents.replace(store, caller, said["key"], source, now, Condition(if_none_match=(ANY,)))
    except Changed:
        raise AlreadyExists("organization", said["key"]) from None


def of_file(store: Database, caller: Caller, key: str, name: str, file: SentFile, now: datetime) -> FullImport:
    """Make an organization that says no more than its name, with a preview of what importing the file would make of it; nothing is kept
    where anything is wrong with the file. Key and name are the file's where none is said.

    Raises AlreadyExists, and DocumentInvalid for a file of which nothing can be read or one without a name.
    """
    own = _named_in(file)
    said = {"name": name or own.get("name")}
    if said["name"] is None:
        raise invalid([Fault(("organization", "name"), "missing")], said)
    key = key or str(own.get("key") or nearest_key(str(said["name"])) or "")
    document = accepting.valid({"concord": 1, "organization": {**said, "key": key}})
    with store.reading(caller.workspace) as tx:
        if not caller.sees(key) or seen(tx, caller, key) is not None:
            raise AlreadyExists("organization", key)
    computed = computed_on(key, Stored(1, "", now, caller.actor, stored_form(document)), file, caller, now)
    if computed.after is None:
        return computed
    with store.writing(caller.workspace) as tx:
        if seen(tx, caller, key, locked=True) is not None:
            raise AlreadyExists("organization", key)
        row, _ = found(tx, caller, key, document, now)
        keep(tx, row, computed, file)
        audit_events.record(tx, caller, at=now, action="import.previewed", target=target_of(computed.short))
        return computed


def _named_in(file: SentFile) -> Mapping[str, Any]:
    """What the file says of the organization. Raises DocumentInvalid for a file of which nothing can be read."""
    try:
        _, read = reading(file.data, file.name, file.kind, Guide({}, file.headings))
    except Unreadable as unreadable:
        raise refused(file.name, unreadable.flaws) from None
    said = read.raw.get("organization") if isinstance(read.raw, Mapping) else None
    return said if isinstance(said, Mapping) else {}
