"""Proofs: what a change was seen to do when the engine ran on the changed document (semantics §8)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from app.domain.alignment import alignment_index
from app.domain.candidates import EFFORT, Candidate
from app.domain.changes import cost, departments_touched
from app.domain.detection import Detection
from app.domain.document import Document
from app.domain.findings import Cost, Effect, Finding
from app.domain.remedies import Effort
from app.domain.terms import LEVELS, Level

LEAST_CLEARED = 0.5
"""Points of severity that count as a change at all."""

WEAKENED_BY = 5.0
"""Points of severity from which on a change within one level counts as weaker or worse."""

LOW = 0.1
"""What a point of severity below medium weighs beside one at medium and above, when a set of changes is judged (judgement)."""


Pair = frozenset[tuple[str, str]]
"""Two measures, each by kind and key."""


class Rerun(NamedTuple):
    """What the engine found in a document, as far as recommendations look at it."""

    detection: Detection
    severities: Mapping[str, float]
    levels: Mapping[str, Level]
    alignment: float | None

    @classmethod
    def of(cls, detection: Detection) -> Rerun:
        """Severities and levels by fingerprint, and the alignment index."""
        return cls(
            detection=detection,
            severities={match.fingerprint: match.severity for match in detection.matches},
            levels={match.fingerprint: match.level for match in detection.matches},
            alignment=alignment_index(detection.departments),
        )


@dataclass(frozen=True)
class Grades:
    """What is open in a document: severity and level by fingerprint, and the alignment index.

    `sources`: the department that acts, where it is known; `pairs`: the two measures of a conflict between goals, of which only the
    stronger side is found: when that is weakened, the other may take its place under another rule.
    """

    severities: Mapping[str, float]
    levels: Mapping[str, Level]
    alignment: float | None
    sources: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[str, Pair] = field(default_factory=dict)

    @cached_property
    def of_pairs(self) -> dict[Pair, Level]:
        """The level of each pair of measures: that of its gravest conflict."""
        found: dict[Pair, Level] = {}
        for key, pair in self.pairs.items():
            found[pair] = max(found.get(pair, "low"), self.levels[key], key=LEVELS.index)
        return found

    def level_before(self, key: str, after: Grades) -> Level:
        """How grave a finding of a changed document was before: as it was, else as the conflict of the same two measures was."""
        pair = after.pairs.get(key)
        known = self.of_pairs.get(pair, "low") if pair is not None else "low"
        return max(self.levels.get(key, "low"), known, key=LEVELS.index)

    @cached_property
    def counted(self) -> frozenset[str]:
        """Findings of medium level or above."""
        return frozenset(key for key, level in self.levels.items() if level != "low")

    @cached_property
    def burden(self) -> float:
        """The sum of their severities."""
        return math.fsum(self.severities[key] for key in sorted(self.counted))

    @cached_property
    def total(self) -> float:
        """The sum over all findings."""
        return math.fsum(self.severities.values())

    @cached_property
    def weighted(self) -> float:
        """The sum in which findings below medium weigh less (`LOW`)."""
        return self.burden + LOW * (self.total - self.burden)


class Proof(NamedTuple):
    """A candidate that clears more than it makes worse. `drops`: finding → points that it lost; `change`: how much is changed."""

    candidate: Candidate
    effect: Effect
    cost: Cost
    change: float
    departments: tuple[str, ...]
    drops: Mapping[str, float]

    @property
    def cleared(self) -> float:
        """Points of severity that are gone, all in all."""
        return self.effect.severity_before - self.effect.severity_after


def change_of(effort: Effort, price: Cost) -> float:
    """How much is changed: effort first, then pay and weight moved, incentive plans and people touched (judgement)."""
    return (
        EFFORT[effort]
        + 2 * price.pay_moved
        + 0.5 * price.weight_moved
        + 0.1 * max(0, price.plans - 1)
        + 0.03 * math.log10(1 + price.people)
    )


class Ledger:
    """Findings before against findings after. Those that somebody waived are left out on both sides."""

    def __init__(self, document: Document, before: Rerun, findings: Sequence[Finding]) -> None:
        self._document = document
        self._before = Grades(
            {finding.fingerprint: finding.severity for finding in findings},
            {finding.fingerprint: finding.level for finding in findings},
            before.alignment,
        )
        self._waived = before.severities.keys() - self._before.severities.keys()

    def prove(self, candidate: Candidate, changed: Document, after: Rerun) -> Proof | None:
        """The candidate with what it was seen to do; None when it does not lower the total, or brings up something grave."""
        found = Grades(
            {k: v for k, v in after.severities.items() if k not in self._waived}, after.levels, after.alignment
        )
        effect = effect_between(self._before, found)
        if effect.severity_before - effect.severity_after < LEAST_CLEARED:
            return None
        if any(self._is_new_and_grave(k, found) for k in effect.worsened):
            return None
        before, severities = self._before.severities, found.severities
        served = [*effect.removed, *effect.weakened, *(k for k in candidate.findings if k in severities)]
        drops = {k: before[k] - severities.get(k, 0.0) for k in served}
        drops = {k: drop for k, drop in drops.items() if drop >= LEAST_CLEARED}
        if not drops:
            return None
        price = cost(self._document, changed)
        change = change_of(candidate.form.effort, price)
        return Proof(candidate, effect, price, change, departments_touched(self._document, changed), drops)

    def _is_new_and_grave(self, key: str, after: Grades) -> bool:
        return key not in self._before.severities and LEVELS.index(after.levels[key]) >= LEVELS.index("high")


def effect_between(before: Grades, after: Grades) -> Effect:
    """What became of findings: new or clearly worse, clearly weaker, gone; each worst first."""
    worsened = [k for k in after.severities if _moved(k, before, after) > 0]
    weakened = [k for k in after.severities if k in before.severities and _moved(k, before, after) < 0]
    return Effect(
        severity_before=math.fsum(before.severities.values()),
        severity_after=math.fsum(after.severities.values()),
        alignment_before=before.alignment,
        alignment_after=after.alignment,
        removed=_worst_first(before.severities.keys() - after.severities.keys(), before),
        weakened=_worst_first(weakened, before),
        worsened=_worst_first(worsened, after),
    )


def moved(by: float, *, other_level: bool) -> int:
    """1 when so many points make a finding clearly worse, −1 when clearly weaker: by a level, or by `WEAKENED_BY` points; else 0."""
    if not (other_level and abs(by) >= LEAST_CLEARED) and abs(by) < WEAKENED_BY:
        return 0
    return 1 if by > 0 else -1


def _moved(key: str, before: Grades, after: Grades) -> int:
    """The same of a finding by its fingerprint; one that is new is worse."""
    if key not in before.severities:
        return 1
    by = after.severities[key] - before.severities[key]
    return moved(by, other_level=after.levels[key] != before.levels[key])


def _worst_first(keys: Iterable[str], grades: Grades) -> tuple[str, ...]:
    return tuple(sorted(keys, key=lambda k: (-grades.severities[k], k)))
