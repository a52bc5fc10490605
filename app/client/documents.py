"""Documents: an organization's whole model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.client.exchange import JSON, Flow
from app.client.operations import Asked, Group, M, Operation, patching, reading, state, writing
from app.client.organizations import DIFF, Change
from app.client.things import Thing

PATH = "/v1/organizations/{org}/document"
JSON_PATCH = "application/json-patch+json"


class Document(Thing):
    """A model document (docs/document.md). What a dry run would change stands in `changes` and `patch`."""

    SCHEMA = "SavedDocument"
    READ_ONLY = DIFF

    concord: int
    organization: dict[str, Any]
    departments: list[dict[str, Any]]
    outcomes: list[dict[str, Any]]
    kpis: list[dict[str, Any]]
    incentive_plans: list[dict[str, Any]]
    changes: list[Change]
    patch: list[dict[str, Any]]

    @property
    def revision(self) -> int | None:
        """The number of the revision that it is; None for what a dry run would make."""
        number = (self.address or "").rpartition("/revisions/")[2]
        return int(number) if number.isdecimal() else None


class Documents(Group[M]):
    """Whole models, read and replaced at once."""

    @Operation
    def get(self, org: str, *, revision: int | None = None) -> Flow[Document]:
        """The document as it stands, or as it was at a revision. Raises NotFound."""
        return self.one(Document, reading("get_document", PATH, {"org": org}, revision=revision))

    @Operation
    def put(
        self,
        org: str,
        document: Mapping[str, Any] | bytes,
        *,
        media_type: str = JSON,
        if_match: str | None = None,
        create: bool = False,
        dry_run: bool = False,
    ) -> Flow[Document]:
        """Replace the document, whole or not at all; an organization that does not exist is made with it.

        `document`: one that was read, which then must not have changed meanwhile, a value, or the bytes of a file in JSON, YAML or XLSX,
        whose problems are then told by line or cell. Raises Invalid, Changed.
        """
        asked: Asked = {"media_type": media_type, "if_match": if_match, "create": create, "dry_run": dry_run}
        return self.one(Document, writing("put_document", "PUT", PATH, {"org": org}, document, **asked))

    @Operation
    def patch(
        self,
        org: str,
        changes: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        *,
        of: Document | None = None,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Document]:
        """Change the document by a merge patch (an object) or a JSON Patch (a list). `of`: the document that the change is based on.

        Raises Invalid, Changed.
        """
        tag = if_match if of is None else state(of, if_match)
        if isinstance(changes, Mapping):
            return self.one(
                Document, patching("patch_document", PATH, {"org": org}, changes, if_match=tag, dry_run=dry_run)
            )
        asked: Asked = {"media_type": JSON_PATCH, "if_match": tag, "dry_run": dry_run}
        return self.one(Document, writing("patch_document", "PATCH", PATH, {"org": org}, list(changes), **asked))
