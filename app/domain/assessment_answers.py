"""Answers to an instrument as they are sent: the checks, every fault at once.

An answer is one of one person to one question. The perception gap may be answered by counts as well: how many of a group chose 1, 2, … 5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.assessments import Answer
from app.domain.document.values import clean
from app.domain.faults import Fault, Path, pointer
from app.domain.instruments import Instrument, Question
from app.domain.perception import SCALE

MOST_ANSWERS = 10_000
"""Answers of an assessment, and of a request."""
MOST_COUNTED = 1_000_000
"""People who gave the same answer."""
MOST_NAME, MOST_NOTE = 200, 2_000

ANSWER_MEMBERS = ("respondent", "group", "department", "question", "score", "about", "note")
COUNT_MEMBERS = ("group", "question", "counts")


class Counted(NamedTuple):
    """How many of a group chose each answer to a question, from 1 on."""

    group: str
    question: str
    counts: tuple[int, ...]


def answers_in(
    said: Sequence[Any], instrument: Instrument, departments: Collection[str], place: Path = ("answers",)
) -> tuple[tuple[Answer, ...], list[Fault]]:
    """The answers of a list at that place, and every fault. `departments`: keys of those that there are. One person answers a question
    once, or once for each thing that it is asked for."""
    if len(said) > MOST_ANSWERS:
        return (), [_too_many(place, len(said))]
    found: list[Answer] = []
    faults: list[Fault] = []
    first: dict[tuple[str, str, str | None], Path] = {}
    for number, one in enumerate(said):
        path = (*place, number)
        wrong = list(_answer_faults(one, path, instrument, departments))
        faults += wrong
        if wrong:
            continue
        answer = Answer(**{name: _kept(one.get(name)) for name in ANSWER_MEMBERS})
        earlier = first.setdefault(key_of(answer), path)
        if earlier != path:
            faults.append(Fault(path, "answered_twice", answer.respondent, details={"first": pointer(earlier)}))
        found.append(answer)
    return tuple(found), faults


def counts_in(
    said: Sequence[Any], instrument: Instrument, place: Path = ("counts",)
) -> tuple[tuple[Counted, ...], list[Fault]]:
    """The counts of a list at that place, and every fault."""
    if said and instrument.scale != "agreement":
        return (), [Fault(place, "not_by_counts")]
    if len(said) > MOST_ANSWERS:
        return (), [_too_many(place, len(said))]
    found: list[Counted] = []
    faults: list[Fault] = []
    first: dict[tuple[str, str], Path] = {}
    for number, one in enumerate(said):
        path = (*place, number)
        wrong = list(_count_faults(one, path, instrument))
        faults += wrong
        if wrong:
            continue
        counted = Counted(one["group"], one["question"], tuple(one["counts"]))
        earlier = first.setdefault((counted.group, counted.question), path)
        if earlier != path:
            faults.append(Fault(path, "answered_twice", counted.group, details={"first": pointer(earlier)}))
        found.append(counted)
    return tuple(found), faults


def key_of(answer: Answer) -> tuple[str, str, str | None]:
    """What an answer replaces an earlier one by."""
    return answer.respondent, answer.question, answer.about


def with_answers(before: Sequence[Answer], more: Sequence[Answer]) -> tuple[Answer, ...]:
    """The answers of both; those that say the same thing anew replace what was said before."""
    return tuple({**{key_of(one): one for one in before}, **{key_of(one): one for one in more}}.values())


def _kept(value: Any) -> Any:
    """A member as it is kept: texts without blanks around them, so that one person has one name; 2.0 is 2."""
    if isinstance(value, str):
        return clean(value.strip())
    return int(value) if isinstance(value, float) else value


def _answer_faults(one: Any, path: Path, instrument: Instrument, departments: Collection[str]) -> Iterator[Fault]:
    if not isinstance(one, Mapping):
        yield Fault(path, "wrong_type", one, "object")
        return
    yield from _unknown(one, path, ANSWER_MEMBERS)
    yield from _text(one, path, "respondent", MOST_NAME, needed=True)
    yield from _word(one, path, "group", instrument.groups)
    yield from _text(one, path, "department", MOST_NAME)
    if isinstance(department := one.get("department"), str) and department and department not in departments:
        yield Fault((*path, "department"), "unknown_department", department, options=departments)
    yield from _text(one, path, "note", MOST_NOTE)
    yield from _question(one, path, instrument)
    if (question := _asked(one, instrument)) is not None:
        yield from _score(one, path, question)
        yield from _about(one, path, question)


def _count_faults(one: Any, path: Path, instrument: Instrument) -> Iterator[Fault]:
    if not isinstance(one, Mapping):
        yield Fault(path, "wrong_type", one, "object")
        return
    yield from _unknown(one, path, COUNT_MEMBERS)
    yield from _word(one, path, "group", instrument.groups)
    yield from _question(one, path, instrument)
    counts = one.get("counts")
    at = (*path, "counts")
    if counts is None:
        yield Fault(at, "missing")
    elif not isinstance(counts, list | tuple) or len(counts) != SCALE:
        yield Fault(at, "bad_value", counts, "five_counts")
    else:
        for number, count in enumerate(counts):
            if isinstance(count, bool) or not isinstance(count, int):
                yield Fault((*at, number), "wrong_type", count, "whole")
            elif count < 0:
                yield Fault((*at, number), "too_small", count, "at_least", details={"bound": 0})
            elif count > MOST_COUNTED:
                yield Fault((*at, number), "too_large", count, "at_most", details={"bound": MOST_COUNTED})


def _unknown(one: Mapping[str, Any], path: Path, known: Sequence[str]) -> Iterator[Fault]:
    return (Fault((*path, name), "unknown_member", one[name], options=known) for name in one if name not in known)


def _text(one: Mapping[str, Any], path: Path, name: str, most: int, *, needed: bool = False) -> Iterator[Fault]:
    value, at = one.get(name), (*path, name)
    if value is None:
        if needed:
            yield Fault(at, "missing")
    elif not isinstance(value, str):
        yield Fault(at, "wrong_type", value, "text")
    elif not value.strip():
        yield Fault(at, "empty", value)
    elif len(value) > most:
        yield Fault(at, "too_long", value, details={"most": most})
    elif (wrong := next((c for c in value if not c.isprintable() and c not in "\n\t"), None)) is not None:
        yield Fault(at, "bad_character", value, details={"character": f"U+{ord(wrong):04X}"})


def _word(one: Mapping[str, Any], path: Path, name: str, words: Sequence[str]) -> Iterator[Fault]:
    value = one.get(name)
    if value is None:
        yield Fault((*path, name), "missing", expectation="one_of", details={"values": ", ".join(words)})
    elif value not in words:
        yield Fault((*path, name), "not_one_of", value, "one_of", words, {"values": ", ".join(words)})


def _question(one: Mapping[str, Any], path: Path, instrument: Instrument) -> Iterator[Fault]:
    key = one.get("question")
    if key is None:
        yield Fault((*path, "question"), "missing")
    elif _asked(one, instrument) is None:
        options = [question.key for question in instrument.questions()]
        yield Fault((*path, "question"), "unknown_question", key, options=options)


def _asked(one: Mapping[str, Any], instrument: Instrument) -> Question | None:
    key = one.get("question")
    return instrument.question(key) if isinstance(key, str) else None


def _score(one: Mapping[str, Any], path: Path, question: Question) -> Iterator[Fault]:
    score, words = one.get("score"), ", ".join(map(str, question.scores))
    if score is None:
        yield Fault((*path, "score"), "missing", expectation="one_of", details={"values": words})
    elif isinstance(score, bool) or not isinstance(score, int | float) or score not in question.scores:
        yield Fault((*path, "score"), "not_one_of", score, "one_of", details={"values": words})


def _about(one: Mapping[str, Any], path: Path, question: Question) -> Iterator[Fault]:
    if question.each is None:
        if one.get("about") is not None:
            yield Fault((*path, "about"), "about_nothing", one["about"])
        return
    yield from _text(one, path, "about", MOST_NAME, needed=True)


def _too_many(place: Path, count: int) -> Fault:
    return Fault(place, "too_many_at_once", details={"count": count, "most": MOST_ANSWERS})
