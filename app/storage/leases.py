"""Leases: who does what only one process may do at a time on a database. They belong to no workspace; taken by `directory.lead`."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.storage.columns import Instant


class LeaseRow(SQLModel, table=True):
    """Who holds it, and until when."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=Instant)
