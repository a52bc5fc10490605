"""Every table of the store: found by walking the folder, so that no list of them is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from sqlmodel import SQLModel

from app import storage
from app.storage.organizations import OrganizationRow
from app.storage.workspace import Owned, Transaction


@lru_cache(maxsize=1)
def owned_tables() -> tuple[type[Owned], ...]:
    """The tables whose rows belong to a workspace, each after those that it refers to."""
    for module in iter_modules(storage.__path__):
        import_module(f"{storage.__name__}.{module.name}")
    by_name = {table.__tablename__: table for table in _below(Owned)}
    return tuple(by_name[table.name] for table in SQLModel.metadata.sorted_tables if table.name in by_name)


def erase_organization(tx: Transaction, id_: str) -> None:
    """Erase an organization's rows in every table that has the column `organization_id`, and its own."""
    for table in reversed(owned_tables()):
        described: Any = table
        if "organization_id" in described.__table__.columns:
            tx.run(tx.removing(table).where(described.organization_id == id_))
    tx.run(tx.removing(OrganizationRow).where(_o.id == id_))


def _below(model: type[Owned]) -> Iterator[type[Owned]]:
    for inner in model.__subclasses__():
        if hasattr(inner, "__table__"):
            yield inner
        yield from _below(inner)


_o: Any = OrganizationRow
