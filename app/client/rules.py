"""Rules of a workspace's own: written, checked, tried, approved, activated, retired; their packs; and what organizations set otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, patching, reading, state, writing
from app.client.things import Thing

LIST = "/v1/rules"
ONE = "/v1/rules/{rule_id}"
ACTIVATION = "/v1/rules/{rule_id}/activation"
PACKS = "/v1/rule-packs"
PACK = "/v1/rule-packs/{pack_id}"
FILE = "/v1/rule-packs/{pack_id}/file"
SETTINGS = "/v1/organizations/{org}/rule-settings"
WORKSPACE = "/v1/workspace-settings"


class Rule(Thing):
    """When to report what. `version` is the newest, `active_version` the one that analyses run; `source`: built in, or own."""

    SCHEMA = "Rule"
    READ_ONLY = frozenset(
        {
            *("version", "status", "source", "active_version", "content_hash", "author", "approved_by"),
            *("created_at", "updated_at", "versions"),
        }
    )

    id: str
    name: str
    pack: str
    version: int
    status: str
    source: str
    active_version: int | None
    fact_kind: str
    finding: str
    condition: str
    content_hash: str | None
    author: str | None
    approved_by: str | None
    versions: list[dict[str, Any]]


class Activation(Thing):
    """The version of a rule that analyses run."""

    SCHEMA = "RuleActivation"

    version: int
    activated_at: datetime
    activated_by: str
    approved_by: str | None


class RuleCheck(Thing):
    """What is to be said of a rule: everything that is wrong with it, or how it reads."""

    SCHEMA = "RuleCheck"

    valid: bool
    problems: list[dict[str, Any]]
    condition: dict[str, str]
    fields: list[str]
    examples: list[dict[str, Any]]
    lacking: list[str]


class RuleTrial(Thing):
    """What other rules would change in what is found."""

    SCHEMA = "RuleTrial"

    as_of: date
    counts: dict[str, int]
    new: list[dict[str, Any]]
    gone: list[dict[str, Any]]
    regraded: list[dict[str, Any]]
    rules: list[dict[str, Any]]


class ResolvedCondition(Thing):
    """A condition as text, as a form and in plain words, or what is wrong with it."""

    SCHEMA = "ResolvedCondition"

    valid: bool
    problems: list[dict[str, Any]]
    text: str | None
    form: dict[str, Any] | None
    said: dict[str, str]
    fields: list[str]


class OrganizationFacts(Thing):
    """What rules of a kind read of an organization."""

    SCHEMA = "OrganizationFacts"

    fact_kind: str
    as_of: date
    total: int
    rows: list[dict[str, Any]]


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


class Rules(Group[M]):
    """Rules: the built-in ones, to be read, and the workspace's own."""

    @Listing
    def list(
        self,
        *,
        q: str | None = None,
        pack: Sequence[str] = (),
        source: Sequence[str] = (),
        status: Sequence[str] = (),
        fact_kind: Sequence[str] = (),
        finding: Sequence[str] = (),
        flaw: Sequence[str] = (),
        references: Sequence[str] = (),
        remedies: Sequence[str] = (),
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[Rule]:
        """The rules; `source`: `built_in`, `own`."""
        about: Asked = {"q": q, "pack": pack, "source": source, "status": status, "fact_kind": fact_kind}
        asked: Asked = {"finding": finding, "flaw": flaw, "references": references, "remedies": remedies}
        return Query(Rule, reading("list_rules", LIST, **about, **asked, sort=sort, limit=limit))

    @Operation
    def get(self, rule_id: str, *, version: int | None = None) -> Flow[Rule]:
        """A rule, or a version that it has had. Raises NotFound."""
        return self.one(Rule, reading("get_rule", ONE, {"rule_id": rule_id}, version=version))

    @Operation
    def check(self, rule: Mapping[str, Any]) -> Flow[RuleCheck]:
        """Check a rule; nothing is stored."""
        return self.one(RuleCheck, writing("check_rule", "POST", f"{LIST}/check", {}, _said(rule)))

    @Operation
    def dry_run(
        self,
        rules: Sequence[Mapping[str, Any]],
        *,
        organization: str | None = None,
        document: Mapping[str, Any] | None = None,
        as_of: date | None = None,
    ) -> Flow[RuleTrial]:
        """What rules would change in what is found, in an organization or in a document that is sent along; nothing is stored."""
        said: dict[str, Any] = {"rules": [_said(rule) for rule in rules]}
        told = {"organization": organization, "document": document, "as_of": as_of and as_of.isoformat()}
        said |= {name: value for name, value in told.items() if value is not None}
        return self.one(RuleTrial, writing("dry_run_rules", "POST", f"{LIST}/dry-run", {}, said))

    @Operation
    def put(
        self,
        rule_id: str,
        said: Mapping[str, Any],
        *,
        if_match: str | None = None,
        create: bool = False,
        dry_run: bool = False,
    ) -> Flow[Rule]:
        """Make a rule, or a new version of it. Raises Changed, WrongState."""
        asked: Asked = {"if_match": if_match, "create": create, "dry_run": dry_run}
        return self.one(Rule, writing("put_rule", "PUT", ONE, {"rule_id": rule_id}, said, **asked))

    @Operation
    def patch(
        self, rule_id: str | Rule, changes: Mapping[str, Any], *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[Rule]:
        """Change some of a rule, which makes a new version. Raises NotFound, Changed."""
        names, tag = {"rule_id": named(rule_id, "id")}, state(rule_id, if_match)
        return self.one(Rule, patching("patch_rule", ONE, names, changes, tag, dry_run=dry_run))

    @Operation
    def delete(self, rule_id: str | Rule, *, if_match: str | None = None, dry_run: bool = False) -> Flow[None]:
        """Delete a draft that never was active. Raises NotFound, WrongState, Changed."""
        names: Asked = {"rule_id": named(rule_id, "id")}
        tag = state(rule_id, if_match)
        return self.nothing(writing("delete_rule", "DELETE", ONE, names, if_match=tag, dry_run=dry_run))

    @Operation
    def approve(self, rule_id: str | Rule, *, if_match: str | None = None, dry_run: bool = False) -> Flow[Rule]:
        """Approve the newest version of a rule that somebody else wrote. Raises NotFound, WrongState, Changed."""
        names, tag = {"rule_id": named(rule_id, "id")}, state(rule_id, if_match)
        request = writing("approve_rule", "POST", f"{ONE}/approve", names, if_match=tag, dry_run=dry_run)
        return self.one(Rule, request)

    @Operation
    def activation(self, rule_id: str) -> Flow[Activation]:
        """The version of a rule that analyses run. Raises NotFound for one that is not active."""
        return self.one(Activation, reading("get_rule_activation", ACTIVATION, {"rule_id": rule_id}))

    @Operation
    def activate(
        self,
        rule_id: str | Rule,
        *,
        version: int | None = None,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Activation]:
        """Let analyses run a version of a rule, by default the newest. Raises NotFound, WrongState, Changed."""
        names, tag = {"rule_id": named(rule_id, "id")}, state(rule_id, if_match)
        said = {} if version is None else {"version": version}
        asked: Asked = {"if_match": tag, "dry_run": dry_run}
        return self.one(Activation, writing("put_rule_activation", "PUT", ACTIVATION, names, said, **asked))

    @Operation
    def retire(self, rule_id: str | Rule, *, if_match: str | None = None, dry_run: bool = False) -> Flow[None]:
        """Let analyses run a rule no more. Raises NotFound, Changed."""
        names: Asked = {"rule_id": named(rule_id, "id")}
        asked: Asked = {"if_match": state(rule_id, if_match), "dry_run": dry_run}
        return self.nothing(writing("delete_rule_activation", "DELETE", ACTIVATION, names, **asked))

    @Operation
    def facts(self, org: str, fact_kind: str, *, as_of: date | None = None) -> Flow[OrganizationFacts]:
        """The rows of a fact kind in an organization's document, as examples. Raises NotFound."""
        path = "/v1/organizations/{org}/facts/{fact_kind_id}"
        names = {"org": org, "fact_kind_id": fact_kind}
        return self.one(OrganizationFacts, reading("get_organization_facts", path, names, as_of=as_of))

    @Operation
    def resolve_condition(
        self,
        fact_kind: str,
        *,
        text: str | None = None,
        form: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Flow[ResolvedCondition]:
        """A condition, given as text or as a form, as both. Raises NotFound for the kind."""
        told = {"text": text, "form": form, "params": params}
        said = {name: value for name, value in told.items() if value is not None}
        path = "/v1/fact-kinds/{fact_kind_id}/resolve"
        return self.one(
            ResolvedCondition, writing("resolve_condition", "POST", path, {"fact_kind_id": fact_kind}, said)
        )


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
        told = {"file": _said(file), "organization": organization, "as_of": as_of and as_of.isoformat()}
        said = {name: value for name, value in told.items() if value is not None}
        return self.one(RulePackPreview, writing("dry_run_rule_pack", "POST", f"{PACKS}/dry-run", {}, said))


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


def _said(thing: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is sent of a thing: of one that was read, without what the service sets."""
    return thing.said if isinstance(thing, Thing) else thing
