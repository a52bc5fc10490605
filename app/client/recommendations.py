"""Recommendations of an analysis: changes that were proved to clear findings, and what was decided about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, reading, writing
from app.client.organizations import Change
from app.client.things import Thing

LIST = "/v1/organizations/{org}/analyses/{analysis_id}/recommendations"
ONE = f"{LIST}/{{recommendation_id}}"


class Recommendation(Thing):
    """A change that would clear findings: what it does to them, what it costs, and what was decided about it."""

    SCHEMA = "StoredRecommendation"

    id: str
    analysis: str
    remedy: str
    title: str
    rationale: str
    addresses: list[str]
    patch: list[dict[str, Any]]
    effect: dict[str, Any]
    cost: dict[str, Any]
    effort: str
    owners: list[str]
    risks: list[str]
    status: str
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None
    revision: int | None
    scenario: str | None
    returned: dict[str, Any] | None
    outdated: dict[str, Any] | None


class AcceptedRecommendation(Thing):
    """A recommendation that became part of the document."""

    SCHEMA = "AcceptedRecommendation"

    recommendation: Recommendation
    scenario: str | None
    revision: int
    content_hash: str
    changes: list[Change]
    patch: list[dict[str, Any]]


class Recommendations(Group[M]):
    """What would clear findings."""

    @Listing
    def list(
        self,
        org: str,
        analysis_id: str,
        *,
        remedy: Sequence[str] = (),
        effort: Sequence[str] = (),
        status: Sequence[str] = (),
        sort: str | None = None,
        lang: str | None = None,
        limit: int | None = None,
    ) -> Query[Recommendation]:
        """The recommendations, in the order in which one would take them up. Raises NotFound."""
        asked: Asked = {
            "remedy": remedy,
            "effort": effort,
            "status": status,
            "sort": sort,
            "lang": lang,
            "limit": limit,
        }
        names = {"org": org, "analysis_id": analysis_id}
        return Query(Recommendation, reading("list_recommendations", LIST, names, **asked))

    @Operation
    def get(
        self, org: str, analysis_id: str, recommendation_id: str, *, lang: str | None = None
    ) -> Flow[Recommendation]:
        """A recommendation. Raises NotFound."""
        names = _names(org, analysis_id, recommendation_id)
        return self.one(Recommendation, reading("get_recommendation", ONE, names, lang=lang))

    @Operation
    def accept(
        self,
        org: str,
        analysis_id: str,
        recommendation_id: str,
        *,
        into: str = "model",
        if_match: str | None = None,
        lang: str | None = None,
        dry_run: bool = False,
    ) -> Flow[AcceptedRecommendation]:
        """Make a recommendation part of the document, or of the scenario whose id `into` is. `if_match`: the state of the document, or `*`;
        of a scenario it may be left out. Raises Changed, WrongState."""
        names = _names(org, analysis_id, recommendation_id)
        asked: Asked = {"if_match": if_match, "lang": lang, "dry_run": dry_run}
        request = writing("accept_recommendation", "POST", f"{ONE}/accept", names, {"into": into}, **asked)
        return self.one(AcceptedRecommendation, request)

    @Operation
    def dismiss(
        self,
        org: str,
        analysis_id: str,
        recommendation_id: str,
        reason: str,
        *,
        lang: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Recommendation]:
        """Put a recommendation aside, and say why. Raises NotFound, WrongState."""
        names = _names(org, analysis_id, recommendation_id)
        asked: Asked = {"lang": lang, "dry_run": dry_run}
        request = writing("dismiss_recommendation", "POST", f"{ONE}/dismiss", names, {"reason": reason}, **asked)
        return self.one(Recommendation, request)


def _names(org: str, analysis_id: str, recommendation_id: str) -> dict[str, object]:
    return {"org": org, "analysis_id": analysis_id, "recommendation_id": recommendation_id}
