"""Sensitivity: how much of an analysis stands when the strengths of influences are not exactly what they are taken to be.

Strengths are classes, and classes are judgement. So each is drawn within its class, many times over; the chains that were found are weighed
anew, and rules and arithmetic are the engine's own (semantics §3–§6). Besides, one run leaves out every influence that nobody measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from app.domain.catalogue import Catalogue
from app.domain.changes import changed
from app.domain.compare import flat
from app.domain.detection import Detection, detect
from app.domain.document import Document
from app.domain.findings import Analysis, Recommendation
from app.domain.kept_chains import KeptChains
from app.domain.map_runs import MapRuns, Severities
from app.domain.maps import maps_of, only_measured
from app.domain.proofs import LEAST_CLEARED
from app.domain.rank_correlation import rank_correlations
from app.domain.rules.rule import CompiledRule
from app.domain.strengths import Array, strengths_of
from app.domain.terms import LEVELS, Level

SAMPLES = 1_000
"""Samples that are drawn unless another number is asked for."""

MOST_TRIED = 50
"""Samples on which recommendations are tried: each of them is a document of its own."""

FEW = 3
"""Influences that are named as deciding for a finding, and for all of them."""

DECIDES, NOISE = 0.25, 5.0
"""From which rank correlation on an influence decides, and how many standard errors it must be from none at all (judgement)."""

TAIL = 0.05
"""The share of samples that lies beyond either end of a range."""


class Deciding(NamedTuple):
    """An influence that a severity hangs on: its rank correlation, −1 to 1, over the samples."""

    influence: str
    correlation: float


class Stability(NamedTuple):
    """How a finding stands when strengths change.

    `holds`: the share of samples at or above its level; `remains`: in which it is found at all; `low`, `high`: what all but a twentieth of
    severities lie above, and below. `measured`: its level when only measured influences count, None when it is gone then.
    `rests_on_strengths`: whether its severity or its being found ever changed.
    """

    fingerprint: str
    level: Level
    severity: float
    holds: float
    remains: float
    low: float
    high: float
    measured: Level | None
    rests_on_strengths: bool
    deciding: tuple[Deciding, ...]


class Tried(NamedTuple):
    """A recommendation over the samples: in which share it lowers total severity, and by how many points in the middle sample."""

    recommendation: str
    helps: float
    cleared: float


class Sensitivity(NamedTuple):
    """What came of `samples` samples, recommendations being tried on the first `tried`. `deciding`: for the sum of all severities."""

    samples: int
    tried: int
    findings: tuple[Stability, ...]
    recommendations: tuple[Tried, ...]
    deciding: tuple[Deciding, ...]


def sensitivity(
    document: Document,
    raw: Mapping[str, Any],
    analysis: Analysis,
    catalogue: Catalogue,
    rules: Sequence[CompiledRule],
    rng: np.random.Generator,
    *,
    samples: int = SAMPLES,
    progress: Callable[[int, int], None] = lambda done, most: None,
) -> Sensitivity:
    """How the open findings and the recommendations of an analysis stand in so many samples.

    `raw` is the document as it was submitted; `progress` is told how many runs were made, of how many. The same generator gives the same
    answer.
    """
    study = _Study(document, raw, analysis, catalogue, rules, samples, rng, progress)
    found = study.sampled(study.before, study.drawn)
    tried = study.drawn[:MOST_TRIED]
    return Sensitivity(
        samples=samples,
        tried=len(tried),
        findings=_stabilities(study, found),
        recommendations=tuple(_tried(study, one, found, tried) for one in analysis.recommendations),
        deciding=_deciding(study, np.array([[math.fsum(run.values())] for run in found]))[0],
    )


class _Study:
    """What is asked of one analysis: the document as it was detected, and the samples."""

    def __init__(
        self,
        document: Document,
        raw: Mapping[str, Any],
        analysis: Analysis,
        catalogue: Catalogue,
        rules: Sequence[CompiledRule],
        samples: int,
        rng: np.random.Generator,
        progress: Callable[[int, int], None],
    ) -> None:
        self.raw, self.analysis, self.catalogue, self.rules = raw, analysis, catalogue, rules
        self.as_of = date.fromisoformat(analysis.as_of)
        self.before = detect(document, catalogue, rules, self.as_of)
        self.strengths = strengths_of(self.before.goals.catalogue, self.before.goals.parameters)
        self.drawn = self.strengths.sampled(samples, rng)
        self.waived = {one.fingerprint for one in analysis.waived}
        self._progress = progress
        self._made, self._most = 0, samples + min(samples, MOST_TRIED) * len(analysis.recommendations)

    def changed(self, recommendation: Recommendation) -> Detection | None:
        """What is found once a recommendation is followed; None where its patch does not fit."""
        document = changed(self.raw, recommendation.patch, self.catalogue)
        if document is None:
            return None
        return detect(document, self.catalogue, self.rules, self.as_of, self.before.resolutions, self.before.field)

    def sampled(self, detection: Detection, drawn: Array) -> list[Severities]:
        """What is found in each sample; what somebody accepted is left out."""
        runs, maps = MapRuns(detection, self.rules, self.as_of), maps_of(detection.field)
        kept = KeptChains(detection.field, maps, self.strengths.places)
        found = []
        for weighed in kept.weighed(drawn, self.strengths.nominal):
            found.append({key: bad for key, bad in runs.on(weighed).items() if key not in self.waived})
            self._made += 1
            self._progress(self._made, self._most)
        return found

    def measured(self) -> Severities:
        """What is found where only measured influences count."""
        maps = maps_of(self.before.field).redrawn(only_measured)
        return MapRuns(self.before, self.rules, self.as_of).on(maps)


def _stabilities(study: _Study, found: Sequence[Severities]) -> tuple[Stability, ...]:
    parameters, measured = study.before.goals.parameters, study.measured()
    findings = flat(study.analysis.findings)
    severities = np.array([[run.get(one.fingerprint, 0.0) for one in findings] for run in found])
    severities = severities.reshape(len(found), len(findings))
    told = []
    for finding, column, deciding in zip(findings, severities.T, _deciding(study, severities), strict=True):
        level = finding.engine_level or finding.level
        levels = [parameters.level(bad) if bad > 0 else None for bad in column.tolist()]
        alone = measured.get(finding.fingerprint)
        low, high = np.quantile(column, (TAIL, 1 - TAIL)).tolist()
        told.append(
            Stability(
                fingerprint=finding.fingerprint,
                level=level,
                severity=finding.severity,
                holds=_share(one is not None and LEVELS.index(one) >= LEVELS.index(level) for one in levels),
                remains=_share(one is not None for one in levels),
                low=low,
                high=high,
                measured=None if alone is None else parameters.level(alone),
                rests_on_strengths=bool(np.ptp(column) > 0),
                deciding=deciding,
            )
        )
    return tuple(told)


def _tried(study: _Study, recommendation: Recommendation, found: Sequence[Severities], drawn: Array) -> Tried:
    after = study.changed(recommendation)
    if after is None:
        return Tried(recommendation.id, 0.0, 0.0)
    cleared = [
        math.fsum(old.values()) - math.fsum(new.values())
        for old, new in zip(found, study.sampled(after, drawn), strict=False)
    ]
    return Tried(recommendation.id, _share(points >= LEAST_CLEARED for points in cleared), float(np.median(cleared)))


def _deciding(study: _Study, severities: Array) -> list[tuple[Deciding, ...]]:
    """For each column of severities the few influences that it hangs on, the first the most."""
    correlations = rank_correlations(study.drawn, severities)
    least = max(DECIDES, NOISE / math.sqrt(max(1, len(severities) - 1)))
    names = list(study.strengths.places)
    few = []
    for column in correlations.T:
        strongest = sorted(np.flatnonzero(np.abs(column) >= least), key=lambda place: (-abs(column[place]), place))
        few.append(tuple(Deciding(names[place], float(column[place])) for place in strongest[:FEW]))
    return few


def _share(holds: Iterable[bool]) -> float:
    said = list(holds)
    return sum(said) / len(said)
