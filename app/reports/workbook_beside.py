"""Sheets of a workbook on what is kept beside the analysis: figures with the digits of the JSON, a sheet only where there is something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.domain.verdicts import Beside
from app.reports.beside_assessments import GROUP_TEXTS, Voice, helps
from app.reports.beside_customers import answerable, assumption_text, segment_name, shares_of
from app.reports.beside_road import gate_wants
from app.reports.board_words import BoardWords

Cell = str | int | float | None
Row = tuple[Cell, ...]
Json = Mapping[str, Any]


def beside_summary(beside: Beside, words: BoardWords) -> Iterator[Row]:
    """The figure that each of them comes to."""
    for one in beside.assessments:
        if one.said["result"]["score"] is not None:
            yield f"{words('score')}: {one.instrument.title.plain(words.language)}", one.said["result"]["score"]
    if beside.customers is not None:
        yield words("worth_of_customers"), float(beside.customers["worth"])
    if beside.case is not None:
        name = beside.case["name"]
        for end in ("low", "middle", "high"):
            yield f"{words(f'npv_{end}')}: {name}", float(beside.case["net_present_value"][end])
        yield f"{words('loss')}: {name}", beside.case["probability_of_loss"]
        yield f"{words('payback')}: {name}", beside.case["payback_quarters"].get("middle") or words("not_paid_back")
    if beside.roadmap is not None:
        yield f"{words('roadmap')}: {words('progress')}", beside.roadmap["progress"]


def _assessments(beside: Beside, voice: Voice) -> Iterator[Row]:
    """A row for each question of each assessment that has scores."""
    language, words = voice.words.language, voice.words
    for one in beside.assessments:
        result = one.said["result"]
        gaps = {gap["question"]: gap for gap in result.get("gaps", ())}
        sections = {each.key: each.title.plain(language) for each in one.instrument.sections}
        texts = one.instrument.texts(language)
        for section in result.get("sections", ()):
            for asked in section["questions"]:
                people, model = asked.get("people", {}), asked.get("model", {})
                low, high = people.get("interval", (None, None))
                gap = gaps.get(asked["question"])
                facts = ", ".join(f"{name} = {value}" for name, value in model.get("facts", {}).items())
                yield (
                    one.instrument.title.plain(language), sections[section["section"]], texts[asked["question"]], asked["score"],
                    words(f"by_{asked['by']}") if asked["by"] else "", gap and gap["gain"], helps(gap, voice) if gap else "",
                    people.get("answers"), people.get("mean"), low, high, people.get("agreement"), model.get("score"), facts,
                    one.said["as_of"], one.said["id"], asked["question"],
                )  # fmt: skip


def _perception(beside: Beside, voice: Voice) -> Iterator[Row]:
    """A row for each group that was asked a question."""
    for one in beside.assessments:
        texts = one.instrument.texts(voice.words.language)
        for asked in one.said["result"].get("perception", {}).get("questions", ()):
            for seen in asked["seen"]:
                figures = (seen["agreeing"], seen["asked"], seen["share"], *seen["interval"])
                yield texts[asked["question"]], voice.words(GROUP_TEXTS[seen["group"]]), *figures, one.said["id"]


def _segments(beside: Beside, voice: Voice) -> Iterator[Row]:
    for one in (beside.customers or {}).get("segment_worth", ()):
        money = (float(one[name]) for name in ("each", "worth", "within_years", "point_of_retention"))
        share = one.get("share_of_worth")
        yield segment_name(one["segment"], voice), one["customers"], *money, one["share_of_customers"], share


def _drivers(beside: Beside, voice: Voice) -> Iterator[Row]:
    for one in (beside.customers or {}).get("drivers", ()):
        yield voice.words(one["driver"]), float(one["worth"]), *shares_of(one), answerable(one, voice)


def _case(beside: Beside, voice: Voice) -> Iterator[Row]:
    """Now and each quarter: the flow, and the sum until its end."""
    if beside.case is not None:
        ends = ("low", "middle", "high")
        now = [float(beside.case["now"][end]) for end in ends]
        yield 0, *now, *now
        for one in beside.case["cash_flow"]:
            yield one["quarter"], *(float(one[end]) for end in ends), *(float(one["cumulated"][end]) for end in ends)


def _assumptions(beside: Beside, voice: Voice) -> Iterator[Row]:
    """Every assumption, and how far each swings the net present value."""
    case, words = beside.case, voice.words
    if case is None:
        return
    swings = {one["assumption"]: (float(one["low"]), float(one["high"])) for one in case["tornado"]}
    for one in case["assumptions"]:
        low, high = swings.get(one["key"], (None, None))
        yield (
            assumption_text(one["key"], voice), one["low"], one["likely"], one["high"], one["unit"], words(f"mode_{one['mode']}"),
            one["source"], low, high, one["key"],
        )  # fmt: skip


def _roadmap(beside: Beside, voice: Voice) -> Iterator[Row]:
    road = beside.roadmap
    if road is None:
        return
    phases = {one["key"]: one["title"] for one in road["phases"]}
    for item in road["items"]:
        grounds = "\n".join(ground["title"] for ground in item["grounds"])
        yield (
            phases[item["phase"]], item["title"], item["stage_title"], item.get("owner", ""), item["begins_on"], item["ends_on"],
            gate_wants(item, voice), grounds, item["key"],
        )  # fmt: skip


BESIDE_SHEETS: tuple[
    tuple[str, int, tuple[tuple[str, int, str], ...], Callable[[Beside, Voice], Iterator[Row]]], ...
] = (
    (
        "sheet_assessments",
        7,
        (
            ("instrument", 28, ""), ("section", 26, ""), ("question", 50, ""), ("score", 8, "0.00"), ("answered_by", 14, ""),
            ("gain", 14, "0.00"), ("what_helps", 44, ""), ("people", 10, "0"), ("people_mean", 12, "0.00"), ("interval_low", 10, "0.00"),
            ("interval_high", 10, "0.00"), ("agreement", 11, "0.00"), ("model_score", 12, "0"), ("facts_column", 40, ""),
            ("as_of_day", 12, ""), ("id", 32, ""), ("name", 26, ""),
        ),
        _assessments,
    ),
    (
        "sheet_perception",
        7,
        (
            ("question", 60, ""), ("group", 16, ""), ("agreeing", 12, "#,##0"), ("asked", 12, "#,##0"), ("share", 10, "0%"),
            ("interval_low", 10, "0%"), ("interval_high", 10, "0%"), ("id", 32, ""),
        ),
        _perception,
    ),
    (
        "sheet_segments",
        8,
        (
            ("segment", 30, ""), ("customer_count", 14, "#,##0"), ("each_worth", 14, "#,##0.00"), ("all_worth", 18, "#,##0"),
            ("within_five_years", 18, "#,##0"), ("point_worth", 18, "#,##0"), ("share_of_customers", 14, "0%"),
            ("share_of_worth", 12, "0%"),
        ),
        _segments,
    ),
    (
        "sheet_drivers",
        6,
        (
            ("driver", 30, ""), ("one_more", 18, "#,##0"), ("share_of_worth", 12, "0%"), ("of_pressure", 12, "0%"), ("of_pay", 16, "0%"),
            ("answerable", 60, ""),
        ),
        _drivers,
    ),
    (
        "sheet_case",
        7,
        (
            ("quarter", 10, "0"), ("flow_low", 16, "#,##0"), ("flow_middle", 16, "#,##0"), ("flow_high", 16, "#,##0"),
            ("sum_low", 16, "#,##0"), ("sum_middle", 16, "#,##0"), ("sum_high", 16, "#,##0"),
        ),
        _case,
    ),
    (
        "sheet_assumptions",
        9,
        (
            ("assumption", 60, ""), ("range_low", 14, "#,##0.00"), ("range_likely", 16, "#,##0.00"), ("range_high", 14, "#,##0.00"),
            ("unit", 14, ""), ("mode", 12, ""), ("where_from", 34, ""), ("swing_low", 16, "#,##0"), ("swing_high", 16, "#,##0"),
            ("id", 26, ""),
        ),
        _assumptions,
    ),
    (
        "sheet_roadmap",
        8,
        (
            ("phase", 30, ""), ("item", 36, ""), ("stage", 12, ""), ("owner", 18, ""), ("from_day", 12, ""), ("to_day", 12, ""),
            ("gate_wants", 46, ""), ("grounds", 50, ""), ("id", 28, ""),
        ),
        _roadmap,
    ),
)  # fmt: skip
"""Name of a sheet → how many of its columns are printed, its columns with their widths and formats, and what fills it."""
