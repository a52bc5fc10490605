"""Computations: what takes long to compute out of a stored analysis or scenario; it is done once, and kept as it came.

Plans, sensitivities and business cases are kinds of them. Each says what it is about and how it is computed; here stands how it is kept.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.errors import Missing
from app.domain.pages import Found, Wanted
from app.services.organizations import existing
from app.storage import audit_events, claims, computations
from app.storage.columns import written as json_text
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.organizations import Organization
from app.storage.pages import Listing
from app.storage.rows import value_of
from app.storage.workspace import Transaction

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Computation(ABC):
    """What was computed, when and for whom. `body`: all that came of it, as JSON values, None in lists."""

    organization: str
    id: str
    created_at: datetime
    created_by: str
    body: Json | None = None

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes: that of what never changes."""
        return self.id

    @property
    @abstractmethod
    def path(self) -> str:
        """The path of its address."""


C = TypeVar("C", bound=Computation)


@dataclass(frozen=True)
class Kind(Generic[C]):
    """A kind of computation: its values, which have the members of its rows; how it is called, in errors, ids and audit events.

    `about`: the member with the id of what it is about; `existing`: what raises Missing where that is not there (any more).
    """

    value: type[C]
    listing: Listing
    noun: str
    prefix: str
    action: str
    about: str
    existing: Callable[[Transaction, Organization, str], object]

    @property
    def row(self) -> Any:
        """The class of its rows."""
        return self.listing.table


def run(
    store: Database,
    caller: Caller,
    kind: Kind[C],
    organization: str,
    about: str,
    compute: Callable[[], Mapping[str, Any]],
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> C:
    """Compute, and keep what comes of it: the `body`, as JSON values, and the other members of its row. No transaction is open meanwhile.

    Raises Missing, and what `compute` raises.
    """
    with store.reading(caller.workspace) as tx:
        if (before := claims.known(tx, caller, once, kind.value)) is not None:
            return before
    computed = compute()
    members = {**computed, "body": json_text(computed["body"]).encode()}
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, kind.value)) is not None:
            return before
        of = existing(tx, caller, organization)
        kind.existing(tx, of, about)
        own = {"id": new_id(kind.prefix, now), kind.about: about, "created_at": now, "created_by": caller.actor}
        row = tx.add(kind.row(workspace_id=tx.workspace, organization_id=of.id, **own, **members))
        made = whole(kind, organization, row)
        note(tx, caller, made, kind.action, now, once)
        return made


def get(store: Database, caller: Caller, kind: Kind[C], organization: str, id_: str, *, about: str | None = None) -> C:
    """A computation of the organization, or of what it is `about`. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        if about is not None:
            kind.existing(tx, of, about)
        row = existing_row(tx, of, kind, id_)
        if about is not None and getattr(row, kind.about) != about:
            raise Missing(kind.noun, id_)
        return whole(kind, organization, row)


def listed(
    store: Database, caller: Caller, kind: Kind[C], organization: str, wanted: Wanted, *, about: str | None = None
) -> Found[C]:
    """A page of the organization's computations, or of those `about` something, the newest first unless another order is wanted.

    Raises Missing.
    """
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        only = {}
        if about is not None:
            kind.existing(tx, of, about)
            only = {kind.about: about}
        found = computations.listed(tx, kind.listing, of.id, wanted, **only)
        return found.of(lambda row: value_of(kind.value, row, organization=organization, body=None))


def existing_row(
    tx: Transaction, organization: Organization, kind: Kind[Any], id_: str, *, locked: bool = False
) -> Any:
    """The row of the computation of that id; raises Missing."""
    row = computations.computation(tx, kind.row, organization.id, id_, locked=locked)
    if row is None:
        raise Missing(kind.noun, id_)
    return row


def note(tx: Transaction, caller: Caller, made: Computation, action: str, now: datetime, once: Claim | None) -> None:
    """Write the audit event of what was done, and keep what the request came to."""
    audit_events.record(tx, caller, at=now, action=action, target=made.path.removeprefix("/v1/"))
    claims.keep(tx, caller, once, made)


def whole(kind: Kind[C], organization: str, row: Any) -> C:
    """A computation with all that came of it."""
    return value_of(kind.value, row, organization=organization, body=json.loads(row.body))
