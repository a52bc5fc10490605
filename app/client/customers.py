"""What customers are worth, what changing that takes, and what a company's own observations say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, patching, reading, state, writing
from app.client.things import Thing

ASSET = "/v1/organizations/{org}/customer-asset"
CASES = "/v1/organizations/{org}/business-case"
EVIDENCE = "/v1/organizations/{org}/evidence"
ONE_CASE = f"{CASES}/{{business_case_id}}"


class CustomerAsset(Thing):
    """What people say of the customer base, and what follows. Amounts are decimal texts in the organization's currency."""

    SCHEMA = "CustomerAsset"
    READ_ONLY = frozenset(
        {
            *("currency", "revision", "updated_at", "updated_by", "worth", "within_years", "segment_worth", "drivers"),
            *("at_stake", "assumptions"),
        }
    )

    discount: float
    segments: dict[str, Any]
    currency: str | None
    revision: int
    updated_at: datetime
    updated_by: str
    worth: str
    within_years: dict[str, Any]
    segment_worth: list[dict[str, Any]]
    drivers: list[dict[str, Any]]
    at_stake: dict[str, Any]
    assumptions: list[dict[str, Any]]


class ListedBusinessCase(Thing):
    """A business case in short."""

    SCHEMA = "ListedBusinessCase"

    id: str
    scenario: str
    name: str
    revision: int
    content_hash: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str


class BusinessCase(ListedBusinessCase):
    """A business case: everything that was assumed, and what came of it."""

    SCHEMA = "BusinessCase"

    as_of: date
    quarters: int
    draws: int
    seed: int
    currency: str | None
    assumptions: list[dict[str, Any]]
    benefits: list[dict[str, Any]]
    costs: list[dict[str, Any]]
    net_present_value: dict[str, Any]
    probability_of_loss: float
    pays_back: float
    payback_quarters: dict[str, Any]
    now: dict[str, Any]
    cash_flow: list[dict[str, Any]]
    tornado: list[dict[str, Any]]
    lacking: list[dict[str, Any]]
    asked: dict[str, Any]


class OwnEvidence(Thing):
    """What own observations say of the influences that findings use."""

    SCHEMA = "OwnEvidence"

    revision: int
    as_of: date
    influences: list[dict[str, Any]]
    untested: list[dict[str, Any]]


class ReplacedStrength(Thing):
    """A class that own observations replaced, and what that changes."""

    SCHEMA = "ReplacedStrength"

    influence: str
    before: str
    after: str
    revision: int
    alignment_change: float | None
    counts: dict[str, Any]
    new: list[dict[str, Any]]
    worse: list[dict[str, Any]]
    better: list[dict[str, Any]]
    fixed: list[dict[str, Any]]
    changes: list[dict[str, Any]]


class CustomerAssets(Group[M]):
    """What customer bases are worth, what moves that, who answers for it."""

    @Operation
    def get(self, org: str, *, lang: str | None = None) -> Flow[CustomerAsset]:
        """What the customer base is worth. Raises NotFound where nothing was said of it."""
        return self.one(CustomerAsset, reading("get_customer_asset", ASSET, {"org": org}, lang=lang))

    @Operation
    def put(
        self,
        org: str,
        said: Mapping[str, Any],
        *,
        if_match: str | None = None,
        create: bool = False,
        lang: str | None = None,
        dry_run: bool = False,
    ) -> Flow[CustomerAsset]:
        """Say what customers bring, cost, and how long they stay. Raises NotFound, Invalid, Changed."""
        asked: Asked = {"if_match": if_match, "create": create, "lang": lang, "dry_run": dry_run}
        return self.one(CustomerAsset, writing("put_customer_asset", "PUT", ASSET, {"org": org}, said, **asked))

    @Operation
    def delete(
        self, org: str, asset: CustomerAsset | None = None, *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[None]:
        """Forget what was said; `asset`: the state that this is based on. Raises NotFound, Changed."""
        tag = if_match if asset is None else state(asset, if_match)
        return self.nothing(
            writing("delete_customer_asset", "DELETE", ASSET, {"org": org}, if_match=tag, dry_run=dry_run)
        )


class BusinessCases(Group[M]):
    """What scenarios give back, when, at which cost."""

    @Operation
    def make(
        self,
        org: str,
        scenario: str,
        *,
        name: str | None = None,
        quarters: int = 12,
        draws: int = 10_000,
        seed: int = 0,
        costs: Mapping[str, Mapping[str, Any]] | None = None,
        assumptions: Mapping[str, Mapping[str, Any]] | None = None,
        lang: str | None = None,
        dry_run: bool = False,
    ) -> Flow[BusinessCase]:
        """Make the business case of a scenario. `costs`, by a key of your own, and `assumptions`, by theirs: ranges with their sources.
        Raises NotFound, Invalid."""
        body: dict[str, Any] = {"scenario": scenario, "quarters": quarters, "draws": draws, "seed": seed}
        body |= {"costs": dict(costs or {}), "assumptions": dict(assumptions or {})}
        body |= {} if name is None else {"name": name}
        asked: Asked = {"lang": lang, "dry_run": dry_run}
        return self.one(BusinessCase, writing("make_business_case", "POST", CASES, {"org": org}, body, **asked))

    @Listing
    def list(
        self,
        org: str,
        *,
        scenario: Sequence[str] = (),
        q: str | None = None,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[ListedBusinessCase]:
        """The business cases, the newest first. Raises NotFound."""
        asked: Asked = {"scenario": scenario, "q": q, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(ListedBusinessCase, reading("list_business_cases", CASES, {"org": org}, **asked, **made))

    @Operation
    def get(self, org: str, business_case_id: str, *, lang: str | None = None) -> Flow[BusinessCase]:
        """A business case. Raises NotFound."""
        names = {"org": org, "business_case_id": business_case_id}
        return self.one(BusinessCase, reading("get_business_case", ONE_CASE, names, lang=lang))

    @Operation
    def patch(
        self,
        org: str,
        business_case_id: str,
        changes: Mapping[str, Any],
        *,
        if_match: str | None = None,
        lang: str | None = None,
        dry_run: bool = False,
    ) -> Flow[BusinessCase]:
        """Say otherwise of costs and assumptions, by their keys, and draw it again with its seed. Raises NotFound, Changed, Invalid."""
        names = {"org": org, "business_case_id": business_case_id}
        asked: Asked = {"lang": lang, "dry_run": dry_run}
        return self.one(BusinessCase, patching("patch_business_case", ONE_CASE, names, changes, if_match, **asked))


class OwnEvidenceOf(Group[M]):
    """What own observations say of the influences that findings use."""

    @Operation
    def get(self, org: str, *, as_of: date | None = None) -> Flow[OwnEvidence]:
        """Test the influences. Raises NotFound."""
        return self.one(OwnEvidence, reading("get_own_evidence", EVIDENCE, {"org": org}, as_of=as_of))

    @Operation
    def replace(
        self, org: str, influence_id: str, *, lang: str | None = None, dry_run: bool = False
    ) -> Flow[ReplacedStrength]:
        """Let the class that own observations show replace the catalogue's. Raises NotFound, WrongState, Changed."""
        names = {"org": org, "influence_id": influence_id}
        path = f"{EVIDENCE}/{{influence_id}}/replacement"
        asked: Asked = {"lang": lang, "dry_run": dry_run}
        return self.one(ReplacedStrength, writing("replace_influence_strength", "POST", path, names, **asked))
