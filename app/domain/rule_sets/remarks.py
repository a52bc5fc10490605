"""Remarks on a set of rules: which never fire, always fire, say what another says, or wait for what nobody fills in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, Literal, NamedTuple

from numpy.random import Generator

from app.domain.parameters import Parameters
from app.domain.rule_sets.answers import FALSE, OPEN, TRUE
from app.domain.rule_sets.levels import grades_alike, level_on
from app.domain.rule_sets.possible import Possible, possible
from app.domain.rule_sets.samples import ROWS, Sample, sample
from app.domain.rule_sets.search import BUDGET, Answer, Wanted, Words, find, plainer
from app.domain.rules.columns import Mask
from app.domain.rules.rule import CompiledRule
from app.domain.rules.schema import FactKind
from app.domain.rules.tree import fields_read
from app.domain.terms import Level

RemarkKind = Literal["never_fires", "not_here", "always_fires", "never_assessable", "covered", "overlap"]
How = Literal["reasoning", "sampling"]

MANY = 65_536
"""Rows that decide where reasoning does not."""

ENOUGH = 30
"""Rows on which a rule has to fire before it may be said, without reasoning, that another one always fires with it."""

MOST_BOXES = 20_000
"""Boxes that all searches of an analysis look at together; once they are spent, the rows that all rules were tried on decide."""

MOST_OF_A_RULE = 5
"""Remarks that compare a rule with others; it is not compared further."""

MOST_GRADED = 50
"""Rows on which two rules' levels are compared."""

Row = Mapping[str, Any]
Refinements = Mapping[str, frozenset[str]]
"""Rule → the rules of its pack that report more than it does, as is meant."""


class Remark(NamedTuple):
    """What is to be said of a rule, and how that was found.

    `other`: the rule that covers or overlaps it; `same`: both report exactly the same rows. `fields`: what is never filled in, or what
    knows no such word here. `levels`: of the rule and of the other one on `row`, a row that shows it.
    """

    kind: RemarkKind
    rule: str
    how: How
    other: str | None = None
    same: bool = False
    fields: tuple[str, ...] = ()
    levels: tuple[Level, Level] | None = None
    row: Row | None = None


class Company(NamedTuple):
    """What is known of an organization: its rows per fact kind, and the words of its own that fields may hold there."""

    tables: Mapping[str, Sequence[Row]]
    words: Mapping[str, Words]

    def empty(self, kind: FactKind) -> frozenset[str]:
        """The fields that hold nothing on any row, where there are rows."""
        rows = self.tables.get(kind.name, ())
        nullable = [field.name for field in kind.fields.values() if field.nullable and field.testable]
        return frozenset(name for name in nullable if rows and all(row[name] is None for row in rows))


NO_COMPANY = Company({}, {})


def remarks(
    rules: Sequence[CompiledRule],
    parameters: Parameters,
    chance: Generator,
    company: Company = NO_COMPANY,
    refinements: Refinements | None = None,
) -> list[Remark]:
    """All that is to be said of a set of compiled rules, by rule.

    Of two rules of which each covers the other, the one that stands later is the one too many. `company`: where the rules are looked at
    for one organization; `chance` draws the rows where reasoning does not decide.
    """
    found: list[Remark] = []
    purse = _Purse(MOST_BOXES)
    kinds = {compiled.kind.name: compiled.kind for compiled in rules}
    for name, kind in sorted(kinds.items()):
        chosen = [_Judged(compiled) for compiled in rules if compiled.kind.name == name]
        found += _OfKind(kind, chosen, parameters, chance, company, refinements or {}, purse).remarks()
    order = {compiled.rule.id: place for place, compiled in enumerate(rules)}
    return sorted(found, key=lambda remark: (order[remark.rule], remark.kind, remark.other or ""))


@dataclass(frozen=True, eq=False)
class _Judged:
    """A rule, and its condition over boxes."""

    compiled: CompiledRule

    @property
    def id(self) -> str:
        return self.compiled.rule.id

    @cached_property
    def possible(self) -> Possible:
        return possible(self.compiled.node, self.compiled.kind)

    def wanted(self, answers: int) -> Wanted:
        return Wanted(self.possible, self.compiled.truth, answers)


@dataclass
class _Purse:
    """The boxes that may still be looked at."""

    boxes: int


class _Sampled(NamedTuple):
    true: Mask
    false: Mask


class _OfKind:
    """The rules that read one fact kind."""

    def __init__(
        self,
        kind: FactKind,
        rules: Sequence[_Judged],
        parameters: Parameters,
        chance: Generator,
        company: Company,
        refinements: Refinements,
        purse: _Purse,
    ) -> None:
        self._kind, self._rules = kind, rules
        self._parameters, self._chance = parameters, chance
        self._company, self._refinements, self._purse = company, refinements, purse
        self._sample = self._drawn(rules, {})
        self._answers = self._tried(self._sample, rules)

    def remarks(self) -> Iterator[Remark]:
        alone = {rule.id: self._of_one(rule) for rule in self._rules}
        yield from (remark for remark in alone.values() if remark is not None)
        sound = [rule for rule in self._rules if not _is_hollow(alone[rule.id])]
        told: Counter[str] = Counter()
        for first, second in combinations(sound, 2):
            if max(told[first.id], told[second.id]) < MOST_OF_A_RULE:
                for remark in self._of_two(first, second):
                    told[remark.rule] += 1
                    yield remark

    def _of_one(self, rule: _Judged) -> Remark | None:
        """What is to be said of a rule by itself: the gravest only."""
        held = self._answers[rule.id]
        if not held.true.any() and (how := self._ruled_out(rule, TRUE)):
            return Remark("never_fires", rule.id, how)
        if not held.false.any() and (how := self._ruled_out(rule, FALSE)):
            return Remark("always_fires", rule.id, how)
        return self._without_words(rule) or self._without_facts(rule)

    def _without_words(self, rule: _Judged) -> Remark | None:
        """A rule about words that this organization does not have."""
        words = self._company.words.get(self._kind.name, {})
        named = tuple(name for name in rule.possible.fields if name in words and name in rule.possible.tests)
        if named and (how := self._ruled_out(rule, TRUE, words={name: words[name] for name in named})):
            return Remark("not_here", rule.id, how, fields=named)
        return None

    def _without_facts(self, rule: _Judged) -> Remark | None:
        """A rule that waits on some row for what is filled in on none, and cannot fire without it."""
        empty = self._company.empty(self._kind) & set(rule.possible.fields)
        if not empty:
            return None
        blamed = {name for row in self._company.tables[self._kind.name] for name in rule.compiled.missing(row)}
        lacking = empty & blamed
        if lacking and (how := self._ruled_out(rule, TRUE, empty=frozenset(lacking))):
            return Remark("never_assessable", rule.id, how, fields=tuple(sorted(lacking)))
        return None

    def _of_two(self, first: _Judged, second: _Judged) -> Iterator[Remark]:
        """What is to be said of a pair: nothing where one is meant to report a part of what the other does."""
        meant = self._refinements.get(first.id, frozenset()) | self._refinements.get(second.id, frozenset())
        if meant & {first.id, second.id}:
            return
        later, earlier = self._covered_by(second, first), self._covered_by(first, second)
        about_the_same = _about_the_same(first, second)
        if about_the_same and (apart := self._graded_apart(second, first, later or earlier)):
            yield apart
        elif later:
            yield Remark("covered", second.id, later, first.id, same=earlier is not None)
        elif earlier:
            yield Remark("covered", first.id, earlier, second.id)

    def _covered_by(self, one: _Judged, other: _Judged) -> How | None:
        """How it was found that the other fires wherever the one does; None where it does not."""
        held, by = self._answers[one.id], self._answers[other.id]
        if (held.true & ~by.true).any():
            return None
        found = self._found([one.wanted(TRUE), other.wanted(FALSE | OPEN)])
        if found.verdict != "unsure":
            return "reasoning" if found.verdict == "none" else None
        answers = self._answers
        if self._purse.boxes:
            answers = self._tried(self._drawn([one, other], {}, MANY), [one, other])
        fires, with_it = answers[one.id].true, answers[other.id].true
        return "sampling" if fires.sum() >= ENOUGH and not (fires & ~with_it).any() else None

    def _graded_apart(self, one: _Judged, other: _Judged, contained: How | None) -> Remark | None:
        """Two rules that report some rows both, at different levels; a row shows it, so nothing else has to."""
        if grades_alike(one.compiled, other.compiled):
            return None
        for row in self._rows_of_both(one, other):
            levels = level_on(one.compiled, row, self._parameters), level_on(other.compiled, row, self._parameters)
            if levels[0] != levels[1]:
                read = {*fields_read(one.compiled.node), *fields_read(other.compiled.node)}
                shown = {name: row[name] for name in sorted(read)}
                return Remark("overlap", one.id, contained or "reasoning", other.id, levels=levels, row=shown)
        return None

    def _rows_of_both(self, one: _Judged, other: _Judged) -> Iterator[Row]:
        """Rows on which both fire, with everything that their levels depend on."""
        wanted = [one.wanted(TRUE), other.wanted(TRUE)]
        found = self._found(wanted)
        if found.row is not None:
            shown = plainer(found.row, wanted, self._kind)
            yield from ({**self._sample.row(place), **shown} for place in range(MOST_GRADED))
        both = (self._answers[one.id].true & self._answers[other.id].true).nonzero()[0][:MOST_GRADED]
        yield from (self._sample.row(place) for place in both.tolist())

    def _ruled_out(
        self, rule: _Judged, answers: int, words: Words | None = None, empty: frozenset[str] = frozenset()
    ) -> How | None:
        """How it was found that a rule never comes to any of these answers; None where it does."""
        found = self._found([rule.wanted(answers)], words, empty)
        if found.verdict != "unsure":
            return "reasoning" if found.verdict == "none" else None
        drawn = self._drawn([rule], words or {}, MANY if self._purse.boxes else ROWS, empty)
        held = self._tried(drawn, [rule])[rule.id]
        return None if (held.true if answers == TRUE else held.false).any() else "sampling"

    def _found(
        self, wanted: Sequence[Wanted], words: Words | None = None, empty: frozenset[str] = frozenset()
    ) -> Answer:
        """A search that is paid from the purse."""
        found = find(wanted, self._kind, words or {}, empty, budget=min(BUDGET, self._purse.boxes))
        self._purse.boxes -= found.looked
        return found

    def _drawn(
        self, rules: Sequence[_Judged], words: Words, size: int = ROWS, empty: frozenset[str] = frozenset()
    ) -> Sample:
        conditions = [rule.possible for rule in rules]
        drawn = sample(self._kind, conditions, words, self._chance, size)
        return drawn.without(empty)

    def _tried(self, drawn: Sample, rules: Sequence[_Judged]) -> dict[str, _Sampled]:
        answers = drawn.answers([rule.compiled.node for rule in rules])
        return {rule.id: _Sampled(*held) for rule, held in zip(rules, answers, strict=True)}


def _is_hollow(remark: Remark | None) -> bool:
    """Whether a rule says the same of all facts, so that nothing is to be learned from comparing it."""
    return remark is not None and remark.kind in ("never_fires", "always_fires")


def _about_the_same(first: _Judged, second: _Judged) -> bool:
    """Whether two rules report the same thing: one flaw by name, or one finding out of the same facts."""
    one, other = first.compiled.rule, second.compiled.rule
    if one.finding != other.finding:
        return False
    same_flaw = one.flaw is not None and one.flaw == other.flaw
    return same_flaw or first.possible.fields == second.possible.fields
