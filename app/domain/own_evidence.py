"""Which influences the findings of a document use, and the observations that can test each (semantics §9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, get_args

from app.domain.catalogue import Influence
from app.domain.detection import Detection
from app.domain.empirical import EFFECTS, Check, Claim
from app.domain.observations import Series
from app.domain.terms import Strength

Values = Mapping[date, float]
STRENGTHS: tuple[Strength, ...] = get_args(Strength)


class Used(NamedTuple):
    """An influence that findings use, and which."""

    influence: Influence
    findings: tuple[str, ...]


class Stand(NamedTuple):
    """The series that stands for a metric. `inverted`: it counts the other way round."""

    series: Series
    inverted: bool = False

    def values(self, observed: Mapping[Series, Values]) -> Values:
        """Its observations, as the metric counts."""
        sign = -1 if self.inverted else 1
        return {day: sign * value for day, value in observed.get(self.series, {}).items()}


class Tested(NamedTuple):
    """What observations say of an influence, and which of them. `own`: the class that the effect has in them, None where nothing is
    supported."""

    used: Used
    source: Stand
    target: Stand
    check: Check

    @property
    def own(self) -> Strength | None:
        """The class whose assumed effect is nearest to the correlation."""
        if self.check.verdict != "supported" or self.check.correlation is None:
            return None
        size = abs(self.check.correlation)
        return min(STRENGTHS, key=lambda strength: abs(EFFECTS[strength] - size))


class Untested(NamedTuple):
    """An influence of which nothing was observed at one end or both: the metrics that nobody observes."""

    used: Used
    missing: tuple[str, ...]


def used_influences(detection: Detection) -> tuple[Used, ...]:
    """The influences on the chains behind findings, by id; what is true by arithmetic, and what a design feature does, cannot be tested."""
    findings: dict[str, list[str]] = {}
    influences: dict[str, Influence] = {}
    for match in detection.matches:
        if match.conflict is None:
            continue
        for arc in match.conflict.between.chain:
            one = arc.influence
            if one.kind != "identity" and one.sign != "0" and one.source in detection.goals.metrics:
                influences[one.id] = one
                findings.setdefault(one.id, []).append(match.fingerprint)
    return tuple(Used(influences[id_], tuple(dict.fromkeys(findings[id_]))) for id_ in sorted(influences))


def stands(detection: Detection, observed: Mapping[Series, int]) -> Mapping[str, Stand]:
    """Metric → the series that stands for it: its own observations, else those of the KPI that means it and was observed most often.

    `observed`: how many observations each series has.
    """
    by_metric: dict[str, list[tuple[int, str, Stand]]] = {}
    for key, item in detection.goals.kpis.items():
        series = Series("kpi", key)
        if item.resolution.metric and observed.get(series):
            stand = Stand(series, item.resolution.inverted)
            by_metric.setdefault(item.resolution.metric, []).append((-observed[series], key, stand))
    found = {metric: min(all_)[2] for metric, all_ in by_metric.items()}
    own = {series.key: Stand(series) for series, count in observed.items() if series.subject == "metric" and count}
    return {**found, **own}


def claim_of(influence: Influence) -> Claim:
    """What an influence claims of observations."""
    return Claim(
        influence.id,
        1 if influence.sign == "+" else -1,
        influence.lag_days,
        influence.lag_days_min,
        influence.lag_days_max,
        influence.strength,
    )
