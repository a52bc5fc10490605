"""Scenarios as they are kept: a row with its stack of patches and the document that they make, and every change of one that is open."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.access import Caller
from app.domain.canonical import content_hash
from app.domain.change_form import change_as_json
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.document.changes import changes_between
from app.domain.errors import Missing, WrongState
from app.domain.instants import written
from app.domain.pages import folded
from app.domain.scenario_stack import Layer, Raw, layers_of, states_of
from app.services.accepting import valid
from app.services.organizations import existing
from app.services.scenario_patches import Kept
from app.storage import audit_events, claims, documents, scenarios
from app.storage.columns import written as json_text
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.organizations import Organization
from app.storage.rows import value_of
from app.storage.scenarios import ScenarioRow
from app.storage.workspace import Transaction


@dataclass(frozen=True, slots=True)
class StoredScenario:
    """A scenario in short. `revision`: that of the document which it stands on; `status`: open, promoted (into `promoted_revision`) or
    discarded."""

    organization: str
    id: str
    name: str
    description: str | None
    status: str
    revision: int
    patch_count: int
    content_hash: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    promoted_revision: int | None
    version: int

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return f"{self.id}-{self.version}"

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/organizations/{self.organization}/scenarios/{self.id}"

    @property
    def listed(self) -> Mapping[str, Any]:
        """It as lists show it."""
        plain = {
            "id": self.id,
            "organization": self.organization,
            "name": self.name,
            "description": self.description,
            "status": self.status,
            "revision": self.revision,
            "patch_count": self.patch_count,
            "content_hash": self.content_hash,
            "created_at": written(self.created_at),
            "created_by": self.created_by,
            "updated_at": written(self.updated_at),
            "decided_at": self.decided_at and written(self.decided_at),
            "decided_by": self.decided_by,
            "promoted_revision": self.promoted_revision,
        }
        return {name: value for name, value in plain.items() if value is not None}


@dataclass(frozen=True, slots=True)
class WholeScenario:
    """A scenario with its stack, the document that this makes, and what that changes in the revision which it stands on."""

    short: StoredScenario
    patches: tuple[Kept, ...]
    document: Raw
    changes: tuple[Any, ...]

    @property
    def shown(self) -> Mapping[str, Any]:
        """It as the API shows it."""
        return {
            **self.short.listed,
            "patches": list(self.patches),
            "changes": list(self.changes),
            "document": self.document,
        }


def existing_scenario(tx: Transaction, organization: Organization, id_: str, *, locked: bool = False) -> ScenarioRow:
    """The scenario of that id; raises Missing."""
    found = scenarios.scenario(tx, organization.id, id_, locked=locked)
    if found is None:
        raise Missing("scenario", id_)
    return found


def whole(tx: Transaction, organization: Organization, row: ScenarioRow) -> WholeScenario:
    """A scenario with its stack and document."""
    bottom, top = document_at(tx, organization, row.revision).raw, json.loads(row.body)
    changes = tuple(map(change_as_json, changes_between(bottom, top)))
    return WholeScenario(short_of(organization, row), tuple(row.patches), top, changes)


def short_of(organization: Organization, row: Any) -> StoredScenario:
    """A scenario in short, of its row."""
    return value_of(StoredScenario, row, organization=organization.key)


def document_at(tx: Transaction, organization: Organization, number: int) -> documents.Stored:
    """The document at a revision; raises Missing."""
    found = documents.at_revision(tx, organization, number)
    if found is None:
        raise Missing("revision", str(number))
    return found


def layers(bottom: Raw, patches: Sequence[Kept]) -> tuple[Layer, ...]:
    """The stack of a scenario that stands on a document."""
    return layers_of([one["id"] for one in patches], states_of(bottom, [one["patch"] for one in patches]))


def begun(
    tx: Transaction,
    caller: Caller,
    of: Organization,
    name: str,
    description: str | None,
    revision: int | None,
    now: datetime,
) -> tuple[ScenarioRow, Raw]:
    """A scenario without a patch on a revision, by default the newest, that nobody has added yet, and its document. Raises Missing."""
    bottom = document_at(tx, of, of.revision if revision is None else revision)
    row = ScenarioRow(
        workspace_id=tx.workspace,
        organization_id=of.id,
        id=new_id("scn", now),
        name=name,
        description=description,
        revision=bottom.number,
        patches=[],
        body=json_text(bottom.raw).encode(),
        content_hash=bottom.content_hash,
        created_at=now,
        created_by=caller.actor,
        updated_at=now,
        searched=folded(name, description),
    )
    return row, bottom.raw


def change_row(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    put: Callable[[Transaction, Organization, ScenarioRow], None],
    now: datetime,
    condition: Condition,
    action: str,
    *,
    absent: Sequence[str] = (),
    needed: bool = True,
    once: Claim | None = None,
    dry_run: bool = False,
) -> WholeScenario:
    """Let `put` change the row of an open scenario, and write it, with an audit event that calls it `action`. `absent`: how scenarios stand
    for which there is nothing to change.

    Raises Missing, WrongState, Changed, ConditionNeeded where a state is `needed`, and what `put` raises.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, WholeScenario)) is not None:
            return before
        of = existing(tx, caller, organization)
        row = existing_scenario(tx, of, id_, locked=True)
        if row.status in absent:
            raise Missing("scenario", id_)
        tag, is_open = short_of(of, row).tag, row.status == "open"
        if is_open:
            put(tx, of, row)
        condition.check(tag, needed=needed)
        if not is_open:
            raise closed(row)
        tx.save()
        made = whole(tx, of, row)
        note(tx, caller, made, action, now)
        claims.keep(tx, caller, once, made)
        return made


def check_open(organization: Organization, row: ScenarioRow, condition: Condition) -> None:
    """Raise Changed where the condition does not hold for a scenario, WrongState where it was promoted or put aside."""
    condition.check(short_of(organization, row).tag, needed=False)
    if row.status != "open":
        raise closed(row)


def put_stack(row: ScenarioRow, patches: Sequence[Kept], top: Raw, now: datetime) -> None:
    """Let a scenario have these patches, which make that document."""
    row.patches, row.patch_count = list(patches), len(patches)
    row.body, row.content_hash = json_text(top).encode(), content_hash(valid(top))
    row.version, row.updated_at = row.version + 1, now


def decide(row: ScenarioRow, status: str, caller: Caller, now: datetime, *, revision: int | None = None) -> None:
    """Note what became of a scenario."""
    row.status, row.decided_at, row.decided_by = status, now, caller.actor
    row.promoted_revision = revision
    row.version, row.updated_at = row.version + 1, now


_CLOSED = {"promoted": ("promoted", "übernommen"), "discarded": ("put aside", "verworfen")}


def closed(row: ScenarioRow) -> WrongState:
    """What is raised where somebody would change a scenario that was promoted or put aside."""
    english, german = _CLOSED[row.status]
    return WrongState(f"The scenario was {english}.", f"Das Szenario wurde {german}.")


def note(tx: Transaction, caller: Caller, made: WholeScenario, action: str, now: datetime) -> None:
    """Write the audit event of what happened to a scenario."""
    target = made.short.path.removeprefix("/v1/")
    audit_events.record(tx, caller, at=now, action=action, target=target, after=made.short.content_hash)
