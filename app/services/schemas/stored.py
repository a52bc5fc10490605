"""What is stored, as the API shows it and reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from app.domain.document import (
    Department,
    Document,
    Governance,
    IncentivePlan,
    Kpi,
    Organization,
    Outcome,
    OwnInfluence,
    OwnMetric,
)

READ_ONLY: dict[str, Any] = {"readOnly": True}


class PatchOperation(BaseModel):
    """One operation of a JSON Patch (RFC 6902)."""

    op: Literal["add", "remove", "replace", "move", "copy", "test"]
    path: str = Field(description="A JSON Pointer to what it is done to.")
    from_: str | None = Field(default=None, alias="from", description="Where what is moved or copied stands.")
    value: Any = Field(default=None, description="What is added, replaces, or must stand there.")


class MemberDifference(BaseModel):
    """A member of a part before and after; left out where it is not there. `name`: `payout.cap`."""

    name: str
    before: Any = None
    after: Any = None


class DocumentChange(BaseModel):
    """A part that was added, removed or changed. `path` leads to it by keys: `/incentive_plans/agents/components/agents-aht`."""

    action: Literal["added", "removed", "changed"]
    kind: str = Field(description="What it is: `kpi`, `component`, `governance`, …")
    path: str
    key: str | None = None
    within: str | None = Field(default=None, description="The key of the incentive plan that a component belongs to.")
    before: Any = Field(default=None, description="The whole of a part that was removed.")
    after: Any = Field(default=None, description="The whole of a part that was added.")
    members: list[MemberDifference] | None = Field(default=None, description="What changed in a part that was changed.")


class WithDiff(BaseModel):
    """What a write would do to the document."""

    changes: list[DocumentChange] | None = Field(
        default=None, json_schema_extra=READ_ONLY, description="With `dry_run`: what would change, part by part."
    )
    patch: list[PatchOperation] | None = Field(
        default=None, json_schema_extra=READ_ONLY, description="With `dry_run`: the same as a JSON Patch."
    )


class SavedDocument(Document, WithDiff):
    """A document that was accepted, or would be."""


class Stored(WithDiff):
    """What the service sets of everything that is kept under a key."""

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

    id: str | None = Field(default=None, json_schema_extra=READ_ONLY)


class Keyed(Stored):
    """What has no key of its own in the document."""

    key: str | None = Field(default=None, json_schema_extra=READ_ONLY, description="The key of its address.")


class StoredDepartment(Department, Stored):
    """A unit with goals of its own."""


class StoredOutcome(Outcome, Stored):
    """What customers are owed."""


class StoredKpi(Kpi, Stored):
    """A department's use of a metric, with target and weight."""


class StoredIncentivePlan(IncentivePlan, Stored):
    """How a role is paid."""


class StoredMetric(OwnMetric, Keyed):
    """A metric that the catalogue lacks. Its key is its id."""


class StoredInfluence(OwnInfluence, Keyed):
    """An influence of the organization's own. Its key is that of the influence that it replaces or silences, else its two ends."""


class StoredGovernance(Governance, Stored):
    """Who answers for customers."""


class RemovedPart(BaseModel):
    """A part by its address."""

    href: str
    kind: str
    key: str


class Removal(WithDiff):
    """What a removal took out of the document. `changed`: what stays without a mention of it."""

    removed: list[RemovedPart]
    changed: list[RemovedPart]
