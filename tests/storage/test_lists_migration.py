"""The step that gives lists what they show, on a database that is in use."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.domain.conditions import Condition
from app.domain.document.parts import GOVERNANCE, PartId
from app.domain.pages import Wanted
from app.services import document_parts, documents, organizations
from app.storage.database import Database
from app.storage.schema import migrate
from tests.routers.stored_companies import a_company
from tests.services.stored import caller, source

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def shown(store: Database) -> list[Any]:
    """What lists show of two workspaces, and find in them."""
    found: list[Any] = []
    for name in ("one", "two"):
        who = caller(store, name)
        for words in ((), ("acme",), ("überland",)):
            found += [one.shown for one in organizations.listed(store, who, Wanted(words=words), NOW).items]
        kpis = document_parts.listed(store, who, "acme", "kpis", Wanted(words=("handling",)))
        governance = document_parts.get(store, who, "acme", PartId(GOVERNANCE, GOVERNANCE))
        found += [kpis.page.items, governance.shown]
    return found


def test_going_back_and_forth_changes_nothing_that_lists_show(database_url: str) -> None:
    """Rows that were there before the step are filled by it, in every workspace."""
    store = Database(database_url)
    for name in ("one", "two"):
        who = caller(store, name)
        documents.replace(store, who, "acme", source(a_company()), NOW, Condition())
        documents.replace(
            store, who, "bahn", source({"concord": 1, "organization": {"name": "Überland"}}), NOW, Condition()
        )
    before = shown(store)

    migrate(store, "0001")
    migrate(store)

    assert shown(store) == before
    store.close()
