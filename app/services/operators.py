"""Whoever runs the service, at its database: they may do all in every workspace, and are named so in audit events."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.access import SCOPES, Caller
from app.domain.errors import Unknown
from app.domain.nearest import nearest
from app.domain.pages import LARGEST_PAGE, Wanted
from app.services import api_keys
from app.services.api_keys import StoredKey
from app.storage import directory
from app.storage.database import Database


def operator_of(store: Database, workspace: str) -> Caller:
    """The operator in the workspace of that name; raises Unknown."""
    id_ = directory.find_workspace(store, workspace)
    if id_ is None:
        names = [name for _, name in directory.workspaces(store)]
        raise Unknown("workspace", workspace, tuple(nearest(workspace, names, 2)))
    return Caller(id_, "operator", "shell", frozenset(SCOPES))


def operators(store: Database) -> Iterator[tuple[str, Caller]]:
    """The name of every workspace with the operator in it, by name."""
    for id_, name in directory.workspaces(store):
        yield name, Caller(id_, "operator", "shell", frozenset(SCOPES))


def keys_of(store: Database, operator: Caller) -> Iterator[StoredKey]:
    """Every key of a workspace, oldest first."""
    wanted = Wanted(limit=LARGEST_PAGE)
    while True:
        found = api_keys.listed(store, operator, wanted)
        yield from found.items
        if found.after is None:
            return
        wanted = wanted._replace(place=found.after)
