"""Things of the catalogue as the API shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict


class Shown(BaseModel):
    """A thing as JSON: its members are those of the domain's value; texts that are empty are left out, lists are not."""

    model_config = ConfigDict(from_attributes=True, frozen=True)

    @classmethod
    def of(cls, value: Any, **more: Any) -> Mapping[str, Any]:
        """The value as JSON; `more` are members that it does not have itself."""
        known = {name: getattr(value, name) for name in cls.model_fields if hasattr(value, name)}
        dumped = cls.model_validate({**known, **more}).model_dump(mode="json", by_alias=True)
        return {name: member for name, member in dumped.items() if member is not None and member != ""}
