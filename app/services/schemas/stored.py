"""What is stored, as the API shows it and reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from app.domain.document import Organization

READ_ONLY: dict[str, Any] = {"readOnly": True}


class Stored(BaseModel):
    """What the service sets of everything that is kept under a key."""

    id: str | None = Field(default=None, json_schema_extra=READ_ONLY)
    revision: int | None = Field(
        default=None,
        json_schema_extra=READ_ONLY,
        description="The number of the last accepted change of it.",
    )
    created_at: datetime | None = Field(default=None, json_schema_extra=READ_ONLY)
    updated_at: datetime | None = Field(default=None, json_schema_extra=READ_ONLY)
    deleted_at: datetime | None = Field(
        default=None, json_schema_extra=READ_ONLY, description="Since when it is deleted, in lists of what was."
    )
    purge_after: datetime | None = Field(
        default=None, json_schema_extra=READ_ONLY, description="Until when it can be restored."
    )


class StoredOrganization(Organization, Stored):
    """A company that is analysed. What it says of itself is the `organization` of its document."""
