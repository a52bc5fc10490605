"""Schedules: when an organization is analysed again by itself."""

from __future__ import annotations

from datetime import datetime

from app.client.exchange import Flow
from app.client.operations import Asked, Group, M, Operation, reading, writing
from app.client.things import Thing

PATH = "/v1/organizations/{org}/schedule"


class Schedule(Thing):
    """How often (`never`, `day`, `week`, `month`), and when next."""

    SCHEMA = "Schedule"
    READ_ONLY = frozenset({"next_at"})

    every: str
    next_at: datetime | None


class Schedules(Group[M]):
    """When organizations are analysed again."""

    @Operation
    def get(self, org: str) -> Flow[Schedule]:
        """The schedule. Raises NotFound."""
        return self.one(Schedule, reading("get_schedule", PATH, {"org": org}))

    @Operation
    def put(self, org: str, every: str, *, if_match: str | None = None, dry_run: bool = False) -> Flow[Schedule]:
        """Say how often; `if_match`: the state of the schedule, or `*`. Raises NotFound, Changed."""
        asked: Asked = {"if_match": if_match, "dry_run": dry_run}
        return self.one(Schedule, writing("put_schedule", "PUT", PATH, {"org": org}, {"every": every}, **asked))
