"""Which findings are asked for: by rule, pack, level and department."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from app.domain.errors import Unknown
from app.domain.rules.rule import Rule
from app.domain.terms import LEVELS, Level

_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*")
_PREFIX = re.compile(r"[A-Z]{3}[0-9]{0,2}")
"""The beginning of the ids of several rules: `INC`, `FLU1`."""

WHAT = "rule, pack, level or department"


class Picked(NamedTuple):
    """What a list of names stands for; a kind of which nothing is named stays empty."""

    rules: frozenset[str] = frozenset()
    levels: frozenset[Level] = frozenset()
    departments: frozenset[str] = frozenset()


class Selection(NamedTuple):
    """Findings that are wanted, less those that are not.

    Of one kind any name will do; several kinds narrow each other: `fluss, high, service` wants findings of the pack, of that level, in
    which that department takes part. A finding is left out as soon as one name that is ignored fits it.
    """

    select: Picked = Picked()
    ignore: Picked = Picked()

    def admits(self, rule: str, level: Level, departments: Collection[str]) -> bool:
        """Whether a finding of the rule and level, in which the departments take part, is wanted."""
        wanted, unwanted = self
        if rule in unwanted.rules or level in unwanted.levels or not unwanted.departments.isdisjoint(departments):
            return False
        return (
            (not wanted.rules or rule in wanted.rules)
            and (not wanted.levels or level in wanted.levels)
            and (not wanted.departments or not wanted.departments.isdisjoint(departments))
        )

    @property
    def departments(self) -> frozenset[str]:
        """Every department that is named."""
        return self.select.departments | self.ignore.departments


EVERYTHING = Selection()


def picked(names: Iterable[str], rules: Mapping[str, Rule]) -> Picked:
    """What names stand for: a rule (`FLU101`), the beginning of several (`INC2`), a pack, a level, or else the key of a department.

    `department:measurement` is the department where a pack has the same name. Raises Unknown for what can be none of them; whether there
    is such a department is known once documents are read (`missing_department`).
    """
    packs = packs_of(rules)
    found: set[str] = set()
    levels: set[Level] = set()
    departments: set[str] = set()
    for name in names:
        key = name.removeprefix("department:")
        if key == name and (named := rules_named(name, rules)):
            found |= named
        elif key == name and name in LEVELS:
            levels.add(name)
        elif _KEY.fullmatch(key):
            departments.add(key)
        else:
            raise Unknown(WHAT, name, _near(name, [*rules, *packs, *LEVELS]))
    return Picked(frozenset(found), frozenset(levels), frozenset(departments))


def rules_named(name: str, rules: Mapping[str, Rule]) -> frozenset[str]:
    """The ids of the rules that a name stands for: an id, the beginning of ids, or a pack; none when it is none of these."""
    if name in rules:
        return frozenset((name,))
    if _PREFIX.fullmatch(name):
        return frozenset(id_ for id_ in rules if id_.startswith(name))
    return packs_of(rules).get(name, frozenset())


def packs_of(rules: Mapping[str, Rule]) -> dict[str, frozenset[str]]:
    """The packs by name, each with the ids of its rules."""
    packs: dict[str, set[str]] = {}
    for id_, rule in rules.items():
        packs.setdefault(rule.pack, set()).add(id_)
    return {name: frozenset(ids) for name, ids in sorted(packs.items())}


def missing_department(selection: Selection, known: Collection[str], rules: Mapping[str, Rule]) -> Unknown | None:
    """The first department, by key, that is named and that none of the documents has."""
    for key in sorted(selection.departments.difference(known)):
        return Unknown(WHAT, key, _near(key, [*known, *rules, *packs_of(rules), *LEVELS]))
    return None


def _near(name: str, known: Sequence[str]) -> tuple[str, ...]:
    from app.domain.nearest import nearest

    return tuple(nearest(name, known, 1))
