"""Writes of parts: each is an operation on the whole document, which is checked whole and accepted by the one path."""

from __future__ import annotations

import json
from dataclasses import replace as changed
from datetime import datetime
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.conditions import Condition
from app.domain.document.parts import (
    PartId,
    cascaded,
    references_to,
    with_part,
    without_parts,
)
from app.domain.document.pieces import KPIS, Replaced, with_kpi
from app.domain.errors import StillReferenced
from app.domain.stored_form import Raw
from app.exchange.source import Source
from app.services import accepting
from app.services.accepting import KEPT, Accepted, diff, part_tag
from app.services.kept_parts import Removed, StoredPart, existing_part, part_of
from app.services.places_in_bodies import elsewhere, of_part
from app.storage import documents
from app.storage.columns import written as as_text
from app.storage.documents import PartRow, Stored
from app.storage.organizations import Organization
from app.storage.workspace import Transaction


class PartWrite:
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
        return {} if row is None else part_of(self.organization.key, part.list, row).shown

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
            return existing_part(self.tx, self.organization, part)
        stored = part_of(self.organization.key, part.list, self._row(part))
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
