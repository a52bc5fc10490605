"""The shape of names that are to be resolved."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.domain.terms import Function, Wanted

MOST_NAMES = 1_000
"""Names that are resolved in one go."""
LONGEST = 300
"""Characters of a name or unit."""

Text = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class NameToResolve(BaseModel):
    """A KPI's name as somebody wrote it, and what else is known of it."""

    model_config = ConfigDict(extra="forbid")

    name: Text
    function: Function | None = Field(default=None, description="The function of the department that has the KPI.")
    unit: Text | None = None
    direction: Wanted | None = Field(default=None, description="The direction in which the KPI should go.")


class NamesToResolve(BaseModel):
    """Names that are to be resolved, at most a thousand."""

    model_config = ConfigDict(extra="forbid")

    names: Annotated[list[NameToResolve], Field(max_length=MOST_NAMES)]
