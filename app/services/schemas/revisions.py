"""Revisions, as the API shows them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from app.domain.document import Document
from app.services.schemas.stored import DocumentChange, PatchOperation


class ChangeCounts(BaseModel):
    """How many parts of the document changed how."""

    added: int
    changed: int
    removed: int


class ToldChange(DocumentChange):
    """A change and the sentence that tells it."""

    text: str = Field(description="It in words, in the language that was asked for.")


class ListedRevision(BaseModel):
    """An accepted change of a document: who, when, and how much."""

    number: int
    at: datetime
    actor: str = Field(description="Who did it, by the name that audit events carry.")
    action: str = Field(description="What was done: `document.replaced`, `kpis.created`, `import.applied`, …")
    content_hash: str = Field(description="The hash of the document that came of it.")
    counts: ChangeCounts


class Revision(ListedRevision):
    """An accepted change in full."""

    changes: list[ToldChange]
    patch: list[PatchOperation] = Field(description="What makes this document of the one before.")
    document: Document | None = Field(
        default=None, description="With `include=document`: the document that came of it."
    )


class Difference(BaseModel):
    """What differs in one revision from another; `patch` makes the document of `number` out of that of `against`."""

    number: int
    against: int
    counts: ChangeCounts
    changes: list[ToldChange]
    patch: list[PatchOperation]
