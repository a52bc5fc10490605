"""Roadmaps: built from what was found, changed by people, told with dates, progress and what is missing for each next stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.catalogue.roads import roads
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import CriteriaUnmet, Criterion, Missing
from app.domain.instants import written
from app.domain.roadmap import Blocked, Item
from app.domain.roadmap_changes import Wanted, changed, renewed
from app.domain.roadmap_form import item_as_json, item_from
from app.domain.roadmap_templates import Road
from app.domain.terms import Language
from app.reports.json_roadmap import Address, item_told, roadmap_as_json
from app.services.detecting import detected, standing
from app.services.organizations import existing
from app.services.roadmap_grounds import fact_gaps, once_each, stored
from app.storage import audit_events, claims, sole_records
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.sole_records import RoadmapRow
from app.storage.workspace import Transaction

ROAD = "four-phases"
"""The road that roadmaps are built from."""


@dataclass(frozen=True, slots=True)
class Roadmap:
    """A roadmap as it is kept. `body`: the road with its version, the day on which it starts, the analysis and revision that it was built
    from, its items, and the words and addresses of their grounds; `is_new` when it was not there before."""

    organization: str
    organization_id: str
    name: str
    body: Mapping[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime
    updated_by: str
    is_new: bool = False

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return f"rmp-{int(self.created_at.timestamp() * 1000)}-{self.version}"

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/organizations/{self.organization}/roadmap"

    @property
    def road(self) -> Road:
        """What it was built from."""
        return roads()[self.body["road"]]

    @property
    def items(self) -> tuple[Item, ...]:
        """Its items in their order; those that the road no longer has are left out."""
        known = {template.key for template in self.road.items()}
        return tuple(item_from(one) for one in self.body["items"] if one["key"] in known)

    @property
    def starts_on(self) -> date:
        """The day on which it starts."""
        return date.fromisoformat(self.body["starts_on"])

    def item(self, key: str) -> Item:
        """The item of that key. Raises Missing."""
        found = next((one for one in self.items if one.key == key), None)
        if found is None:
            raise Missing("roadmap item", key)
        return found

    def told(self, language: Language, address: Address) -> dict[str, Any]:
        """It as the API shows it."""
        reasons = self.body["reasons"]
        known = {name: self.body[name] for name in ("analysis", "revision") if self.body.get(name) is not None}
        return {
            "organization": self.organization,
            "name": self.name,
            **known,
            **roadmap_as_json(self.road, self.items, self.starts_on, reasons, language, address),
            "created_at": written(self.created_at),
            "updated_at": written(self.updated_at),
            "updated_by": self.updated_by,
        }

    def item_told(self, key: str, language: Language, address: Address) -> dict[str, Any]:
        """One of its items as the API shows it. Raises Missing."""
        self.item(key)
        return item_told(self.road, self.items, self.starts_on, self.body["reasons"], key, language, address)


def get(store: Database, caller: Caller, organization: str) -> Roadmap:
    """The roadmap. Raises Missing where none was built."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        return _kept(of, _row(tx, of))


def build(
    store: Database,
    caller: Caller,
    organization: str,
    starts_on: date | None,
    now: datetime,
    *,
    most_goals: int | None = None,
    once: Claim | None = None,
    dry_run: bool = False,
) -> Roadmap:
    """Build the roadmap, or build it anew: grounds are those of today, and what people entered stays. Takes as long as an analysis.

    Raises Missing, and DocumentInvalid for a document that the catalogue of today refuses, or with more than `most_goals`.
    """
    with store.reading(caller.workspace) as tx:
        if (before := claims.known(tx, caller, once, Roadmap)) is not None:
            return before
        document = standing(tx, existing(tx, caller, organization))
    by_facts = tuple(fact_gaps(detected(document, now.date(), most_goals)))
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, Roadmap)) is not None:
            return before
        of = existing(tx, caller, organization, locked=True)
        row = sole_records.sole(tx, RoadmapRow, of.id, locked=True)
        found = stored(tx, of)
        unasked = (one.reason for one in by_facts if one.instrument not in found.assessed_with)
        reasons = once_each((*found.reasons, *unasked))
        road = roads()[ROAD]
        items = renewed(road, [one.ground for one in reasons], () if row is None else _kept(of, row).items)
        named = {(ground.kind, ground.key) for item in items for ground in item.grounds}
        first = starts_on or (now.date() if row is None else _kept(of, row).starts_on)
        body = {
            "road": road.id,
            "road_version": road.version,
            "starts_on": first.isoformat(),
            "analysis": found.analysis,
            "revision": document.revision,
            "items": [item_as_json(item) for item in items],
            "reasons": {
                f"{one.ground.kind}:{one.ground.key}": one.kept
                for one in reasons
                if (one.ground.kind, one.ground.key) in named
            },
        }
        made = _put(tx, caller, of, row, body, now)
        _note(tx, caller, made, "roadmap.built", now)
        claims.keep(tx, caller, once, made)
        return made


def change(
    store: Database,
    caller: Caller,
    organization: str,
    starts_on: date | None,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> Roadmap:
    """Let it start on another day. Raises Missing, Changed, ConditionNeeded."""

    def put(before: Roadmap) -> Mapping[str, Any]:
        first = before.starts_on if starts_on is None else starts_on
        return {**before.body, "starts_on": first.isoformat()}

    return _changed(store, caller, organization, put, "roadmap.changed", now, condition, once=once, dry_run=dry_run)


def change_item(
    store: Database,
    caller: Caller,
    organization: str,
    key: str,
    wanted: Callable[[Roadmap], Wanted],
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> Roadmap:
    """Change an item; `wanted` says how it is to be, when it sees the present roadmap.

    Raises Missing, Changed, ConditionNeeded, DocumentInvalid with every fault, CriteriaUnmet with what is missing for the next stage, and
    WrongState for a stage farther on.
    """

    def put(before: Roadmap) -> Mapping[str, Any]:
        before.item(key)
        asked = wanted(before)
        try:
            items = changed(before.road, before.items, key, asked, caller.actor, now.date(), before.starts_on)
        except Blocked as blocked:
            lacking = [Criterion(one.key, one.text.en, one.text.de) for one in blocked.missing]
            raise CriteriaUnmet(blocked.stage, lacking) from None
        return {**before.body, "items": [item_as_json(item) for item in items]}

    action, place = "roadmap.item_changed", f"/items/{key}"
    return _changed(store, caller, organization, put, action, now, condition, place, once=once, dry_run=dry_run)


def remove(
    store: Database, caller: Caller, organization: str, now: datetime, condition: Condition, *, dry_run: bool = False
) -> None:
    """Forget the roadmap. Raises Missing, Changed, ConditionNeeded."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        of = existing(tx, caller, organization, locked=True)
        gone = _kept(of, _row(tx, of, locked=True))
        condition.check(gone.tag)
        sole_records.remove(tx, RoadmapRow, of.id)
        _note(tx, caller, gone, "roadmap.deleted", now)


def _changed(
    store: Database,
    caller: Caller,
    organization: str,
    put: Callable[[Roadmap], Mapping[str, Any]],
    action: str,
    now: datetime,
    condition: Condition,
    place: str = "",
    *,
    once: Claim | None,
    dry_run: bool,
) -> Roadmap:
    """Write what `put` makes of the roadmap, where that is another one."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (earlier := claims.earlier(tx, caller, once, Roadmap)) is not None:
            return earlier
        of = existing(tx, caller, organization, locked=True)
        row = _row(tx, of, locked=True)
        made = _kept(of, row)
        condition.check(made.tag)
        body = put(made)
        if body != made.body:
            made = _put(tx, caller, of, row, body, now)
            _note(tx, caller, made, action, now, place)
        claims.keep(tx, caller, once, made)
        return made


def _put(
    tx: Transaction, caller: Caller, of: Organization, row: RoadmapRow | None, body: Mapping[str, Any], now: datetime
) -> Roadmap:
    put = sole_records.put(tx, RoadmapRow, of.id, row, body, caller.actor, now)
    return _kept(of, put, is_new=row is None)


def _row(tx: Transaction, of: Organization, *, locked: bool = False) -> RoadmapRow:
    row = sole_records.sole(tx, RoadmapRow, of.id, locked=locked)
    if row is None:
        raise Missing("roadmap", of.key)
    return row


def _kept(of: Organization, row: RoadmapRow, *, is_new: bool = False) -> Roadmap:
    return Roadmap(
        of.key, of.id, of.name, row.body, row.version, row.created_at, row.updated_at, row.updated_by, is_new
    )


def _note(tx: Transaction, caller: Caller, made: Roadmap, action: str, now: datetime, place: str = "") -> None:
    target = f"organizations/{made.organization}/roadmap{place}"
    audit_events.record(tx, caller, at=now, action=action, target=target)
