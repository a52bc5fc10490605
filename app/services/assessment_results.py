"""What an assessment comes to, as the API shows it: each score with the answers or the facts that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.assessment_answers import Counted
from app.domain.assessments import Answer, Assessment, QuestionScore, assessed
from app.domain.instruments import Instrument
from app.domain.perception import GROUPS, SCALE, Gap, Perceived, Seen, people_for_a_share, perceived
from app.domain.proportions import Interval
from app.domain.spread import Spread
from app.domain.view_shares import view_shares

Json = dict[str, Any]

DIGITS = 4


class Result(NamedTuple):
    """What lists show of it, and all of it."""

    summary: Json
    shown: Json


def result_of(
    instrument: Instrument, said: Sequence[Answer], counted: Sequence[Counted], kept: Mapping[str, Any]
) -> Result:
    """The result of answers to an instrument. `kept`: what the model said at the last write: `facts`, `revision`, `analysis` and
    `recommendations`."""
    whose: Json = {"revision": kept["revision"], **({"analysis": kept["analysis"]} if kept["analysis"] else {})}
    if instrument.scale == "agreement":
        return _perception(instrument, said, counted, whose)
    came = assessed(instrument, said, kept["facts"])
    summary = {"score": _rounded(came.score), "coverage": _rounded(came.coverage), "people": came.people}
    views = [
        _without_none(view_shares(question, said)._asdict())
        for question in instrument.questions()
        if question.scale == "view"
    ]
    shown: Json = {
        **summary,
        "answered_by_model": _rounded(came.answered_by_model),
        **({"spread": _opinions(came.spread)} if came.spread else {}),
        **({"departments": {name: _rounded(mean) for name, mean in came.departments}} if came.departments else {}),
        "model": whose,
        "sections": [
            {
                "section": section.section,
                "score": _rounded(section.score),
                "questions": [_question(one) for one in section.questions],
            }
            for section in came.sections
        ],
        "gaps": _gaps(instrument, came, kept["recommendations"]),
    }
    if views:
        for view in views:
            view["at"] = [one._asdict() for one in view["at"]]
        shown["views"] = views
        shown["published"] = {"shares": dict(instrument.shares), "citation": instrument.shares_citation}
    return Result(summary, shown)


def _question(one: QuestionScore) -> Json:
    found: Json = {"question": one.question, "score": _rounded(one.score), "by": one.by, "differs": one.differs}
    if one.people is not None:
        found["people"] = _spread(one.people)
    if one.model is not None:
        found["model"] = {"score": one.model.score, "facts": dict(one.model.facts)}
    if one.departments:
        found["departments"] = {name: _rounded(mean) for name, mean in one.departments}
    if one.about:
        found["about"] = {name: _rounded(mean) for name, mean in one.about}
    return _without_none(found) | {"score": found["score"], "by": one.by}


def _opinions(one: Spread) -> Json:
    return {"people": one.answers, **{name: value for name, value in _spread(one).items() if name != "answers"}}


def _spread(one: Spread) -> Json:
    found = {
        "answers": one.answers,
        "mean": _rounded(one.mean),
        "interval": one.interval and _interval(one.interval),
        "agreement": _rounded(one.agreement),
    }
    return _without_none(found)


def _gaps(instrument: Instrument, came: Assessment, recommended: Sequence[Mapping[str, Any]]) -> list[Json]:
    remedies = {question.key: question.remedies for question in instrument.questions()}
    return [
        {
            "question": gap.question,
            "section": gap.section,
            "points": _rounded(gap.points),
            "gain": _rounded(gap.gain),
            "remedies": list(remedies[gap.question]),
            "recommendations": [one for one in recommended if one["remedy"] in remedies[gap.question]],
        }
        for gap in came.gaps
    ]


def _perception(instrument: Instrument, said: Sequence[Answer], counted: Sequence[Counted], whose: Json) -> Result:
    counts: dict[str, dict[Any, list[int]]] = {}
    for one in said:
        counts.setdefault(one.question, {}).setdefault(one.group, [0] * SCALE)[one.score - 1] += 1
    for each in counted:
        so_far = counts.setdefault(each.question, {}).setdefault(each.group, [0] * SCALE)
        for place, count in enumerate(each.counts):
            so_far[place] += count
    by_question = {one.question: one for one in perceived(_tuples(counts))}
    asked = [question.key for question in instrument.questions()]
    compared = sum(len(one.seen) > 1 for one in by_question.values()) / len(asked)
    respondents = {one.respondent for one in said}
    summary: Json = {"score": None, "coverage": _rounded(compared), "people": len(respondents) + _asked_most(counted)}
    benchmarks = [{**one._asdict(), "told": one.told.en, "told_de": one.told.de} for one in instrument.benchmarks]
    perception = {
        "questions": [_perceived(by_question[key]) for key in asked if key in by_question],
        "people_for_a_share": people_for_a_share(),
        "benchmarks": benchmarks,
    }
    return Result(summary, {**summary, "model": whose, "perception": perception})


def _tuples(counts: Mapping[str, Mapping[Any, Sequence[int]]]) -> dict[str, dict[Any, tuple[int, ...]]]:
    return {key: {group: tuple(found) for group, found in groups.items()} for key, groups in counts.items()}


def _asked_most(counted: Sequence[Counted]) -> int:
    """How many people counts are about at least: of each group, those of the question that most answered."""
    return sum(max((sum(one.counts) for one in counted if one.group == group), default=0) for group in GROUPS)


def _perceived(one: Perceived) -> Json:
    return {
        "question": one.question,
        "seen": [_seen(seen) for seen in one.seen],
        "gaps": [_gap(gap) for gap in one.gaps],
    }


def _seen(one: Seen) -> Json:
    return {
        "group": one.group,
        "agreeing": one.share.agreeing,
        "asked": one.share.asked,
        "share": _rounded(one.share.value),
        "interval": _interval(one.interval),
        "mean": _rounded(one.mean),
    }


def _gap(one: Gap) -> Json:
    return {
        "first": one.first,
        "second": one.second,
        "gap": _rounded(one.gap),
        "interval": _interval(one.interval),
        "chance": _rounded(one.chance),
        "holds": one.holds,
        "ask": one.ask,
    }


def _interval(one: Interval) -> list[float | None]:
    return [_rounded(one.low), _rounded(one.high)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _without_none(found: Mapping[str, Any]) -> Json:
    return {name: value for name, value in found.items() if value is not None}
