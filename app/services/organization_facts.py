"""The rows that rules read of an organization, as examples for whoever writes one."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.detection import detect
from app.domain.document.checks import document_from
from app.domain.facts.rows import FactRow
from app.domain.rules.schema import FactKind
from app.services import knowledge
from app.services.audits import check_size
from app.services.organizations import existing
from app.storage import documents
from app.storage.database import Database

Json = dict[str, Any]

MOST_ROWS = 200
"""Rows that are told, in the order of the document's keys; all are counted."""


def facts(store: Database, caller: Caller, organization: str, kind_name: str, as_of: date, *, most_goals: int) -> Json:
    """The rows of a fact kind in an organization's document as it stands, with what each is about.

    Raises Missing, Unknown for the kind, and DocumentInvalid, as too large, for a document with more than `most_goals`.
    """
    kind = knowledge.fact_kind(kind_name)
    with store.reading(caller.workspace) as tx:
        said = documents.standing(tx, existing(tx, caller, organization)).raw
    document = document_from(said, catalogue())
    check_size(document, most_goals)
    rows = detect(document, catalogue(), (), as_of).tables.get(kind.name, ())
    return {
        "fact_kind": kind.name,
        "as_of": as_of.isoformat(),
        "total": len(rows),
        "rows": [_told(row, kind) for row in rows[:MOST_ROWS]],
    }


def _told(row: FactRow, kind: FactKind) -> Json:
    """A row: what it is about, by key and by name, and its columns; missing ones are null."""
    values = {name: row.values.get(name) for name in kind.fields}
    return {
        "subjects": [subject._asdict() for subject in row.subjects],
        "names": {name: said for name, said in row.names.items() if said},
        "facts": {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()},
    }
