"""Workspaces: the tenants. Their rows hold ids and names only and are read where no workspace is known yet."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.storage.columns import Instant


class WorkspaceRow(SQLModel, table=True):
    """A tenant: everything else belongs to one."""

    __tablename__ = "workspace"

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Instant)
