"""Data files that no analysis is made of, one thing in each: read when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar


class Named(Protocol):
    """A thing with an id."""

    @property
    def id(self) -> str:
        """Its id."""


N = TypeVar("N", bound=Named)


def things_in(folder: str, thing_from: Callable[[Mapping[str, Any]], N]) -> Mapping[str, N]:
    """Every thing of a folder of the catalogue by its id, in the order of the files' names."""
    import yaml

    files = sorted((Path(__file__).parent / folder).glob("*.yaml"))
    found = [thing_from(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files]
    return {one.id: one for one in found}
