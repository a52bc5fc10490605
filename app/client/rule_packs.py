"""Packs of rules: each of the workspace's own one file, with a preview of what importing it would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, patching, reading, state, writing
from app.client.rules import RuleTrial
from app.client.things import Thing, said_of

PACKS = "/v1/rule-packs"

PACK = "/v1/rule-packs/{pack_id}"

FILE = "/v1/rule-packs/{pack_id}/file"


class RulePack(Thing):
    """Rules that are versioned together."""

    SCHEMA = "RulePack"

    id: str
    version: str
    rules: list[str]
    source: str
    name: dict[str, str]
    content_hash: str | None
    modified: bool | None
    changed: dict[str, list[str]]


class RulePackFile(Thing):
    """A pack as one file."""

    SCHEMA = "RulePackFile"

    pack: dict[str, Any]
    rules: list[dict[str, Any]]
    content_hash: str | None


class RulePackPreview(Thing):
    """What importing a pack would change."""

    SCHEMA = "RulePackPreview"

    pack: str
    version: str
    content_hash: str
    changed: dict[str, list[str]]
    obstacle: str | None
    findings: RuleTrial | None


class RulePacks(Group[M]):
    """Packs of rules, each of the workspace's own one file."""

    @Listing
    def list(
        self,
        *,
        q: str | None = None,
        source: Sequence[str] = (),
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[RulePack]:
        """The packs; `source`: `built_in`, `own`."""
        return Query(RulePack, reading("list_rule_packs", PACKS, q=q, source=source, sort=sort, limit=limit))

    @Operation
    def get(self, pack_id: str) -> Flow[RulePack]:
        """A pack. Raises NotFound."""
        return self.one(RulePack, reading("get_rule_pack", PACK, {"pack_id": pack_id}))

    @Operation
    def patch(
        self, pack_id: str | RulePack, changes: Mapping[str, Any], *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[RulePack]:
        """Name the version of what a pack holds now: `version`, `name`. Raises NotFound, WrongState, Changed."""
        names, tag = {"pack_id": named(pack_id, "id")}, state(pack_id, if_match)
        return self.one(RulePack, patching("patch_rule_pack", PACK, names, changes, tag, dry_run=dry_run))

    @Operation
    def get_file(self, pack_id: str) -> Flow[RulePackFile]:
        """A pack as one file. Raises NotFound, WrongState where rules lack examples."""
        return self.one(RulePackFile, reading("get_rule_pack_file", FILE, {"pack_id": pack_id}))

    @Operation
    def put_file(
        self,
        pack_id: str,
        file: Mapping[str, Any],
        *,
        if_match: str | None = None,
        create: bool = False,
        dry_run: bool = False,
    ) -> Flow[RulePack]:
        """Import a pack, or upgrade it. Raises WrongState, Changed."""
        asked: Asked = {"if_match": if_match, "create": create, "dry_run": dry_run}
        return self.one(RulePack, writing("put_rule_pack_file", "PUT", FILE, {"pack_id": pack_id}, file, **asked))

    @Operation
    def dry_run(
        self, file: Mapping[str, Any], *, organization: str | None = None, as_of: date | None = None
    ) -> Flow[RulePackPreview]:
        """What importing a pack would change: its rules and, of an organization, what is found; nothing is stored."""
        told = {"file": said_of(file), "organization": organization, "as_of": as_of and as_of.isoformat()}
        said = {name: value for name, value in told.items() if value is not None}
        return self.one(RulePackPreview, writing("dry_run_rule_pack", "POST", f"{PACKS}/dry-run", {}, said))
