"""Revisions of an organization's document: every accepted change, by whom; any past state, what differs, and the way back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.domain.access import Caller
from app.domain.change_form import change_as_json, counts
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.document.changes import changes_between
from app.domain.document.patch import patch_between
from app.domain.errors import Missing
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.domain.stored_form import Raw
from app.domain.terms import Language
from app.services import accepting
from app.services.accepting import document_tag
from app.services.change_texts import told_changes
from app.services.documents import StoredDocument, just_accepted
from app.services.organizations import existing
from app.services.places_in_bodies import elsewhere
from app.storage import claims, documents, revisions
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.workspace import Transaction

NOTHING = 0
"""Stands for the empty document, before the first revision."""

_NUMBER = re.compile("[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Revision:
    """An accepted change, in short: `counts` tells how many parts were added, changed and removed."""

    number: int
    at: datetime
    actor: str
    action: str
    content_hash: str
    counts: dict[str, int]

    @property
    def tag(self) -> str:
        """The entity tag of the document as it was, without quotes."""
        return document_tag(self.number, self.content_hash)

    @property
    def shown(self) -> Raw:
        """It as lists show it."""
        about = {"number": self.number, "at": written(self.at), "actor": self.actor, "action": self.action}
        return {**about, "content_hash": self.content_hash, "counts": self.counts}


def number_of(text: str) -> int:
    """The number of a revision as addresses write it; raises Missing for what cannot be one."""
    if not _NUMBER.fullmatch(text):
        raise Missing("revision", text)
    return int(text)


def listed(store: Database, caller: Caller, organization: str, wanted: Wanted) -> Found[Revision]:
    """A page of the organization's revisions. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        return revisions.listed(tx, existing(tx, caller, organization), wanted).of(_revision)


def get(store: Database, caller: Caller, organization: str, number: int) -> Revision:
    """A revision in short. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        return _existing(tx, existing(tx, caller, organization), number)


def told(
    store: Database, caller: Caller, organization: str, number: int, language: Language, *, with_document: bool = False
) -> Raw:
    """A revision in full: what it changed, in words and as a JSON Patch; and the document that came of it, when wanted. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        revision = _existing(tx, row, number)
        kept = revisions.changes(tx, row, number)
        before, after = _document(tx, row, number - 1), _document(tx, row, number)
    assert kept is not None
    changes = told_changes(kept.changes, before, after, language)
    document = {"document": after} if with_document else {}
    return {**revision.shown, "changes": changes, "patch": kept.patch, **document}


def difference(
    store: Database, caller: Caller, organization: str, number: int, against: int, language: Language
) -> Raw:
    """What differs in a revision from another one, whichever came first; the patch makes this of that. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        before, after = _document(tx, row, against), _document(tx, row, number)
    changes = changes_between(before, after)
    return {
        "number": number,
        "against": against,
        "counts": counts(changes),
        "changes": told_changes(map(change_as_json, changes), before, after, language),
        "patch": patch_between(before, after),
    }


def restore(
    store: Database,
    caller: Caller,
    organization: str,
    number: int,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredDocument:
    """Make the document say again what it said at a revision: that is a new one. `condition` is about the document as it stands.

    Raises Missing, Changed, ConditionNeeded, and DocumentInvalid where what was valid then is not any more.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredDocument)) is not None:
            return before
        row = existing(tx, caller, organization, locked=True)
        with elsewhere():
            document = accepting.valid(_document(tx, row, _existing(tx, row, number).number))
        condition.check(document_tag(row.revision, row.content_hash))
        target = f"organizations/{organization}/revisions/{number}"
        accepted = accepting.accept(tx, caller, row, document, at=now, action="document.restored", target=target)
        stored = just_accepted(organization, accepted)
        claims.keep(tx, caller, once, stored)
        return stored


def _existing(tx: Transaction, organization: Organization, number: int) -> Revision:
    row = revisions.in_short(tx, organization, number)
    if row is None:
        raise Missing("revision", str(number))
    return _revision(row)


def _revision(row: Row[Any]) -> Revision:
    return Revision(row.number, row.created_at, row.actor, row.action, row.content_hash, row.counts)


def _document(tx: Transaction, organization: Organization, number: int) -> Mapping[str, Any]:
    """What the document said; nothing before the first revision."""
    if number == NOTHING:
        return {}
    stored = documents.at_revision(tx, organization, number)
    if stored is None:
        raise Missing("revision", str(number))
    return stored.raw
