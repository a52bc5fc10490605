"""Assessments in a board's report: scores with their spread, the largest gaps with what helps, the single view, the perception gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from app.domain.instruments import LEAST, MOST
from app.domain.verdicts import Assessed
from app.reports.beside_parts import Part, Rows, Shown
from app.reports.board_words import BoardWords
from app.reports.drawings.canvas import Drawing
from app.reports.drawings.intervals import Measured, intervals
from app.reports.drawings.words import DrawingWords
from app.reports.text_names import Names, Sources

Json = Mapping[str, Any]

MOST_GAPS, MOST_HELPS = 3, 2
"""Gaps of each assessment that are told, and changes that are told with each."""
GROUP_TEXTS = {"executives": "executives", "employees": "employees", "customers": "customers_group"}
"""The text that names each group of people who were asked."""


class Voice(NamedTuple):
    """How things are called, and the numbers (`R3`) of this analysis's changes by their ids."""

    names: Names
    sources: Sources
    words: BoardWords
    numbers: Mapping[str, str]


def assessments_part(found: Sequence[Assessed], voice: Voice) -> Part | None:
    """Those that have scores."""
    scored = [one for one in found if "perception" not in one.said["result"]]
    if not scored:
        return None
    words = voice.words
    gaps = tuple(row for one in scored for row in _gaps(one, voice))
    heads = ("question", "instrument", "score", "gain", "what_helps")
    tables = [_scores(scored, voice)]
    if gaps:
        head = tuple(map(words, heads))
        tables.append(Rows(words("largest_gaps"), head, gaps, numbers=(2, 3), widths=(1.6, 1.1, 0, 0, 1.8)))
    said = (words("assessments_how"), *([words("gain_how")] if gaps else []))
    points = tuple(view for one in scored for view in _views(one, voice))
    return Part(words("assessments"), said, (Shown(_drawing(scored, voice)),), tuple(tables), points)


def perception_part(found: Sequence[Assessed], voice: Voice) -> Part | None:
    """How executives, employees and customers see the same company."""
    one = next((one for one in found if "perception" in one.said["result"]), None)
    if one is None:
        return None
    words, seen = voice.words, one.said["result"]["perception"]
    rows = tuple(_seen(asked, one, words) for asked in seen["questions"])
    head = tuple(map(words, ("question", *GROUP_TEXTS.values(), "largest_gap")))
    asked = {each["question"] for each in seen["questions"]}
    said = [words("perception_how")] if rows else [words("open_score")]
    points = tuple(
        words("published_is", source=voice.sources.named(mark["citation"]), told=_told(mark, words))
        for mark in seen["benchmarks"]
        if mark["question"] in asked
    )
    tables = (Rows("", head, rows, widths=(1.7, 1, 1, 1, 1.6)),) if rows else ()
    return Part(words("perception"), tuple(said), (), tables, points)


def helps(gap: Json, voice: Voice) -> str:
    """The changes that better an answer: by their numbers in this report where they are of its analysis."""
    found = [
        f"{voice.numbers.get(one['id'], '')} {one['titles'].get(voice.words.language, one['titles']['en'])}".strip()
        for one in gap["recommendations"][:MOST_HELPS]
    ]
    return "; ".join(found) or voice.words("no_change_known")


def _scores(scored: Sequence[Assessed], voice: Voice) -> Rows:
    words = voice.words
    head = tuple(map(words, ("instrument", "score", "spread", "answered", "people", "as_of_day")))
    rows = tuple(
        (
            one.instrument.title.plain(words.language),
            _score(one.said["result"]["score"], words),
            _spread(one.said["result"], voice),
            words.share(one.said["result"]["coverage"]),
            words.count(one.said["result"]["people"]),
            words.day(one.said["as_of"]),
        )
        for one in scored
    )
    return Rows("", head, rows, numbers=(1, 3, 4), widths=(1.3, 0, 1.8, 0, 0, 0))


def _score(score: float | None, words: BoardWords) -> str:
    return words("open_score") if score is None else words.number(score, 1)


def _spread(result: Json, voice: Voice) -> str:
    words, spread = voice.words, result.get("spread")
    if spread is None:
        return words("spread_model") if result["score"] is not None else "–"
    mean = words.number(spread["mean"], 1)
    if "interval" not in spread:
        return words("spread_one", mean=mean)
    low, high = (words.number(end, 1) for end in spread["interval"])
    said = [words("spread_between", mean=mean, low=low, high=high, agreement=words.number(spread["agreement"], 2))]
    said += [
        words("spread_of", name=voice.names.department(key), mean=words.number(value, 1))
        for key, value in result.get("departments", {}).items()
    ]
    return "; ".join(said)


def _gaps(one: Assessed, voice: Voice) -> Iterator[tuple[str, ...]]:
    words = voice.words
    texts = one.instrument.texts(words.language)
    for gap in one.said["result"]["gaps"][:MOST_GAPS]:
        yield (
            texts[gap["question"]],
            one.instrument.title.plain(words.language),
            words.number(MOST - gap["points"], 1),
            words.signed(gap["gain"], 2),
            helps(gap, voice),
        )


def _views(one: Assessed, voice: Voice) -> Iterator[str]:
    words, result = voice.words, one.said["result"]
    texts = one.instrument.texts(words.language)
    seen = [view for view in result.get("views", ()) if view["at"]]
    for view in seen:
        shares = {name: words.share(share) for name, share in view["shares"].items()}
        yield words("view_shares", question=texts[view["question"]], **shares)
    if seen and "published" in result:
        shares = {name: words.share(share) for name, share in result["published"]["shares"].items()}
        yield words("view_published", source=voice.sources.named(result["published"]["citation"]), **shares)


def _drawing(scored: Sequence[Assessed], voice: Voice) -> Drawing:
    words = voice.words
    rows = []
    for one in scored:
        between = one.said["result"].get("spread", {}).get("interval")
        title = one.instrument.title.plain(words.language)
        rows.append(Measured(title, one.said["result"]["score"], between and tuple(between)))
    heads = (words("instrument"), words("score"), words("spread"), "")
    return intervals(
        "beside-scores",
        words("scores"),
        words("assessments_how"),
        rows,
        (LEAST, MOST),
        partial(words.number, digits=1),
        heads,
        DrawingWords(words.language),
    )


def _seen(asked: Json, one: Assessed, words: BoardWords) -> tuple[str, ...]:
    question = one.instrument.question(asked["question"])
    by_group = {each["group"]: _share(each, words) for each in asked["seen"]}
    shares = (by_group.get(group, "–") for group in GROUP_TEXTS)
    return (question.text.plain(words.language) if question else asked["question"], *shares, _gap(asked["gaps"], words))


def _share(seen: Json, words: BoardWords) -> str:
    low, high = map(words.share, seen["interval"])
    return words("share_seen", share=words.share(seen["share"]), n=words.count(seen["asked"]), low=low, high=high)


def _gap(gaps: Sequence[Json], words: BoardWords) -> str:
    if not gaps:
        return "–"
    gap = max(gaps, key=lambda one: abs(one["gap"]))
    sides = {side: words(GROUP_TEXTS[gap[side]]) for side in ("first", "second")}
    told = "gap_holds" if gap["holds"] else "gap_chance"
    return words(told, **sides, gap=words.number(gap["gap"] * 100), n=words.count(gap["ask"]))


def _told(mark: Json, words: BoardWords) -> str:
    told: str = mark["told_de" if words.language == "de" else "told"]
    return told
