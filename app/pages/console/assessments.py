"""Pages of assessments: all of them, one with what it comes to, and the form to answer it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from app.domain.facts.kinds import FACT_KINDS
from app.domain.instruments import LEAST, MOST, Instrument, Question
from app.pages.console.page import Head, Json, page
from app.pages.texts import PageWords
from app.reports.drawings.canvas import Drawing
from app.reports.drawings.intervals import Measured, intervals

PLACES = 4
"""Touch points or systems that the form has room for at once."""


class Seen(NamedTuple):
    """An assessment as it is kept, its entity tag, and the instrument that it answers. `sources`: short forms of citations by id;
    `departments`: their names by key."""

    whole: Json
    tag: str
    instrument: Instrument
    sources: Mapping[str, str]
    departments: Mapping[str, str]


def assessments_page(
    head: Head,
    organization: Json,
    found: Sequence[Json],
    instruments: Sequence[Instrument],
    once: str,
    typed: Mapping[str, str],
    problem: Json | None,
) -> bytes:
    """Every assessment by instrument, the newest first, and a form to begin one."""
    language = head.language
    by_instrument = [
        (one.title.plain(language), [each for each in found if each["instrument"] == one.id]) for one in instruments
    ]
    return page(
        "console/assessments.html",
        head,
        title=f"{head.words('section_assessments')}: {organization['name']}",
        organization=organization,
        section="assessments",
        by_instrument=[(title, listed) for title, listed in by_instrument if listed],
        choices=[(one.id, one.title.plain(language), one.about.plain(language)) for one in instruments],
        once=once,
        typed={"name": "", "instrument": "", **typed},
        problem=problem,
    )


def assessment_page(
    head: Head, organization: Json, seen: Seen, problem: Json | None, typed: Mapping[str, str]
) -> bytes:
    """One assessment and what it comes to. `typed`: the fields of its form of counts, shown once more."""
    result, words = seen.whole["result"], head.words
    is_gap = "perception" in result
    questions = {one.key: one for one in seen.instrument.questions()}
    return page(
        "console/assessment.html",
        head,
        title=f"{seen.whole['name']}: {organization['name']}",
        organization=organization,
        section="assessments",
        one=seen.whole,
        result=result,
        tag=seen.tag,
        about=seen.instrument.about.plain(head.language),
        text={key: one.text.plain(head.language) for key, one in questions.items()},
        section_title={one.key: one.title.plain(head.language) for one in seen.instrument.sections},
        scored={
            one["question"]: one["score"] for section in result.get("sections", ()) for one in section["questions"]
        },
        sources=seen.sources,
        drawings=list(_of_groups(seen, words)) if is_gap else [_of_sections(seen, words)],
        spread_of=partial(_spread, seen.departments),
        facts=_facts,
        groups=seen.instrument.groups,
        scores=range(LEAST, MOST + 1),
        typed=typed,
        problem=problem,
    )


def answers_page(
    head: Head,
    organization: Json,
    seen: Seen,
    typed: Mapping[str, str],
    problem: Json | None = None,
) -> bytes:
    """The form to answer. `typed`: its fields by name, shown once more."""
    result = seen.whole["result"]
    model = {
        one["question"]: one["model"]
        for section in result.get("sections", ())
        for one in section["questions"]
        if "model" in one
    }
    return page(
        "console/assessment_answers.html",
        head,
        title=f"{head.words('ass_answer')}: {seen.whole['name']}",
        organization=organization,
        section="assessments",
        one=seen.whole,
        instrument=seen.instrument,
        departments=seen.departments,
        fields_of=fields_of,
        model=model,
        typed=typed,
        facts=_facts,
        language=head.language,
        problem=problem,
    )


def fields_of(question: Question) -> tuple[str, ...]:
    """The ends of the names of a question's fields: one, or one for each place that it is asked for."""
    return ("",) if question.each is None else tuple(f"-{place}" for place in range(1, PLACES + 1))


def _spread(names: Mapping[str, str], means: Mapping[str, float], words: PageWords) -> str:
    """What each department thinks: `Customer service 2.3, Billing 4.0`."""
    return ", ".join(f"{names.get(key, key)} {words.number(mean, 1)}" for key, mean in means.items())


def _facts(model: Mapping[str, Any], words: PageWords) -> str:
    """The facts that the model answers by, in words."""
    return ", ".join(_fact(name, value, words) for name, value in model["facts"].items())


def _fact(name: str, value: Any, words: PageWords) -> str:
    field = FACT_KINDS["organization"].fields[name]
    label = field.labels[words.language]
    if isinstance(value, bool):
        return label if value else field.denials[words.language]
    if isinstance(value, str):
        return f"{label}: {field.said.get(words.language, {}).get(value, value)}"
    return f"{label}: {words.share(value) if field.unit == 'share' else words.number(value, field.digits)}"


def _heads(words: PageWords, first: str) -> tuple[str, str, str, str]:
    return words(first), words("ass_value"), words("ass_between"), words("ass_published")


def _of_sections(seen: Seen, words: PageWords) -> Drawing:
    """The sections of an assessment; one of a single question has the interval of its people."""
    titles = {one.key: one.title.plain(words.language) for one in seen.instrument.sections}
    rows = []
    for section in seen.whole["result"]["sections"]:
        only = section["questions"][0] if len(section["questions"]) == 1 else {}
        between = only.get("people", {}).get("interval")
        rows.append(Measured(titles[section["section"]], section["score"], between and tuple(between)))
    title, heads = words("ass_scores"), _heads(words, "ass_scores")
    return intervals(
        "scores", title, words("ass_scores_how"), rows, (1, 5), partial(words.number, digits=1), heads, words
    )


def _of_groups(seen: Seen, words: PageWords) -> Iterator[Drawing]:
    """Each question of the perception gap: how the groups see it."""
    perception = seen.whole["result"]["perception"]
    texts = seen.instrument.texts(words.language)
    for place, one in enumerate(perception["questions"]):
        published = {
            group: share
            for mark in perception["benchmarks"]
            if mark["question"] == one["question"]
            for group, share in ((mark["first"], mark["first_share"]), (mark["second"], mark["second_share"]))
        }
        rows = [
            Measured(
                f"{words('ass_group_' + group['group'])} ({words.count(group['asked'])})",
                group["share"],
                tuple(group["interval"]),
                published.get(group["group"]),
            )
            for group in one["seen"]
        ]
        title, heads = texts[one["question"]], _heads(words, "ass_group")
        yield intervals(f"seen-{place}", title, words("ass_gap_how"), rows, (0, 1), words.share, heads, words)
