"""What is stored, as the API shows it and reads it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from app.domain.document import Organization as DocumentOrganization


class Organization(DocumentOrganization):
    """A company that is analysed. What it says of itself is the `organization` of its document."""

    id: str | None = Field(default=None, json_schema_extra={"readOnly": True})
    revision: int | None = Field(
        default=None,
        json_schema_extra={"readOnly": True},
        description="The number of the last accepted change of its document.",
    )
    created_at: datetime | None = Field(default=None, json_schema_extra={"readOnly": True})
    updated_at: datetime | None = Field(default=None, json_schema_extra={"readOnly": True})
