"""The day on which a request comes, in UTC; services and domain get it as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends


def today() -> date:
    """The present day."""
    return datetime.now(UTC).date()


Today = Annotated[date, Depends(today)]
