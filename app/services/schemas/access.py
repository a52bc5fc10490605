"""Keys, members, callers and audit events, as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from app.domain.access import Scope


class ApiKey(BaseModel):
    """An API key. What is left out does not limit it."""

    id: str
    name: str
    key: str | None = Field(default=None, description="The key itself: only in the answer that made it, kept nowhere.")
    scopes: list[Scope]
    last_four: str = Field(description="The last four characters of the key.")
    organizations: list[str] | None = Field(
        default=None, description="Keys of the only organizations that it is good for."
    )
    networks: list[str] | None = Field(default=None, description="The only networks that it may come from.")
    created_at: datetime
    created_by: str
    expires_at: datetime | None = None
    last_used_at: datetime | None = Field(default=None, description="To the minute.")
    replaced_by: str | None = Field(default=None, description="The key that rotation made in its place.")


class Member(BaseModel):
    """A person of the workspace."""

    id: str
    name: str
    email: str
    roles: list[str]
    created_at: datetime
    updated_at: datetime


class Me(BaseModel):
    """Whoever asks."""

    workspace: str
    actor: str = Field(description="The name that audit events carry.")
    credential: str
    scopes: list[Scope]
    organizations: list[str] | None = Field(default=None, description="The only organizations that can be seen.")


class AuditEvent(BaseModel):
    """Who did what, when. `hash` is made of all that is here and of `previous`, the hash before."""

    id: str
    number: int
    at: datetime
    actor: str
    credential: str
    action: str
    target: str
    request_id: str | None = None
    before: str | None = Field(default=None, description="The content hash of what was changed.")
    after: str | None = Field(default=None, description="The content hash of what it was changed to.")
    previous: str
    hash: str


class Verification(BaseModel):
    """Whether the chain of audit events holds."""

    holds: bool
    events: int
    broken_at: int | None = Field(default=None, description="The number of the first event that does not fit.")
    fault: Literal["missing", "out_of_order", "unchained", "changed", "cut_short"] | None = None
