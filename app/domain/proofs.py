"""Proofs: what a change was seen to do when the engine ran on the changed document (semantics §8)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.domain.alignment import alignment_index
from app.domain.candidates import EFFORT, Candidate
from app.domain.changes import cost, departments_touched, share_moved
from app.domain.detection import Detection
from app.domain.document import Document
from app.domain.findings import Cost, Effect, Finding
from app.domain.terms import LEVELS, Level

LEAST_CLEARED = 0.5
"""Points of severity that count as a change at all."""

WEAKENED_BY = 5.0
"""Points of severity from which on a change within one level counts as weaker or worse."""


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


class Ledger:
    """Findings before against findings after. Those that somebody waived are left out on both sides."""

    def __init__(self, document: Document, before: Rerun, findings: Sequence[Finding]) -> None:
        self._document = document
        self._before = {finding.fingerprint: finding.severity for finding in findings}
        self._levels = {finding.fingerprint: finding.level for finding in findings}
        self._waived = frozenset(before.severities) - frozenset(self._before)
        self._alignment = before.alignment
        self._total = math.fsum(self._before.values())

    def prove(self, candidate: Candidate, changed: Document, after: Rerun) -> Proof | None:
        """The candidate with what it was seen to do; None when it does not lower the total, or brings up something grave."""
        severities = {k: v for k, v in after.severities.items() if k not in self._waived}
        total = math.fsum(severities.values())
        worsened = sorted(k for k in severities if self._moved(k, severities, after) > 0)
        if self._total - total < LEAST_CLEARED or any(self._is_new_and_grave(k, after) for k in worsened):
            return None
        weakened = [k for k in severities if k in self._before and self._moved(k, severities, after) < 0]
        removed = sorted(self._before.keys() - severities.keys())
        served = [*removed, *weakened, *(k for k in candidate.findings if k in severities)]
        drops = {k: self._before[k] - severities.get(k, 0.0) for k in served}
        drops = {k: drop for k, drop in drops.items() if drop >= LEAST_CLEARED}
        if not drops:
            return None
        effect = Effect(
            severity_before=self._total,
            severity_after=total,
            alignment_before=self._alignment,
            alignment_after=after.alignment,
            removed=self._worst_first(removed),
            weakened=self._worst_first(weakened),
            worsened=tuple(sorted(worsened, key=lambda k: (-severities[k], k))),
        )
        price = cost(self._document, changed)
        change = self._change(candidate, changed, price)
        return Proof(candidate, effect, price, change, departments_touched(self._document, changed), drops)

    def _change(self, candidate: Candidate, changed: Document, price: Cost) -> float:
        """How much is changed: effort first, then pay and weight moved, incentive plans and people touched (judgement)."""
        return (
            EFFORT[candidate.form.effort]
            + 2 * share_moved(self._document, changed)
            + 0.5 * price.weight_moved
            + 0.1 * max(0, price.plans - 1)
            + 0.03 * math.log10(1 + price.people)
        )

    def _moved(self, key: str, severities: Mapping[str, float], after: Rerun) -> int:
        """1 when a finding is new or clearly worse, −1 when clearly weaker: by a level, or by `WEAKENED_BY` points."""
        if key not in self._before:
            return 1
        by = severities[key] - self._before[key]
        other_level = after.levels[key] != self._levels[key] and abs(by) >= LEAST_CLEARED
        if not other_level and abs(by) < WEAKENED_BY:
            return 0
        return 1 if by > 0 else -1

    def _is_new_and_grave(self, key: str, after: Rerun) -> bool:
        return key not in self._before and LEVELS.index(after.levels[key]) >= LEVELS.index("high")

    def _worst_first(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(keys, key=lambda k: (-self._before[k], k)))
