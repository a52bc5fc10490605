"""Scenarios: what-ifs on an organization's document, as stacks of patches; the model itself stays as it is until one is promoted."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.document.patch import patch_between
from app.domain.errors import WrongState
from app.domain.faults import Fault, invalid
from app.domain.pages import Found, Wanted, folded
from app.domain.scenario_stack import Raw
from app.domain.three_way import merge
from app.services.kept_scenarios import (
    StoredScenario,
    WholeScenario,
    begun,
    change_row,
    closed,
    decide,
    document_at,
    existing_scenario,
    layers,
    note,
    put_stack,
    short_of,
    whole,
)
from app.services.organizations import existing
from app.services.scenario_patches import Change, Kept, SentPatch, changes_of, kept_form, stacked
from app.storage import claims, scenarios
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.scenarios import ScenarioRow
from app.storage.workspace import Transaction


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
        note(tx, caller, made, "scenario.created", now)
        claims.keep(tx, caller, once, made)
        return made


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
            raise closed(row)
        if row.status == "discarded":
            row.status, row.decided_at, row.decided_by = "open", None, None
            row.version, row.updated_at = row.version + 1, now
            tx.save()
            note(tx, caller, whole(tx, of, row), "scenario.restored", now)
        made = whole(tx, of, row)
        claims.keep(tx, caller, once, made)
        return made


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
