"""What seals secrets that must be read again, for handlers."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from app.services.sealing import Sealer


async def the_sealer(request: Request) -> Sealer:
    """The sealer of this application."""
    sealer: Sealer = request.app.state.sealer
    return sealer


Seals = Annotated[Sealer, Depends(the_sealer)]
