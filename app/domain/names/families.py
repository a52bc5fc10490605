"""Families: the archetype of a KPI by its metric and by its own words, one level above the catalogue (semantics §3, family fallback)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.domain.arcs import FAMILY
from app.domain.catalogue import Catalogue, Family
from app.domain.terms import Direction, Movement, Wanted, opposite

_LESS = ("less", "fewer", "lower", "shorter", "easier", "steadier", "truer", "better")
LIKELY = 0.15
"""Probability of the likeliest metric from which on its family says more than the words do by themselves."""
MOST_WORDS = 60
"""Words of a name that are looked at."""

_BETWEEN = re.compile(r"[^0-9a-zà-ÿ&%]+")
_SAVING = ("savings", "saved", "saving", "avoided", "reduction", "cut")


def families_of(
    name: str,
    wanted: Wanted,
    movement: Movement | None,
    catalogue: Catalogue,
    pinned: str | None,
    own: Mapping[str, str],
    likely: Movement | None = None,
) -> tuple[Movement, ...]:
    """The family movements that an item pushes or wants: by its metric, and by the family it names or its words point to.

    `own`: the families of the organization's own metrics. `likely`: where no metric is likely enough, what it would push were it the
    likeliest one; that metric's family comes before the one that the words point to. None, one or two movements of `family:<id>`.
    """
    if likely and not pinned and (guessed := _of_metric(likely, catalogue, own)):
        return (guessed,)
    found = [m for m in (_of_metric(movement, catalogue, own),) if m]
    words = spoken(name)
    family = pinned or (None if _is_named(movement, name, catalogue) else family_of_words(name, catalogue))
    if family and family in catalogue.families and FAMILY + family not in {m.metric for m in found}:
        found.append(Movement(FAMILY + family, _direction(words, wanted, catalogue.families[family])))
    return tuple(found)


def _is_named(movement: Movement | None, name: str, catalogue: Catalogue) -> bool:
    """Whether a name is the metric's own: its words say nothing more, in whichever language."""
    metric = catalogue.metrics.get(movement.metric) if movement else None
    return metric is not None and name in (metric.name, metric.name_de)


def _of_metric(movement: Movement | None, catalogue: Catalogue, own: Mapping[str, str]) -> Movement | None:
    """Which way the family of a metric goes when the metric moves."""
    if movement is None:
        return None
    known = catalogue.metric_families.get(movement.metric)
    if known:
        return Movement(
            FAMILY + known.family, movement.direction if known.orientation == "+" else opposite(movement.direction)
        )
    return Movement(FAMILY + own[movement.metric], movement.direction) if movement.metric in own else None


def family_of_words(name: str, catalogue: Catalogue) -> str | None:
    """The family whose cues cover most characters of the name; None when no cue matches. Of equals the first in the catalogue."""
    covered: dict[str, int] = {}
    cues, longest = _cues(catalogue)
    words = _words(name)[:MOST_WORDS]
    ends = ((i, j) for i in range(len(words)) for j in range(i + 1, min(i + longest, len(words)) + 1))
    said = {" ".join(words[i:j]) for i, j in ends}
    for spelled in said | {phrase.removesuffix("s") for phrase in said}:
        for family, length in cues.get(spelled, ()):
            covered[family] = covered.get(family, 0) + length
    if not covered:
        return None
    order = {family: n for n, family in enumerate(catalogue.families)}
    return min(covered, key=lambda family: (-covered[family], order[family]))


def spoken(text: str) -> str:
    """Lower-case words between single blanks, with a blank at either end."""
    return f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    words = text.lower().split()
    if text.isascii() and "".join(words).isalnum():
        return words
    return _BETWEEN.sub(" ", text.lower()).split()


@lru_cache(maxsize=4)
def _cues(catalogue: Catalogue) -> tuple[Mapping[str, Sequence[tuple[str, int]]], int]:
    """Words of a cue → the families that it points to with its length; and the most words a cue has."""
    found: dict[str, list[tuple[str, int]]] = {}
    for family in catalogue.families.values():
        for cue in dict.fromkeys(family.cues):
            found.setdefault(" ".join(_words(cue)), []).append((family.id, len(cue)))
    return found, max((words.count(" ") + 1 for words in found), default=1)


def _says(words: str, cue: str) -> bool:
    spelled = spoken(cue).strip()
    return f" {spelled} " in words or f" {spelled}s " in words


def _direction(words: str, wanted: Wanted, family: Family) -> Direction:
    """Which way the family goes when the item goes where it is wanted."""
    direction: Direction = "down" if wanted == "decrease" else "up"
    adverse = any(_says(words, cue) for cue in family.adverse_cues)
    if family.up_means.split()[0] in _LESS:
        saves = any(f" {w} " in words for w in _SAVING)
        return "down" if direction == "up" and adverse and not saves else "up"
    return opposite(direction) if adverse else direction
