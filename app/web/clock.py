"""The day and the instant at which a request comes, in UTC; services and domain get them as arguments."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends


def today() -> date:
    """The present day."""
    return datetime.now(UTC).date()


def present() -> datetime:
    """The present instant, in whole milliseconds."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


async def _present() -> datetime:
    return present()


async def _today() -> date:
    return today()


Now = Annotated[datetime, Depends(_present)]
Today = Annotated[date, Depends(_today)]
