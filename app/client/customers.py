"""What customers are worth, what changing that takes, and what a company's own observations say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, M, Operation, reading, state, writing
from app.client.things import Thing

ASSET = "/v1/organizations/{org}/customer-asset"


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
