"""Families: the archetype of a KPI by its metric and by its own words, one level above the catalogue (semantics §3, family fallback)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from app.domain.arcs import FAMILY
from app.domain.catalogue import Catalogue, Family
from app.domain.terms import Direction, Movement, Wanted, opposite

_LESS = ("less", "fewer", "lower", "shorter", "easier", "steadier", "truer", "better")
_SAVING = ("savings", "saved", "saving", "avoided", "reduction", "cut")


def families_of(
    name: str, wanted: Wanted, movement: Movement | None, catalogue: Catalogue, pinned: str | None, own: Mapping[str, str]
) -> tuple[Movement, ...]:
    """The family movements that an item pushes or wants: by its metric, and by the family it names or its words point to.

    `own`: the families of the organization's own metrics. None, one or two movements of `family:<id>`.
    """
    found: list[Movement] = []
    if movement:
        known = catalogue.metric_families.get(movement.metric)
        if known:
            direction = movement.direction if known.orientation == "+" else opposite(movement.direction)
            found.append(Movement(FAMILY + known.family, direction))
        elif movement.metric in own:
            found.append(Movement(FAMILY + own[movement.metric], movement.direction))
    words = spoken(name)
    family = pinned or family_of_words(name, catalogue)
    if family and family in catalogue.families and FAMILY + family not in {m.metric for m in found}:
        found.append(Movement(FAMILY + family, _direction(words, wanted, catalogue.families[family])))
    return tuple(found)


def family_of_words(name: str, catalogue: Catalogue) -> str | None:
    """The family whose cues cover most characters of the name; None when no cue matches."""
    words = spoken(name)
    best, most = None, 0
    for family, cues in _cues(catalogue):
        covered = sum(length for spelled, plural, length in cues if spelled in words or plural in words)
        if covered > most:
            best, most = family, covered
    return best


def spoken(text: str) -> str:
    """Lower-case words between single blanks, with a blank at either end."""
    return " " + re.sub(r"[^0-9a-zà-ÿ&%]+", " ", text.lower()).strip() + " "


@lru_cache(maxsize=8)
def _cues(catalogue: Catalogue) -> tuple[tuple[str, tuple[tuple[str, str, int], ...]], ...]:
    return tuple((f.id, tuple(_spellings(c) for c in sorted(set(f.cues)))) for f in catalogue.families.values())


def _spellings(cue: str) -> tuple[str, str, int]:
    words = spoken(cue).strip()
    return f" {words} ", f" {words}s ", len(cue)


def _direction(words: str, wanted: Wanted, family: Family) -> Direction:
    """Which way the family goes when the item goes where it is wanted."""
    direction: Direction = "down" if wanted == "decrease" else "up"
    adverse = any(s in words or p in words for s, p, _ in map(_spellings, family.adverse_cues))
    if family.up_means.split()[0] in _LESS:
        saves = any(f" {w} " in words for w in _SAVING)
        return "down" if direction == "up" and adverse and not saves else "up"
    return opposite(direction) if adverse else direction
