"""Levels that a company gives to findings otherwise than the engine does: by rule, by department, by incentive plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from app.domain.terms import LEVELS, Language

Grade = Literal["off", "low", "medium", "high", "critical"]
"""A level, or `off`: not reported."""

GRADES: tuple[Grade, ...] = ("off", *LEVELS)


class Override(NamedTuple):
    """The grade that findings get, and where that stands (`concord.toml rules.FLU101`)."""

    grade: Grade
    place: str


ByRule = Mapping[str, Override]
"""Id of a rule → the override of its findings."""

NOTHING: ByRule = MappingProxyType({})


class Overrides(NamedTuple):
    """Overrides by rule, everywhere or for one department or incentive plan; the narrower one wins: plan, then department."""

    everywhere: ByRule = NOTHING
    departments: Mapping[str, ByRule] = MappingProxyType({})
    incentive_plans: Mapping[str, ByRule] = MappingProxyType({})

    def of(self, rule: str, department: str | None, plans: Iterable[str]) -> Override | None:
        """The override of a finding of the rule that begins in the department and is about the incentive plans.

        A conflict that several plans pay for is graded by plan only where each of them says so, and by the gravest.
        """
        by_plan = [self.incentive_plans.get(plan, NOTHING).get(rule) for plan in plans]
        found = [override for override in by_plan if override is not None]
        if found and len(found) == len(by_plan):
            return max(found, key=lambda override: (GRADES.index(override.grade), override.place))
        return self.departments.get(department or "", NOTHING).get(rule) or self.everywhere.get(rule)


NO_OVERRIDES = Overrides()


def misspelt(by_key: Mapping[str, ByRule], known: Collection[str], language: Language) -> Iterator[str]:
    """What to say of overrides for keys that are not known and look like one that is."""
    for key, overrides in sorted(by_key.items()):
        if key in known or not overrides:
            continue
        from app.domain.nearest import nearest

        for near in nearest(key, known, 1):
            place = next(iter(overrides.values())).place
            english, german = (
                f"nothing has the key {key}; did you mean {near}?",
                f"nichts heißt {key}; meinten Sie {near}?",
            )
            yield f"{place}: {german if language == 'de' else english}"
