"""Tokens of embeds: what lets a portal show one view to its visitors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, reading, writing
from app.client.things import Thing

LIST = "/v1/embed-tokens"
ONE = f"{LIST}/{{embed_token_id}}"


class EmbedToken(Thing):
    """A token. `token`: only in the answer that made it."""

    SCHEMA = "EmbedToken"

    id: str
    token: str | None
    view: str
    organization: str
    filters: dict[str, Any]
    locale: str | None
    theme: str
    pay_figures: bool
    allowed_origins: list[str]
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None


class Embeds(Group[M]):
    """What portals may show."""

    @Listing
    def list(
        self,
        *,
        organization: Sequence[str] = (),
        view: Sequence[str] = (),
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[EmbedToken]:
        """The tokens of the last day, the oldest first."""
        asked: Asked = {"organization": organization, "view": view, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(EmbedToken, reading("list_embed_tokens", LIST, {}, **asked, **made))

    @Operation
    def get(self, token: str | EmbedToken) -> Flow[EmbedToken]:
        """What a token says. Raises NotFound."""
        return self.one(EmbedToken, reading("get_embed_token", ONE, {"embed_token_id": named(token, "id")}))

    @Operation
    def add(
        self,
        view: str,
        organization: str,
        *,
        allowed_origins: Sequence[str] = (),
        filters: Mapping[str, Any] | None = None,
        locale: str | None = None,
        theme: str | None = None,
        pay_figures: bool | None = None,
        ttl_seconds: int | None = None,
        dry_run: bool = False,
    ) -> Flow[EmbedToken]:
        """Make a token that shows one view to pages of these origins. The answer alone shows it. Raises Invalid, NotFound."""
        optional = {
            "filters": filters,
            "locale": locale,
            "theme": theme,
            "pay_figures": pay_figures,
            "ttl_seconds": ttl_seconds,
        }
        said = {
            "view": view,
            "organization": organization,
            "allowed_origins": [*allowed_origins],
            **{name: value for name, value in optional.items() if value is not None},
        }
        return self.one(EmbedToken, writing("add_embed_token", "POST", LIST, {}, said, dry_run=dry_run))

    @Operation
    def revoke(self, token: str | EmbedToken, *, dry_run: bool = False) -> Flow[None]:
        """Let a token open nothing from now on. Raises NotFound."""
        names = {"embed_token_id": named(token, "id")}
        return self.nothing(writing("revoke_embed_token", "DELETE", ONE, names, dry_run=dry_run))
