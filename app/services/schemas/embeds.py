"""Tokens of embeds, as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from app.domain.embeds import Theme, View


class EmbedToken(BaseModel):
    """A token that lets a portal show one view of one organization."""

    id: str
    token: str | None = Field(default=None, description="The token itself: only in the answer that made it.")
    view: View
    organization: str
    filters: dict[str, Any] = Field(description="What narrows the view.")
    locale: str | None = None
    theme: Theme
    pay_figures: bool = Field(description="Whether figures of pay are shown.")
    allowed_origins: list[str] = Field(description="Origins of the pages that may show the view.")
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None = None
