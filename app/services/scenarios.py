"""Scenarios: what-ifs on an organization's document, as stacks of patches; the model itself stays as it is until one is promoted."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.canonical import content_hash
from app.domain.change_form import change_as_json
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.document_changes import changes_between
from app.domain.document_patch import patch_between
from app.domain.errors import Missing, WrongState
from app.domain.faults import Fault, invalid
from app.domain.instants import written
from app.domain.pages import Found, Wanted, folded
from app.domain.scenario_stack import Layer, Raw, layers_of, states_of
from app.domain.three_way import merge
from app.services.accepting import valid
from app.services.organizations import existing
from app.services.scenario_patches import Change, Kept, SentPatch, changes_of, kept_form, stacked
from app.storage import audit_events, claims, documents, scenarios
from app.storage.columns import written as json_text
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.organizations import Organization
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


class WantedPatch(NamedTuple):
    """A patch of the stack as it is to be: one that is there, by its id, or one that is sent. `has_note`: the note is to be another."""

    id: str | None
    sent: SentPatch
    has_note: bool = False
    said: Any = None
    """The patch of one that is there, as somebody sent it back."""


class WantedScenario(NamedTuple):
    """What is to become of a scenario; what is None stays as it is. `description` is empty for none."""

    name: str | None = None
    description: str | None = None
    patches: tuple[WantedPatch, ...] | None = None


def listed(store: Database, caller: Caller, organization: str, wanted: Wanted) -> Found[StoredScenario]:
    """A page of the organization's scenarios. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return scenarios.listed(tx, row.id, wanted).of(lambda found: short_of(row, found))


def get(store: Database, caller: Caller, organization: str, id_: str) -> WholeScenario:
    """A scenario. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return whole(tx, row, existing_scenario(tx, row, id_))


def add(
    store: Database,
    caller: Caller,
    organization: str,
    name: str,
    description: str | None,
    revision: int | None,
    sent: Sequence[SentPatch],
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> WholeScenario:
    """Make a scenario on a revision, by default the newest, with these patches. Raises Missing, DocumentInvalid, WrongState."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, WholeScenario)) is not None:
            return before
        of = existing(tx, caller, organization)
        row, top = begun(tx, caller, of, name, description, revision, now)
        kept: tuple[Kept, ...] = ()
        for each in sent:
            more, top = stacked(caller, top, changes_of(tx, of, top, each), kept, now)
            kept += more
        if kept:
            put_stack(row, kept, top, now)
            row.version = 1
        tx.add(row)
        made = whole(tx, of, row)
        note_made(tx, caller, made, now)
        claims.keep(tx, caller, once, made)
        return made


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


def note_made(tx: Transaction, caller: Caller, made: WholeScenario, now: datetime) -> None:
    """Note that a scenario was made."""
    _note(tx, caller, made, "scenario.created", now)


def add_patches(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    changed: Callable[[Transaction, Organization, Raw], Sequence[Change]],
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> WholeScenario:
    """Put on top of a scenario what `changed` makes of its document. A state may be named, but need not.

    Raises Missing, Changed, WrongState, DocumentInvalid, and what `changed` raises.
    """

    def put(tx: Transaction, of: Organization, row: ScenarioRow) -> None:
        top = json.loads(row.body)
        more, top = stacked(caller, top, changed(tx, of, top), row.patches, now)
        put_stack(row, (*row.patches, *more), top, now)

    return change_row(
        store,
        caller,
        organization,
        id_,
        put,
        now,
        condition,
        "scenario.patched",
        needed=False,
        once=once,
        dry_run=dry_run,
    )


def change(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    wanted: Callable[[WholeScenario], WantedScenario],
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> WholeScenario:
    """Give a scenario another name, description or stack; `wanted` says which, when it sees the present one.

    Patches that stay are carried over to what lies beneath them now: what they set, they set again. Raises Missing, Changed,
    ConditionNeeded, DocumentInvalid, and WrongState for a patch that changes what is no longer beneath it.
    """

    def put(tx: Transaction, of: Organization, row: ScenarioRow) -> None:
        asked = wanted(whole(tx, of, row))
        row.name = asked.name or row.name
        if asked.description is not None:
            row.description = asked.description or None
        row.searched = folded(row.name, row.description)
        row.version, row.updated_at = row.version + 1, now
        if asked.patches is not None:
            _restack(tx, caller, of, row, asked.patches, now)

    return change_row(
        store, caller, organization, id_, put, now, condition, "scenario.changed", once=once, dry_run=dry_run
    )


def discard(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> WholeScenario:
    """Put a scenario aside, which stays readable. Raises Missing, also for one that is put aside already, Changed, ConditionNeeded,
    WrongState."""

    def put(tx: Transaction, of: Organization, row: ScenarioRow) -> None:
        decide(row, "discarded", caller, now)

    return change_row(
        store,
        caller,
        organization,
        id_,
        put,
        now,
        condition,
        "scenario.discarded",
        absent=("discarded",),
        dry_run=dry_run,
    )


def restore(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> WholeScenario:
    """Take up a scenario again that was put aside; one that is open stays so. Raises Missing, and WrongState for one that was promoted."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, WholeScenario)) is not None:
            return before
        of = existing(tx, caller, organization)
        row = existing_scenario(tx, of, id_, locked=True)
        if row.status == "promoted":
            raise _closed(row)
        if row.status == "discarded":
            row.status, row.decided_at, row.decided_by = "open", None, None
            row.version, row.updated_at = row.version + 1, now
            tx.save()
            _note(tx, caller, whole(tx, of, row), "scenario.restored", now)
        made = whole(tx, of, row)
        claims.keep(tx, caller, once, made)
        return made


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
            raise _closed(row)
        tx.save()
        made = whole(tx, of, row)
        _note(tx, caller, made, action, now)
        claims.keep(tx, caller, once, made)
        return made


def existing_scenario(tx: Transaction, organization: Organization, id_: str, *, locked: bool = False) -> ScenarioRow:
    """The scenario of that id; raises Missing."""
    found = scenarios.scenario(tx, organization.id, id_, locked=locked)
    if found is None:
        raise Missing("scenario", id_)
    return found


def check_open(organization: Organization, row: ScenarioRow, condition: Condition) -> None:
    """Raise Changed where the condition does not hold for a scenario, WrongState where it was promoted or put aside."""
    condition.check(short_of(organization, row).tag, needed=False)
    if row.status != "open":
        raise _closed(row)


def document_at(tx: Transaction, organization: Organization, number: int) -> documents.Stored:
    """The document at a revision; raises Missing."""
    found = documents.at_revision(tx, organization, number)
    if found is None:
        raise Missing("revision", str(number))
    return found


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


def layers(bottom: Raw, patches: Sequence[Kept]) -> tuple[Layer, ...]:
    """The stack of a scenario that stands on a document."""
    return layers_of([one["id"] for one in patches], states_of(bottom, [one["patch"] for one in patches]))


def short_of(organization: Organization, row: Any) -> StoredScenario:
    """A scenario in short, of its row."""
    members = (name for name in StoredScenario.__dataclass_fields__ if name != "organization")
    return StoredScenario(organization=organization.key, **{name: getattr(row, name) for name in members})


def whole(tx: Transaction, organization: Organization, row: ScenarioRow) -> WholeScenario:
    """A scenario with its stack and document."""
    bottom, top = document_at(tx, organization, row.revision).raw, json.loads(row.body)
    changes = tuple(map(change_as_json, changes_between(bottom, top)))
    return WholeScenario(short_of(organization, row), tuple(row.patches), top, changes)


def _restack(
    tx: Transaction, caller: Caller, of: Organization, row: ScenarioRow, wanted: Sequence[WantedPatch], now: datetime
) -> None:
    """Bring the stack to what is wanted: patches that are there in their new order, those that are sent in between."""
    known: dict[str, Kept] = {one["id"]: one for one in row.patches}
    _check_ids(wanted, known)
    bottom = document_at(tx, of, row.revision).raw
    by_id = {layer.id: layer for layer in layers(bottom, row.patches)}
    kept: tuple[Kept, ...] = ()
    top = bottom
    for each in wanted:
        if each.id is None:
            more, top = stacked(caller, top, changes_of(tx, of, top, each.sent), kept, now)
            kept += more
            continue
        before, layer = top, by_id[each.id]
        merged = merge(layer.before, layer.after, before)
        if gone := [clash for clash in merged.clashes if clash.part_gone]:
            raise WrongState(
                f"The patch {each.id} changes {gone[0].pointer}, which is not there without the patches that it stood on.",
                f"Der Patch {each.id} ändert {gone[0].pointer}, was es ohne die Patches nicht gibt, auf denen er stand.",
            )
        top = kept_form(merged.raw, of, before)
        said = {**known[each.id], "patch": patch_between(before, top)}
        if each.has_note:
            said["note"] = each.sent.note
        kept += ({name: value for name, value in said.items() if value is not None},)
    put_stack(row, kept, top, now)


def _check_ids(wanted: Sequence[WantedPatch], known: Mapping[str, Kept]) -> None:
    """Raise DocumentInvalid for patches that the scenario does not have, or that come twice, or that say something else than they did."""
    faults, seen = [], set()
    for place, each in enumerate(wanted):
        if each.id is None:
            continue
        if each.id not in known:
            values = {"values": ", ".join(known) or "—"}
            faults.append(Fault(("patches", place, "id"), "not_one_of", each.id, "one_of", tuple(known), values))
        elif each.id in seen:
            faults.append(Fault(("patches", place, "id"), "duplicate_key", each.id, details={"first": "/patches"}))
        elif each.said is not None and each.said != known[each.id]["patch"]:
            faults.append(Fault(("patches", place, "patch"), "read_only", each.said))
        seen.add(each.id)
    if faults:
        raise invalid(faults)


_CLOSED = {"promoted": ("promoted", "übernommen"), "discarded": ("put aside", "verworfen")}


def _closed(row: ScenarioRow) -> WrongState:
    english, german = _CLOSED[row.status]
    return WrongState(f"The scenario was {english}.", f"Das Szenario wurde {german}.")


def _note(tx: Transaction, caller: Caller, made: WholeScenario, action: str, now: datetime) -> None:
    target = made.short.path.removeprefix("/v1/")
    audit_events.record(tx, caller, at=now, action=action, target=target, after=made.short.content_hash)
