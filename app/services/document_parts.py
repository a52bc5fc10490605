"""Parts of an organization's document by key: each write is an operation on the whole document, which is checked whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.deletion import deletion, kept_since
from app.domain.document.parts import (
    GOVERNANCE,
    KEY_MEMBER,
    PartId,
    cascaded,
    place_of,
    references_to,
    said_key,
    with_part,
    without_parts,
)
from app.domain.document.pieces import KPIS, Replaced, with_kpi
from app.domain.errors import AlreadyExists, Missing, StillReferenced
from app.domain.faults import Fault, invalid
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.domain.read_only import without_read_only
from app.domain.sent_patches import merged
from app.domain.stored_form import Raw
from app.exchange.source import Source
from app.services import accepting
from app.services.accepting import KEPT, Accepted, diff, part_tag
from app.services.organizations import existing, object_said
from app.services.places_in_bodies import elsewhere, of_part
from app.storage import audit_events, claims, documents, organizations
from app.storage.columns import instant
from app.storage.columns import written as as_text
from app.storage.database import Database
from app.storage.documents import PartRow, Stored
from app.storage.organizations import Organization, State
from app.storage.pages import is_plain
from app.storage.workspace import Transaction

READ_ONLY = ("revision", "created_at", "updated_at", "deleted_at", "purge_after")


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part as it stands; `body` is what the document says. `changes` and `patch`: what a write did to the document."""

    organization: str
    part: PartId
    body: Raw
    revision: int
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    created: bool = False
    changes: tuple[Any, ...] = ()
    patch: tuple[Any, ...] = ()

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return part_tag(self.revision, as_text(self.body))

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/organizations/{self.organization}/{self.part.path}"

    @property
    def shown(self) -> Raw:
        """It as the API shows it. What has no key of its own in the document is shown with the one of its address."""
        key = {} if "key" in self.body or self.part.list == GOVERNANCE else {"key": self.part.key}
        times = {"created_at": written(self.created_at), "updated_at": written(self.updated_at)}
        return {**key, **self.body, "revision": self.revision, **times, **deletion(self.deleted_at)}


class PartText(NamedTuple):
    """A part as it stands, as the text of the JSON that shows it; and its entity tag."""

    text: str
    tag: str


class PageOfTexts(NamedTuple):
    """A page of parts as the texts of their JSON, and the state of the organization that it shows."""

    state: State | None
    page: Found[str]


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal took out of the document, or out of what is kept of it."""

    organization: str
    gone: tuple[PartId, ...]
    changed: tuple[PartId, ...] = ()
    changes: tuple[Any, ...] = ()
    patch: tuple[Any, ...] = ()


def state(store: Database, caller: Caller, organization: str) -> State | None:
    """The state of an organization, None where there is none that the caller may see. As long as it stays the same, so do all lists."""
    if not caller.sees(organization):
        return None
    return organizations.state(store.glance(caller.workspace), organization)


def listed_deleted(
    store: Database, caller: Caller, organization: str, list_: str, wanted: Wanted, now: datetime
) -> Found[StoredPart]:
    """A page of the parts of a list that were deleted and are kept, for administrators. Raises Missing, Forbidden."""
    caller.needs("admin")
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        found = documents.listed_deleted(tx, row, list_, wanted, since=kept_since(now))
        return found.of(lambda part: _stored(organization, list_, part))


def listed(store: Database, caller: Caller, organization: str, list_: str, wanted: Wanted) -> PageOfTexts:
    """A page of a list, each part as it is `shown`: what is kept goes out as it is. Raises Missing."""
    if is_plain(wanted) and caller.sees(organization):
        glanced = documents.glanced_as_texts(store.glance(caller.workspace), organization, list_, wanted)
        if glanced is not None:
            return _page(list_, *glanced)
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return _page(list_, organizations.state(tx, organization), documents.listed_as_texts(tx, row, list_, wanted))


def get(store: Database, caller: Caller, organization: str, part: PartId) -> StoredPart:
    """The part as it stands. Raises Missing."""
    glance = store.glance(caller.workspace)
    row = documents.part_of(glance, organization, *part) if caller.sees(organization) else None
    if row is None:
        raise Missing(part.list, part.key)
    return _stored(organization, part.list, row)


def get_as_text(store: Database, caller: Caller, organization: str, part: PartId) -> PartText:
    """The part as it stands and is `shown`: what is kept goes out as it is. Raises Missing."""
    glance = store.glance(caller.workspace)
    row = documents.text_of(glance, organization, *part) if caller.sees(organization) else None
    if row is None:
        raise Missing(part.list, part.key)
    return PartText(_text(part.list, row), part_tag(row.revision, row.body))


def add(
    store: Database,
    caller: Caller,
    organization: str,
    list_: str,
    source: Source,
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredPart:
    """Add a part to a list. Raises Missing, AlreadyExists, DocumentInvalid with places in what was read."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredPart)) is not None:
            return before
        write = _Write(tx, caller, existing(tx, caller, organization, locked=True), now)
        with of_part((), source):
            said = object_said(source.raw)
            part = PartId(list_, said_key(list_, said) or "")
            said = without_read_only(said, {"key": part.key}, (*READ_ONLY, *_shown_key(list_)))
        is_taken = place_of(write.raw, *part) is not None
        stored = write.put(part, said, source=source, refused=AlreadyExists(list_, part.key) if is_taken else None)
        claims.keep(tx, caller, once, stored)
        return stored


def replace(
    store: Database,
    caller: Caller,
    organization: str,
    part: PartId,
    source: Source,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> StoredPart:
    """Make the part say this, or make the part. Raises Missing (the organization), Changed, ConditionNeeded, DocumentInvalid."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        write = _Write(tx, caller, existing(tx, caller, organization, locked=True), now)
        with of_part((), source):
            said = _of_key(without_read_only(object_said(source.raw), write.shown(part), READ_ONLY), part)
        return write.put(part, said, source=source, condition=condition)


def change(
    store: Database,
    caller: Caller,
    organization: str,
    part: PartId,
    patch: Any,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredPart:
    """Merge a patch into the part. Raises Missing, Changed, ConditionNeeded, DocumentInvalid."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredPart)) is not None:
            return before
        write = _Write(tx, caller, existing(tx, caller, organization, locked=True), now)
        stored = _current(tx, write.organization, part)
        said = without_read_only(object_said(patch), stored.shown, READ_ONLY)
        key = {name: said.pop(name) for name in _shown_key(part.list) if name in said}
        after = write.put(part, _of_key({**merged(stored.body, said), **key}, part), condition=condition)
        claims.keep(tx, caller, once, after)
        return after


def remove(
    store: Database,
    caller: Caller,
    organization: str,
    part: PartId,
    now: datetime,
    condition: Condition,
    *,
    cascade: bool = False,
    purge: bool = False,
    dry_run: bool = False,
) -> Removed:
    """Take the part out of the document; with `cascade` also all that refers to it. `purge`, which is for administrators, erases its rows
    at once, also those that are kept of an earlier deletion.

    Raises Missing, Forbidden, StillReferenced, Changed, ConditionNeeded, and DocumentInvalid where the document needs the part.
    """
    if purge:
        caller.needs("admin")
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        write = _Write(tx, caller, existing(tx, caller, organization, locked=True), now)
        row = documents.part(tx, write.organization, *part)
        removed = Removed(organization, (part,))
        if row is not None:
            removed = write.remove(_stored(organization, part.list, row), condition, cascade=cascade)
        erased = sum(documents.erase_parts(tx, write.organization, *gone) for gone in removed.gone) if purge else 0
        if row is None and not erased:
            raise Missing(part.list, part.key)
        if erased:
            audit_events.record(tx, caller, at=now, action=f"{part.list}.purged", target=write.target(part))
        return removed


def restore(
    store: Database,
    caller: Caller,
    organization: str,
    part: PartId,
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredPart:
    """Bring the part of that key back that was deleted last.

    Raises Missing, AlreadyExists, DocumentInvalid where it does not fit the document any more.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredPart)) is not None:
            return before
        write = _Write(tx, caller, existing(tx, caller, organization, locked=True), now)
        row = documents.last_deleted(tx, write.organization, *part, since=kept_since(now))
        if row is None and place_of(write.raw, *part) is None:
            raise Missing(part.list, part.key)
        if row is None or place_of(write.raw, *part) is not None:
            raise AlreadyExists(part.list, part.key)
        stored = write.put(part, row.body, restored=row)
        claims.keep(tx, caller, once, stored)
        return stored


class _Write:
    """A change of parts of one organization's document, which is locked."""

    def __init__(self, tx: Transaction, caller: Caller, organization: Organization, at: datetime) -> None:
        self.tx, self.caller, self.organization, self.at = tx, caller, organization, at
        self.standing = documents.standing_as_written(tx, organization)
        self.pieces = KEPT.find(self.standing.body)
        self.raw: Raw = self.pieces.raw if self.pieces else json.loads(self.standing.body)
        self._before: dict[PartId, Any] = {}

    def target(self, part: PartId) -> str:
        """What audit events call the part."""
        return f"organizations/{self.organization.key}/{part.path}"

    def shown(self, part: PartId) -> Raw:
        """The part as it stands, nothing where it does not exist."""
        row = self._row(part)
        return {} if row is None else _stored(self.organization.key, part.list, row).shown

    def put(
        self,
        part: PartId,
        said: Raw,
        *,
        source: Source | None = None,
        condition: Condition | None = None,
        refused: Exception | None = None,
        restored: PartRow | None = None,
    ) -> StoredPart:
        """Put the part into the document, unless the document is not valid then, the condition does not hold, or it is to be `refused`."""
        replaced = document = None
        if self.pieces is not None and part.list == KPIS and restored is None:
            replaced = with_kpi(self.pieces, part.key, said, catalogue())
        if replaced is None:
            raw, path = with_part(self.raw, part, said)
            with of_part(path, source) if restored is None else elsewhere():
                document = accepting.valid(raw)
        before = self._row(part)
        if condition is not None:
            condition.check(None if before is None else part_tag(before.revision, as_text(before.body)))
        if refused is not None:
            raise refused
        done = "restored" if restored is not None else "created" if before is None else "replaced"
        accepted = self._accept(replaced or document, f"{part.list}.{done}", part, restored)
        stored = self._written(part, accepted, replaced)
        changes, patch = diff(accepted)
        return changed(stored, created=before is None and restored is None, changes=changes, patch=patch)

    def remove(self, stored: StoredPart, condition: Condition, *, cascade: bool) -> Removed:
        """Take the part out of the document, with what refers to it when that is wanted."""
        part = stored.part
        condition.check(stored.tag)
        with elsewhere():
            if cascade:
                left = cascaded(self.raw, part, catalogue())
                raw, gone, touched = left.raw, left.gone, left.changed
            else:
                if references := references_to(self.raw, part, catalogue()):
                    raise StillReferenced(part.list, part.key, references)
                raw, gone, touched = without_parts(self.raw, (part,)), (part,), ()
            accepted = self._accept(raw, f"{part.list}.deleted", part, None)
        return Removed(self.organization.key, gone, touched, *diff(accepted))

    def _written(self, part: PartId, accepted: Accepted, replaced: Replaced | None) -> StoredPart:
        """The part as it is now."""
        if replaced is None:
            return _current(self.tx, self.organization, part)
        stored = _stored(self.organization.key, part.list, self._row(part))
        if not accepted.is_new:
            return stored
        body = accepted.raw[KPIS][replaced.place]
        return changed(stored, body=body, revision=accepted.number, updated_at=accepted.at)

    def _row(self, part: PartId) -> Any | None:
        """The part as it stood before the change, None where there was none."""
        if part not in self._before:
            self._before[part] = documents.part(self.tx, self.organization, *part)
        return self._before[part]

    def _accept(self, said: Any, action: str, part: PartId, restored: PartRow | None) -> Accepted:
        target = self.target(part)
        if isinstance(said, Replaced):
            return accepting.accept_kpi(
                self.tx,
                self.caller,
                self.organization,
                said,
                at=self.at,
                action=action,
                target=target,
                before=self.standing,
                old=self.raw,
            )
        return accepting.accept(
            self.tx,
            self.caller,
            self.organization,
            said,
            at=self.at,
            action=action,
            target=target,
            before=Stored(*self.standing[:4], raw=self.raw),
            restored=restored,
        )


def _current(tx: Transaction, organization: Organization, part: PartId) -> StoredPart:
    row = documents.part(tx, organization, *part)
    if row is None:
        raise Missing(part.list, part.key)
    return _stored(organization.key, part.list, row)


def _stored(organization: str, list_: str, row: Any) -> StoredPart:
    return StoredPart(
        organization=organization,
        part=PartId(list_, row.key),
        body=row.body,
        revision=row.revision,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def _page(list_: str, state: State | None, found: Found[Any]) -> PageOfTexts:
    return PageOfTexts(state, found.of(partial(_text, list_)))


def _text(list_: str, row: Any) -> str:
    """What `StoredPart.shown` shows of a part, where `body` is text."""
    key = f'"key":{json.dumps(row.key)},' if _shown_key(list_) else ""
    body = f"{row.body[1:-1]}," if len(row.body) > len("{}") else ""
    return f'{{{key}{body}"revision":{row.revision},"created_at":"{_when(row.created)}","updated_at":"{_when(row.updated)}"}}'


@lru_cache(maxsize=4096)
def _when(milliseconds: int) -> str:
    """An instant as it is kept → as it is shown; parts that were made together say the same one again and again."""
    return written(instant(milliseconds))


def _shown_key(list_: str) -> tuple[str, ...]:
    """The key as a member that only the API shows, for items that have none of that name in the document."""
    return ("key",) if list_ in KEY_MEMBER or list_ == "influences" else ()


def _of_key(said: Raw, part: PartId) -> Raw:
    """What is said of the part at an address that names its key: it may name the key again, and no other one."""
    if part.list == GOVERNANCE:
        return said
    own = KEY_MEMBER.get(part.list, "key")
    named = {"key": said.get("key"), own: said.get(own)}
    said = {name: value for name, value in said.items() if name != "key"}
    if part.list == "influences":
        named[""] = said_key(part.list, said)
    else:
        said[own] = part.key
    faults = [
        Fault((name,) if name else (), "other_key", key, "this_key", (part.key,), {"key": part.key})
        for name, key in named.items()
        if key not in (None, part.key)
    ]
    if faults:
        raise invalid(faults, said)
    return said
