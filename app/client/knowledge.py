"""What Concord knows: metrics, levers, families, influences, citations, rules, packs, remedies and fact kinds, and what names mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, reading, writing
from app.client.things import Thing

Kind = Literal[
    "metrics",
    "levers",
    "families",
    "influences",
    "citations",
    "rules",
    "rule-packs",
    "remedies",
    "fact-kinds",
    "instruments",
]
"""What there is to look up."""


class Entry(Thing):
    """Something that Concord knows; what, differs by kind."""

    SCHEMA = "Metric"

    id: str
    name: str | None


class Resolution(Thing):
    """What a name was taken for."""

    SCHEMA = "Resolution"

    name: str
    metric: str | None
    inverted: bool
    family: str | None
    score: float
    method: str
    candidates: list[dict[str, Any]]


class RuleRemark(Thing):
    """What is to be said of a rule, and whether it was proved (`reasoning`) or only never contradicted (`sampling`)."""

    SCHEMA = "RuleRemark"

    kind: str
    rule: str
    how: str
    text: str
    other: str | None
    same: bool | None
    fields: list[str] | None
    levels: list[str] | None
    row: dict[str, Any] | None


class RuleSetAnalysis(Thing):
    """What is to be said of a set of rules, and what its rules look at, department by department."""

    SCHEMA = "RuleSetAnalysis"

    rules: int
    remarks: list[RuleRemark]
    coverage: list[dict[str, Any]]
    explained: list[dict[str, Any]] | None


class PackImplements(Thing):
    """What a built-in pack implements, clause by clause, and what of a clause no rule checks."""

    SCHEMA = "PackImplements"

    pack: str
    version: str
    clauses: list[dict[str, Any]]
    refines: dict[str, list[str]]


class Knowledge(Group[M]):
    """What Concord knows, whatever the workspace."""

    @Listing
    def list(
        self,
        kind: Kind,
        *,
        q: str | None = None,
        filters: Mapping[str, Any] | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[Entry]:
        """Everything of a kind, or what fits; `filters` are those of the kind, as `{"function": ["sales"]}` of metrics."""
        asked: Asked = {"q": q, "sort": sort, "limit": limit, **(filters or {})}
        return Query(Entry, reading(f"list_{kind.replace('-', '_')}", f"/v1/{kind}", **asked))

    @Operation
    def get(self, kind: Kind, id_: str) -> Flow[Entry]:
        """One thing by its id. Raises NotFound."""
        noun, name = _NOUN[kind]
        return self.one(Entry, reading(f"get_{noun}", f"/v1/{kind}/{{{name}}}", {name: id_}))

    @Operation
    def resolve(self, names: Sequence[Mapping[str, Any] | str]) -> Flow[Sequence[Resolution]]:
        """What names of KPIs mean; each alone, or with `function`, `unit` and `direction`."""
        said = {"names": [{"name": each} if isinstance(each, str) else dict(each) for each in names]}
        answer = yield from self.ask(writing("resolve_names", "POST", "/v1/metrics/resolve", {}, said))
        return [Resolution(each) for each in answer.value["items"]]

    @Operation
    def implements(self, pack_id: str) -> Flow[PackImplements]:
        """What a built-in rule pack implements of norms. Raises NotFound."""
        path = "/v1/rule-packs/{built_in_id}/implements"
        return self.one(PackImplements, reading("get_rule_pack_implements", path, {"built_in_id": pack_id}))

    @Operation
    def analyse_rules(
        self,
        rules: Sequence[Mapping[str, Any]] = (),
        *,
        document: Mapping[str, Any] | None = None,
        explain: Sequence[str] = (),
        as_of: date | None = None,
        lang: str | None = None,
    ) -> Flow[RuleSetAnalysis]:
        """What is to be said of rules of one's own beside the built-in ones; with `document`, for that organization.

        `explain`: ids of rules whose verdicts on the document are told, matches, near misses and what cannot be judged.
        """
        said: dict[str, Any] = {"rules": list(rules), "explain": list(explain)}
        if document is not None:
            said["document"] = document
        answer = yield from self.ask(
            writing("analyse_rules", "POST", "/v1/rule-analyses", {}, said, as_of=as_of, lang=lang)
        )
        return RuleSetAnalysis(answer.value)


_NOUN: Mapping[Kind, tuple[str, str]] = {
    "metrics": ("metric", "metric_id"),
    "levers": ("lever", "lever_id"),
    "families": ("family", "family_id"),
    "influences": ("influence", "influence_id"),
    "citations": ("citation", "citation_id"),
    "rules": ("rule", "rule_id"),
    "rule-packs": ("rule_pack", "pack_id"),
    "remedies": ("remedy", "remedy_id"),
    "fact-kinds": ("fact_kind", "fact_kind_id"),
    "instruments": ("instrument", "instrument_id"),
}
"""Kind → what one of it is called in operations, and its id in paths."""
