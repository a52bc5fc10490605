"""Assessments: what people and the model answer to the questions of an instrument, and what that comes to.

Where people answered, their mean counts; where nobody did, the fact of the model that answers the question, if it is known. Where both did
and are two or more points apart, that is told. A section is the weighted mean of its questions, the whole that of its sections; what was
not answered takes no part, and coverage says how much that is. Gaps are ranked by what closing them would add to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from statistics import fmean
from typing import Any, NamedTuple

from app.domain.instruments import LEAST, MOST, Group, Instrument, Question, Section
from app.domain.spread import Spread, spread_of

APART = 2.0
"""From how many points on people and model are told to see it differently."""


class Answer(NamedTuple):
    """One answer of one person. `about`: the touch point or system that it is about; `note`: the evidence that they name."""

    respondent: str
    group: Group
    question: str
    score: int
    department: str | None = None
    about: str | None = None
    note: str | None = None


class FactAnswer(NamedTuple):
    """What the model answers: its score, and the facts that it rests on."""

    score: int
    facts: tuple[tuple[str, Any], ...]


class QuestionScore(NamedTuple):
    """What a question came to, 1–5; None where nobody and nothing answered.

    `by`: whether people or the model; `departments`: mean of each department that answered; `about`: mean for each touch point or system.
    """

    question: str
    score: float | None
    by: str | None
    people: Spread | None
    model: FactAnswer | None
    departments: tuple[tuple[str, float], ...]
    about: tuple[tuple[str, float], ...]

    @property
    def differs(self) -> bool:
        """Whether people and the model see it differently."""
        return self.people is not None and self.model is not None and abs(self.people.mean - self.model.score) >= APART


class SectionScore(NamedTuple):
    """What a section came to."""

    section: str
    score: float | None
    questions: tuple[QuestionScore, ...]


class GapOfScore(NamedTuple):
    """What is missing to the best answer: `points` of a question, and what closing it adds to the whole."""

    question: str
    section: str
    points: float
    gain: float


class Assessment(NamedTuple):
    """What an assessment came to. `coverage`: the share of questions that were answered, weighed; `answered_by_model`: of those the share
    that only the model answered; `spread`: of what each person who answered thinks of the whole, None where nobody did; `departments`: the
    mean of those of each department; gaps with the largest first."""

    instrument: str
    version: int
    score: float | None
    coverage: float
    answered_by_model: float
    people: int
    spread: Spread | None
    departments: tuple[tuple[str, float], ...]
    sections: tuple[SectionScore, ...]
    gaps: tuple[GapOfScore, ...]


def assessed(instrument: Instrument, answers: Sequence[Answer], facts: Mapping[str, Any]) -> Assessment:
    """Score an instrument. `facts`: the values of the organization's fact row in its newest analysis, empty where there is none."""
    given: dict[str, list[Answer]] = {}
    for answer in answers:
        given.setdefault(answer.question, []).append(answer)
    sections = tuple(_section(section, given, facts) for section in instrument.sections)
    weights = {section.key: section.weight for section in instrument.sections}
    asked = {question.key: _weight(instrument, question) for question in instrument.questions()}
    scores = [score for section in sections for score in section.questions]
    answered = fsum(asked[score.question] for score in scores if score.score is not None)
    by_model = fsum(asked[score.question] for score in scores if score.by == "model")
    opinions = _opinions(answers, asked)
    return Assessment(
        instrument.id,
        instrument.version,
        _mean((section.score, weights[section.section]) for section in sections),
        answered / fsum(asked.values()),
        by_model / answered if answered else 0.0,
        len(opinions),
        spread_of([mean for _, mean in opinions.values()], LEAST, MOST) if opinions else None,
        _means(opinions.values()),
        sections,
        _gaps(instrument, sections, asked, answered),
    )


def _section(section: Section, given: Mapping[str, Sequence[Answer]], facts: Mapping[str, Any]) -> SectionScore:
    scores = tuple(_question(question, given.get(question.key, ()), facts) for question in section.questions)
    weighed = ((score.score, question.weight) for score, question in zip(scores, section.questions, strict=True))
    return SectionScore(section.key, _mean(weighed), scores)


def _question(question: Question, answers: Sequence[Answer], facts: Mapping[str, Any]) -> QuestionScore:
    people = spread_of([answer.score for answer in answers], LEAST, MOST) if answers else None
    model = _model(question, facts)
    by = "people" if people else "model" if model else None
    score = people.mean if people else float(model.score) if model else None
    return QuestionScore(
        question.key,
        score,
        by,
        people,
        model,
        _means((answer.department, answer.score) for answer in answers),
        _means((answer.about, answer.score) for answer in answers),
    )


def _model(question: Question, facts: Mapping[str, Any]) -> FactAnswer | None:
    rule = question.fact
    if rule is None or (score := rule.score(facts)) is None:
        return None
    used = (*rule.fields, rule.per) if rule.per else rule.fields
    return FactAnswer(score, tuple((name, facts[name]) for name in used))


def _opinions(answers: Sequence[Answer], asked: Mapping[str, float]) -> dict[str, tuple[str | None, float]]:
    """By person their department, and the mean of what they answered, weighed as the questions are."""
    theirs: dict[str, list[Answer]] = {}
    for answer in answers:
        theirs.setdefault(answer.respondent, []).append(answer)
    return {
        respondent: (
            next((one.department for one in said if one.department is not None), None),
            fsum(one.score * asked[one.question] for one in said) / fsum(asked[one.question] for one in said),
        )
        for respondent, said in theirs.items()
    }


def _means(answers: Iterable[tuple[str | None, float]]) -> tuple[tuple[str, float], ...]:
    found: dict[str, list[float]] = {}
    for name, score in answers:
        if name is not None:
            found.setdefault(name, []).append(score)
    return tuple((name, fmean(scores)) for name, scores in sorted(found.items()))


def _mean(weighed: Iterable[tuple[float | None, float]]) -> float | None:
    known = [(score, weight) for score, weight in weighed if score is not None]
    whole = fsum(weight for _, weight in known)
    return fsum(score * weight for score, weight in known) / whole if whole else None


def _weight(instrument: Instrument, question: Question) -> float:
    """The share of the whole that a question decides when all are answered."""
    section = next(one for one in instrument.sections if one.key == question.section)
    within = fsum(one.weight for one in section.questions)
    return section.weight / fsum(one.weight for one in instrument.sections) * question.weight / within


def _gaps(
    instrument: Instrument, sections: Sequence[SectionScore], asked: Mapping[str, float], answered: float
) -> tuple[GapOfScore, ...]:
    gaps = [
        GapOfScore(
            score.question, section.section, MOST - score.score, (MOST - score.score) * asked[score.question] / answered
        )
        for section in sections
        for score in section.questions
        if score.score is not None and score.score < MOST
    ]
    order = {question.key: place for place, question in enumerate(instrument.questions())}
    return tuple(sorted(gaps, key=lambda gap: (-gap.gain, order[gap.question])))
