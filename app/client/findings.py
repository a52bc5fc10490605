"""Findings of an analysis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, flag, reading
from app.client.things import Thing

LIST = "/v1/organizations/{org}/analyses/{analysis_id}/findings"


class Subject(Thing):
    """A goal, plan, outcome or department that a finding is about, and in which role."""

    SCHEMA = "SubjectInRole"

    kind: str
    key: str
    role: str


class ListedFinding(Thing):
    """One thing that an analysis found. What comes after `folded_under` is there where `include` asks for it."""

    SCHEMA = "ListedFinding"

    fingerprint: str
    kind: str
    rule: str
    flaw: str | None
    level: str
    severity: float
    confidence: float
    subjects: list[Subject]
    departments: list[str]
    title: str
    status: str
    folded_under: str | None
    explanation: str | None
    chain: list[dict[str, Any]]
    help: list[dict[str, Any]]
    conditions: list[dict[str, Any]]
    facts: dict[str, Any] | None
    remedies: list[str]
    references: list[str]
    citations: list[dict[str, Any]]


class Finding(ListedFinding):
    """One thing that an analysis found, in full."""

    SCHEMA = "StoredFinding"

    contested: bool
    also: list[dict[str, Any]]


class Findings(Group[M]):
    """What an analysis found."""

    @Listing
    def list(
        self,
        org: str,
        analysis_id: str,
        *,
        q: str | None = None,
        kind: Sequence[str] = (),
        level: Sequence[str] = (),
        department: Sequence[str] = (),
        rule: Sequence[str] = (),
        flaw: Sequence[str] = (),
        outcome: Sequence[str] = (),
        status: Sequence[str] = (),
        fingerprint: Sequence[str] = (),
        severity_min: float | None = None,
        severity_max: float | None = None,
        folded: bool | None = None,
        include: Sequence[str] = (),
        sort: str | None = None,
        lang: str | None = None,
        limit: int | None = None,
    ) -> Query[ListedFinding]:
        """The findings, worst first. Raises NotFound."""
        filters: Asked = {"kind": kind, "level": level, "department": department, "rule": rule, "flaw": flaw}
        more: Asked = {"outcome": outcome, "status": status, "fingerprint": fingerprint, "folded": flag(folded), "q": q}
        graded: Asked = {"severity_min": severity_min, "severity_max": severity_max}
        shown: Asked = {"include": include, "sort": sort, "lang": lang, "limit": limit}
        names = {"org": org, "analysis_id": analysis_id}
        return Query(ListedFinding, reading("list_findings", LIST, names, **filters, **more, **graded, **shown))

    @Operation
    def get(self, org: str, analysis_id: str, fingerprint: str, *, lang: str | None = None) -> Flow[Finding]:
        """A finding in full, with its chain and explanation. Raises NotFound."""
        names = {"org": org, "analysis_id": analysis_id, "fingerprint": fingerprint}
        return self.one(Finding, reading("get_finding", f"{LIST}/{{fingerprint}}", names, lang=lang))
