"""Callers and bodies for tests of services that store."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from app.domain.access import Caller, Scope
from app.exchange.read import read
from app.exchange.source import Source
from app.storage import directory
from app.storage.database import Database

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def caller(store: Database, workspace: str = "tests", *scopes: Scope) -> Caller:
    """Somebody with all rights, or with these, in the workspace of that name."""
    id_ = directory.workspace_named(store, workspace, EPOCH)
    return Caller(id_, "somebody", "key_tests", frozenset(scopes or ("admin",)))


def new_caller(store: Database) -> Caller:
    """Somebody with all rights in a workspace of their own."""
    return caller(store, f"workspace-{uuid4().hex}")


def source(said: Any) -> Source:
    """What is said, as if it came as JSON."""
    return read(json.dumps(said).encode(), "body", "json")
