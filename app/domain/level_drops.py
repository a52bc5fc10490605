"""What would have to change for a finding to drop a level: each term of its severity by itself, all others unchanged (semantics §4, §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Literal, NamedTuple

from app.domain.findings import Finding
from app.domain.parameters import Parameters
from app.domain.rules.rule import STANDARD, Rule
from app.domain.severity import flaw_severity, net_harm, severity
from app.domain.terms import LEVELS, Level

Term = Literal["pressure", "importance", "harm", "help", "internalised", "held", "stake"]
"""`held`: the share of pay at stake that is kept back, or can be taken back, when the harm shows."""

_RAISING: tuple[Term, ...] = ("pressure", "importance", "harm")
_LOWERING: tuple[Term, ...] = ("help", "internalised", "held")

_PRECISION = 60
"""Halvings of the stretch in which a bound is sought."""

_NEAR = 1e-9


class LevelDrop(NamedTuple):
    """A term that by itself could lower the level: its value `now`, and the bound that it must fall below, or rise above."""

    term: Term
    now: float
    bound: float

    @property
    def rises(self) -> bool:
        """Whether more of it is needed."""
        return self.bound > self.now

    @property
    def way(self) -> float:
        """How far it is, as a share of what there is to go, 0–1."""
        return (self.bound - self.now) / (1 - self.now) if self.rises else (self.now - self.bound) / self.now


def level_below(finding: Finding, parameters: Parameters) -> tuple[Level | None, float]:
    """The next lower level and the severity below which it begins; none for a low finding, which can only go away, at 0."""
    bounds = {"critical": parameters.level_critical, "high": parameters.level_high, "medium": parameters.level_medium}
    level = finding.engine_level or finding.level
    return (LEVELS[LEVELS.index(level) - 1], bounds[level]) if level in bounds else (None, 0.0)


def level_drops(finding: Finding, rule: Rule, parameters: Parameters) -> tuple[LevelDrop, ...]:
    """The terms that alone could lower the level, the nearest first; none for a rule that computes its severity itself, and for gaps,
    whose severity is fixed.
    """
    _, bound = level_below(finding, parameters)
    found = sorted(_drops(finding, rule, parameters, bound), key=lambda drop: (drop.way, drop.term))
    return tuple(found)


def _drops(finding: Finding, rule: Rule, parameters: Parameters, bound: float) -> Iterator[LevelDrop]:
    if rule.severity != STANDARD:
        return
    if rule.fact_kind in ("goal_pair", "goal_outcome"):
        yield from _of_conflict(finding.facts, parameters, bound)
    elif rule.fact_kind == "component" and rule.base is not None:
        base, stake = rule.base, float(finding.facts[rule.stake])
        lowest = _highest_below(lambda share: flaw_severity(base, share), stake, bound)
        if lowest is not None:
            yield LevelDrop("stake", stake, lowest)


def _of_conflict(facts: Mapping[str, Any], parameters: Parameters, bound: float) -> Iterator[LevelDrop]:
    terms = _Terms.of(facts, parameters)
    for term in _RAISING:
        now: float = getattr(terms, term)
        highest = _highest_below(partial(terms.at, parameters, term), now, bound)
        if highest is not None:
            yield LevelDrop(term, now, highest)
    for term in _LOWERING if facts.get("paid", True) else _LOWERING[:-1]:
        now = getattr(terms, term)
        missing = _highest_below(partial(terms.short_of, parameters, term), 1 - now, bound)
        if missing is not None:
            yield LevelDrop(term, now, 1 - missing)


class _Terms(NamedTuple):
    """The terms of a conflict's severity, each in 0–1; `most`: what it is capped at."""

    pressure: float
    importance: float
    harm: float
    help: float
    internalised: float
    held: float
    most: float

    @classmethod
    def of(cls, facts: Mapping[str, Any], parameters: Parameters) -> _Terms:
        harm, help_ = float(facts["harm"]), float(facts["help"])
        free, left = net_harm(harm, help_, parameters), float(facts["net"])
        lost = 1 - left / free if free > 0 else 0.0
        factor = 1 - parameters.clawback_factor
        capped = facts.get("fallback") == "known"
        return cls(
            float(facts["pressure"]),
            float(facts["importance"]),
            harm,
            help_,
            float(facts["internalised"]),
            min(1.0, lost / factor) if factor > 0 and lost > _NEAR else 0.0,
            parameters.level_high - 0.1 if capped else 100.0,
        )

    def at(self, parameters: Parameters, term: Term, value: float) -> float:
        """The severity with one term changed."""
        terms = self._replace(**{term: value})
        net = net_harm(terms.harm, terms.help, parameters) * (1 - (1 - parameters.clawback_factor) * terms.held)
        return min(terms.most, severity(terms.pressure, terms.importance, net, terms.internalised, parameters))

    def short_of(self, parameters: Parameters, term: Term, missing: float) -> float:
        """The severity with one term so far below 1."""
        return self.at(parameters, term, 1 - missing)


def _highest_below(severity_at: Callable[[float], float], now: float, bound: float) -> float | None:
    """The value from which on a term that only raises the severity reaches the bound; None where it is not below it even at nothing."""

    def low(value: float) -> bool:
        return severity_at(value) < bound if bound > 0 else severity_at(value) <= 0

    if now <= _NEAR or not low(0.0):
        return None
    below, above = 0.0, now
    for _ in range(_PRECISION):
        middle = (below + above) / 2
        below, above = (middle, above) if low(middle) else (below, middle)
    return below
