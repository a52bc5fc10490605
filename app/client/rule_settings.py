"""What organizations set otherwise of rules, and what holds for rules in a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, M, Operation, reading, writing
from app.client.things import Thing

SETTINGS = "/v1/organizations/{org}/rule-settings"

WORKSPACE = "/v1/workspace-settings"


class RuleSettings(Thing):
    """What an organization sets otherwise, by the id of the rule."""

    SCHEMA = "RuleSettings"
    READ_ONLY = frozenset({"updated_at", "updated_by"})

    rules: dict[str, dict[str, Any]]
    updated_at: datetime | None
    updated_by: str | None


class WorkspaceSettings(Thing):
    """What holds in a workspace."""

    SCHEMA = "WorkspaceSettings"
    READ_ONLY = frozenset({"updated_at", "updated_by"})

    four_eyes: bool
    updated_at: datetime | None
    updated_by: str | None


class RuleSettingsOf(Group[M]):
    """What organizations set otherwise of rules, with reasons."""

    @Operation
    def get(self, org: str) -> Flow[RuleSettings]:
        """What an organization sets otherwise. Raises NotFound."""
        return self.one(RuleSettings, reading("get_rule_settings", SETTINGS, {"org": org}))

    @Operation
    def put(
        self, org: str, said: Mapping[str, Any], *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[RuleSettings]:
        """Set it: `rules`, by id `level`, `params` and `reason`. Raises NotFound, Changed."""
        asked: Asked = {"if_match": if_match, "dry_run": dry_run}
        return self.one(RuleSettings, writing("put_rule_settings", "PUT", SETTINGS, {"org": org}, said, **asked))


class Workspace(Group[M]):
    """What holds in the workspace."""

    @Operation
    def settings(self) -> Flow[WorkspaceSettings]:
        """The settings of the workspace."""
        return self.one(WorkspaceSettings, reading("get_workspace_settings", WORKSPACE))

    @Operation
    def set(self, *, four_eyes: bool, if_match: str | None = None, dry_run: bool = False) -> Flow[WorkspaceSettings]:
        """Set them; `four_eyes`: a rule is activated only when somebody else than its author approved it. Raises Changed."""
        asked: Asked = {"if_match": if_match, "dry_run": dry_run}
        said = {"four_eyes": four_eyes}
        return self.one(WorkspaceSettings, writing("put_workspace_settings", "PUT", WORKSPACE, {}, said, **asked))
