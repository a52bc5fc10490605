"""The built-in rule packs as their files have them: name, what they implement clause by clause, which rules refine which."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from app.catalogue.sources import FOLDER, PACK


class Clause(NamedTuple):
    """A part of a norm: the rules that implement it, and what of it no rule checks, with the reason; each text by language."""

    reference: str
    """A citation, or one clause of it: `fsa_fg13_1#section-3`."""
    part: Mapping[str, str]
    rules: tuple[str, ...]
    unchecked: Mapping[str, str] | None


class Pack(NamedTuple):
    """A built-in pack. `refines`: a rule that reports a part of what others report, on purpose → those others."""

    id: str
    version: str
    name: Mapping[str, str]
    implements: tuple[Clause, ...]
    refines: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def packs() -> Mapping[str, Pack]:
    """The built-in packs by id."""
    return read_packs(FOLDER)


def read_packs(folder: Path) -> Mapping[str, Pack]:
    """The packs of a catalogue folder by id; their files must hold together (app.catalogue.check)."""
    import yaml

    files = sorted(folder.glob(f"rules/*/{PACK}"))
    return {pack.id: pack for pack in (pack_from(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files)}


def pack_from(raw: Mapping[str, Any]) -> Pack:
    """A pack out of what was written in its file."""
    return Pack(
        id=raw["id"],
        version=str(raw["version"]),
        name=raw["name"],
        implements=tuple(
            Clause(entry["clause"], entry["part"], tuple(entry.get("rules", ())), entry.get("unchecked"))
            for entry in raw.get("implements", ())
        ),
        refines={rule: frozenset(others) for rule, others in raw.get("refines", {}).items()},
    )
