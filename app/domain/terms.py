"""The vocabulary that every part of Concord shares (semantics §1)."""

from __future__ import annotations

from typing import Literal, NamedTuple

Function = Literal[
    "sales", "marketing", "service", "customer_success", "product", "operations", "finance", "hr", "legal", "it",
    "executive", "other",
]  # fmt: skip
Wanted = Literal["increase", "decrease", "maintain"]
Direction = Literal["up", "down"]
Level = Literal["low", "medium", "high", "critical"]
Strength = Literal["weak", "moderate", "strong"]
Kind = Literal["identity", "causal", "pressure"]
Evidence = Literal[
    "identity", "meta_analysis", "experiment", "quasi_experiment", "observational", "case", "practitioner", "expert"
]
Support = Literal["direct", "definition", "analogy", "none"]
FindingKind = Literal[
    "goal_conflict", "outcome_conflict", "internal_tension", "incentive_flaw", "governance_gap", "measurement_gap"
]
Language = Literal["en", "de"]

CUSTOMER = "customer"
"""The reserved key that stands for the customers beside the departments."""

CONTROLS_ALL = frozenset({"it", "legal", "executive", "other"})
"""Functions that are taken to control what they hold."""

LEVELS: tuple[Level, ...] = ("low", "medium", "high", "critical")
PERIOD_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365, "multi_year": 1095}
DAYS_IN_MONTH = 30


class Movement(NamedTuple):
    """A metric and the direction in which it goes: `service.average_handle_time ↓`."""

    metric: str
    direction: Direction

    @property
    def opposite(self) -> Movement:
        """The same metric going the other way."""
        return Movement(self.metric, opposite(self.direction))

    def __str__(self) -> str:
        return f"{self.metric} {'↑' if self.direction == 'up' else '↓'}"


def opposite(direction: Direction) -> Direction:
    """The other direction."""
    return "down" if direction == "up" else "up"


def from_level(level: Level) -> tuple[Level, ...]:
    """The level and those above it: what fails a run that is to fail at the level."""
    return LEVELS[LEVELS.index(level) :]
