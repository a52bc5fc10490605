"""The road from conflicts to a customer-centric company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, M, Operation, patching, reading, state, writing
from app.client.things import Thing

ROADMAP = "/v1/organizations/{org}/roadmap"
ITEM = f"{ROADMAP}/items/{{item}}"


class RoadmapItem(Thing):
    """An action item: its dates and stage, what lets it enter and leave that, how customers take part, and why it is there."""

    SCHEMA = "RoadmapItem"

    key: str
    phase: str
    title: str
    why: str
    stage: str
    stage_title: str
    customers: str
    owner: str | None
    starts_on: date | None
    days: int
    after: list[str]
    measure: dict[str, Any] | None
    guardrails: list[dict[str, Any]]
    confirmed: dict[str, Any]
    begins_on: date
    ends_on: date
    slack_days: int
    is_critical: bool
    entry: list[dict[str, Any]]
    exit: list[dict[str, Any]]
    grounds: list[dict[str, Any]]


class Roadmap(Thing):
    """A roadmap: items in phases, the ones that its end waits for, and how far it is (0–1). Its items are at `["items"]`."""

    SCHEMA = "Roadmap"

    organization: str
    name: str
    analysis: str | None
    revision: int
    road: dict[str, Any]
    starts_on: date
    ends_on: date
    progress: float
    critical_path: list[str]
    stages: list[dict[str, Any]]
    phases: list[dict[str, Any]]
    created_at: datetime
    updated_at: datetime
    updated_by: str


class Pilot(Thing):
    """How an item is tried before all work so."""

    SCHEMA = "RoadmapPilot"

    people_of_each_half: int
    units_of_each_half: int
    lag_days: int
    lag_from: str
    days: int
    begins_on: date
    guardrails_on: date
    ends_on: date
    stop_below: float
    stop_rule: str
    rests_on: list[str]


class Roadmaps(Group[M]):
    """Roadmaps of organizations."""

    @Operation
    def get(self, org: str, *, lang: str | None = None) -> Flow[Roadmap]:
        """The roadmap. Raises NotFound where none was built."""
        return self.one(Roadmap, reading("get_roadmap", ROADMAP, {"org": org}, lang=lang))

    @Operation
    def export(self, org: str, format: str, *, lang: str | None = None) -> Flow[bytes]:
        """It as a file: a calendar (`ics`), a sheet (`csv`) or a text (`md`). Raises NotFound."""
        request = reading("get_roadmap", ROADMAP, {"org": org}, format=format, lang=lang)
        return self.file(replace(request, headers={"Accept": "*/*"}))

    @Operation
    def build(
        self, org: str, *, starts_on: date | None = None, lang: str | None = None, dry_run: bool = False
    ) -> Flow[Roadmap]:
        """Build it, or build it anew: what people entered stays. Raises NotFound, Invalid."""
        body = {} if starts_on is None else {"starts_on": starts_on.isoformat()}
        asked: Asked = {"lang": lang, "dry_run": dry_run}
        return self.one(Roadmap, writing("build_roadmap", "POST", ROADMAP, {"org": org}, body, **asked))

    @Operation
    def patch(
        self,
        org: str,
        changes: Mapping[str, Any],
        *,
        if_match: str | None = None,
        lang: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Roadmap]:
        """Let it start on another day. Raises NotFound, Changed, Invalid."""
        asked: Asked = {"lang": lang, "dry_run": dry_run}
        return self.one(Roadmap, patching("patch_roadmap", ROADMAP, {"org": org}, changes, if_match, **asked))

    @Operation
    def delete(
        self, org: str, roadmap: Roadmap | None = None, *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[None]:
        """Forget it; `roadmap`: the state that this is based on. Raises NotFound, Changed."""
        tag = if_match if roadmap is None else state(roadmap, if_match)
        return self.nothing(writing("delete_roadmap", "DELETE", ROADMAP, {"org": org}, if_match=tag, dry_run=dry_run))

    @Operation
    def item(self, org: str, item: str, *, lang: str | None = None) -> Flow[RoadmapItem]:
        """An item. Raises NotFound."""
        return self.one(RoadmapItem, reading("get_roadmap_item", ITEM, _names(org, item), lang=lang))

    @Operation
    def patch_item(
        self,
        org: str,
        item: str,
        changes: Mapping[str, Any],
        *,
        if_match: str | None = None,
        lang: str | None = None,
        dry_run: bool = False,
    ) -> Flow[RoadmapItem]:
        """Change an item, confirm criteria, let it go to the next stage. Raises NotFound, Changed, Invalid, and WrongState with what is
        missing for that."""
        asked: Asked = {"lang": lang, "dry_run": dry_run}
        return self.one(
            RoadmapItem, patching("patch_roadmap_item", ITEM, _names(org, item), changes, if_match, **asked)
        )

    @Operation
    def pilot(
        self,
        org: str,
        item: str,
        people_of_unit: int | None = None,
        *,
        lag: int | None = None,
        deviation: float | None = None,
        lang: str | None = None,
    ) -> Flow[Pilot]:
        """How an item at the stage experiment is tried. Raises NotFound, WrongState."""
        asked: Asked = {"people_of_unit": people_of_unit, "lag": lag, "deviation": deviation, "lang": lang}
        return self.one(Pilot, reading("design_pilot", f"{ITEM}/pilot", _names(org, item), **asked))


def _names(org: str, item: str) -> dict[str, object]:
    return {"org": org, "item": item}
