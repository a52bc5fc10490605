"""Parts of documents as they are kept: values of their rows, or at once the text of the JSON that shows them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

from app.domain.deletion import deletion
from app.domain.document.parts import (
    GOVERNANCE,
    KEY_MEMBER,
    PartId,
)
from app.domain.errors import Missing
from app.domain.instants import written
from app.domain.pages import Found
from app.domain.stored_form import Raw
from app.services.accepting import part_tag
from app.storage import documents
from app.storage.columns import instant
from app.storage.columns import written as as_text
from app.storage.organizations import Organization, State
from app.storage.workspace import Transaction


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part as it stands; `body` is what the document says. `changes` and `patch`: what a write did to the document."""

    organization: str
    part: PartId
    body: Raw
    revision: int
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    created: bool = False
    changes: tuple[Any, ...] = ()
    patch: tuple[Any, ...] = ()

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return part_tag(self.revision, as_text(self.body))

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/organizations/{self.organization}/{self.part.path}"

    @property
    def shown(self) -> Raw:
        """It as the API shows it. What has no key of its own in the document is shown with the one of its address."""
        key = {} if "key" in self.body or self.part.list == GOVERNANCE else {"key": self.part.key}
        times = {"created_at": written(self.created_at), "updated_at": written(self.updated_at)}
        return {**key, **self.body, "revision": self.revision, **times, **deletion(self.deleted_at)}


class PartText(NamedTuple):
    """A part as it stands, as the text of the JSON that shows it; and its entity tag."""

    text: str
    tag: str


class PageOfTexts(NamedTuple):
    """A page of parts as the texts of their JSON, and the state of the organization that it shows."""

    state: State | None
    page: Found[str]


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal took out of the document, or out of what is kept of it."""

    organization: str
    gone: tuple[PartId, ...]
    changed: tuple[PartId, ...] = ()
    changes: tuple[Any, ...] = ()
    patch: tuple[Any, ...] = ()


def existing_part(tx: Transaction, organization: Organization, part: PartId) -> StoredPart:
    """The part as it stands; raises Missing."""
    row = documents.part(tx, organization, *part)
    if row is None:
        raise Missing(part.list, part.key)
    return part_of(organization.key, part.list, row)


def part_of(organization: str, list_: str, row: Any) -> StoredPart:
    """A part of a list, of its row."""
    return StoredPart(
        organization=organization,
        part=PartId(list_, row.key),
        body=row.body,
        revision=row.revision,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def page_of_texts(list_: str, state: State | None, found: Found[Any]) -> PageOfTexts:
    """A page of rows whose bodies are text, in the state of the organization that it shows."""
    return PageOfTexts(state, found.of(partial(text_of, list_)))


def text_of(list_: str, row: Any) -> str:
    """What `StoredPart.shown` shows of a part, where `body` is text."""
    key = f'"key":{json.dumps(row.key)},' if shown_key(list_) else ""
    body = f"{row.body[1:-1]}," if len(row.body) > len("{}") else ""
    return f'{{{key}{body}"revision":{row.revision},"created_at":"{_when(row.created)}","updated_at":"{_when(row.updated)}"}}'


@lru_cache(maxsize=4096)
def _when(milliseconds: int) -> str:
    """An instant as it is kept → as it is shown; parts that were made together say the same one again and again."""
    return written(instant(milliseconds))


def shown_key(list_: str) -> tuple[str, ...]:
    """The key as a member that only the API shows, for items that have none of that name in the document."""
    return ("key",) if list_ in KEY_MEMBER or list_ == "influences" else ()
