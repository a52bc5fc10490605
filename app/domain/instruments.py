"""Instruments: sets of questions by which a company is assessed, as data with a version.

A question has anchors for low, middle and high, says what evidence to look for, and may have a fact of the model that answers it, too.
Some are asked `each` time anew, for every touch point or system. Scales: `five` from 1 to 5; `view` with none (1), partial (3), full (5);
`agreement` from 1, not at all, to 5, fully.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from app.domain.patch_templates import Text
from app.domain.terms import Language

Group = Literal["executives", "employees", "customers"]
Scale = Literal["five", "view", "agreement"]

LEAST, MOST = 1, 5
VIEW = {1: "none", 3: "partial", 5: "full"}
"""What may be answered on the scale `view`."""


class FactRule(NamedTuple):
    """How a fact of the organization answers a question.

    `fields`: the fact, or several truths that are counted; `per`: another fact that it is divided by; `words`: score of each value that is
    no number; `steps`: for numbers, pairs of a bound and the score up to it, in rising order of bounds.
    """

    fields: tuple[str, ...]
    per: str | None
    words: Mapping[str, int]
    steps: tuple[tuple[float, int], ...]

    def score(self, facts: Mapping[str, Any]) -> int | None:
        """What the facts answer, 1–5; None where they are not known."""
        known: list[Any] = [facts.get(field) for field in self.fields]
        if any(value is None for value in known):
            return None
        value: Any = known[0] if len(known) == 1 else sum(bool(one) for one in known)
        if self.words:
            return self.words.get(str(value).lower())
        if self.per is not None:
            whole = facts.get(self.per)
            if not whole:
                return None
            value = float(value) / float(whole)
        return next((score for bound, score in self.steps if float(value) <= bound), None)


class Question(NamedTuple):
    """A question. `each`: what it is asked for anew; `anchors`: by score; `remedies`: kinds of change that better the answer."""

    key: str
    section: str
    text: Text
    scale: Scale
    weight: float
    anchors: Mapping[int, Text]
    evidence: Text | None
    fact: FactRule | None
    each: Text | None
    remedies: tuple[str, ...]

    @property
    def scores(self) -> tuple[int, ...]:
        """How it may be answered, from the worst to the best."""
        return tuple(VIEW) if self.scale == "view" else tuple(range(LEAST, MOST + 1))

    def fits(self, score: int) -> bool:
        """Whether it may be answered so."""
        return score in self.scores


class Section(NamedTuple):
    """Questions about one thing."""

    key: str
    title: Text
    weight: float
    questions: tuple[Question, ...]


class Benchmark(NamedTuple):
    """A published gap between two groups, to compare with; `at_most`: the share of the second is a bound."""

    question: str
    first: Group
    first_share: float
    second: Group
    second_share: float
    at_most: bool
    citation: str
    told: Text


class Instrument(NamedTuple):
    """An instrument. `shares`: published shares to compare with, by name, and `shares_citation` where they are from."""

    id: str
    version: int
    title: Text
    about: Text
    citations: tuple[str, ...]
    groups: tuple[Group, ...]
    scale: Scale
    sections: tuple[Section, ...]
    benchmarks: tuple[Benchmark, ...]
    shares: Mapping[str, float]
    shares_citation: str | None

    def questions(self) -> Iterator[Question]:
        """All questions in their order."""
        for section in self.sections:
            yield from section.questions

    def texts(self, language: Language) -> dict[str, str]:
        """The text of each question by its key."""
        return {one.key: one.text.plain(language) for one in self.questions()}

    def question(self, key: str) -> Question | None:
        """The question of that key."""
        return next((one for one in self.questions() if one.key == key), None)


def instrument_from(raw: Mapping[str, Any]) -> Instrument:
    """An instrument out of its data file."""
    scale: Scale = raw.get("scale", "five")
    benchmark = raw.get("benchmark", {})
    return Instrument(
        raw["id"],
        raw["version"],
        Text(**raw["title"]),
        Text(**raw["about"]),
        tuple(raw["citations"]),
        tuple(raw["groups"]),
        scale,
        tuple(_section(one, scale) for one in raw["sections"]),
        tuple(_benchmark(one) for one in raw.get("benchmarks", ())),
        benchmark.get("shares", {}),
        benchmark.get("citation"),
    )


def _section(raw: Mapping[str, Any], scale: Scale) -> Section:
    questions = tuple(_question(one, raw["key"], scale) for one in raw["questions"])
    return Section(raw["key"], Text(**raw["title"]), float(raw.get("weight", 1)), questions)


def _question(raw: Mapping[str, Any], section: str, scale: Scale) -> Question:
    return Question(
        raw["key"],
        section,
        Text(**raw["text"]),
        raw.get("scale", scale),
        float(raw.get("weight", 1)),
        {score: Text(**anchor) for score, anchor in raw.get("anchors", {}).items()},
        Text(**raw["evidence"]) if "evidence" in raw else None,
        _fact(raw["fact"]) if "fact" in raw else None,
        Text(**raw["each"]) if "each" in raw else None,
        tuple(raw.get("remedies", ())),
    )


def _fact(raw: Mapping[str, Any]) -> FactRule:
    fields: Sequence[str] = raw.get("count") or (raw["field"],)
    scores = raw["scores"]
    words = scores if isinstance(scores, Mapping) else {}
    steps = () if words else tuple((float(bound), score) for bound, score in scores)
    return FactRule(tuple(fields), raw.get("per"), words, steps)


def _benchmark(raw: Mapping[str, Any]) -> Benchmark:
    return Benchmark(
        raw["question"],
        raw["first"],
        raw["first_share"],
        raw["second"],
        raw["second_share"],
        raw.get("at_most", False),
        raw["citation"],
        Text(**raw["told"]),
    )
