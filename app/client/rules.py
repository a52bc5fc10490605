"""Rules of a workspace's own: written, checked, tried, approved, activated, retired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, patching, reading, state, writing
from app.client.things import Thing, said_of

LIST = "/v1/rules"
ONE = "/v1/rules/{rule_id}"
ACTIVATION = "/v1/rules/{rule_id}/activation"


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
        return self.one(RuleCheck, writing("check_rule", "POST", f"{LIST}/check", {}, said_of(rule)))

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
        said: dict[str, Any] = {"rules": [said_of(rule) for rule in rules]}
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
