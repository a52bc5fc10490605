"""What customers are worth and who answers for it, and the business case of a change, in a board's report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.business_case_words import told_assumption
from app.reports.beside_assessments import Voice
from app.reports.beside_parts import Part, Rows, Shown
from app.reports.case_drawings import case_drawings
from app.reports.drawings.driver_shares import Driver, driver_shares
from app.reports.drawings.words import DrawingWords
from app.reports.text_customers import CustomerText

Json = Mapping[str, Any]

MOST_SWINGS = 6
"""Assumptions whose swing is drawn, those that decide most."""
_WHOLE = {"all": "segment_all", "others": "segment_others"}
_ENDS = ("low", "middle", "high")


def customers_part(asset: Json, voice: Voice) -> Part:
    """Worth by segment, worth beside pressure and pay by element of REAP, what conflicts may cost, and what the figures rest on."""
    words, tell = voice.words, CustomerText(voice.words.language, asset.get("currency"))
    within = asset["within_years"]
    said = words(
        "worth_within",
        worth=tell.money(asset["worth"]),
        within=tell.money(within["worth"]),
        years=within["years"],
        discount=tell.assumed(asset["discount"], "share"),
    )
    drawn = driver_shares(
        "beside-drivers",
        [Driver(words(one["driver"]), shares_of(one)) for one in asset["drivers"]],
        DrawingWords(words.language),
    )
    tables = (_segments(asset, voice, tell), _drivers(asset, voice, tell))
    return Part(words("customer_asset"), (said,), (Shown(drawn),), tables, tuple(_rests(asset, voice, tell)))


def case_part(case: Json, voice: Voice) -> Part:
    """Net present value, payback, probability of a loss, what decides, and every assumption with its source."""
    words, tell = voice.words, CustomerText(voice.words.language, case.get("currency"))
    worth = {name: tell.money(case["net_present_value"][name]) for name in _ENDS}
    loss = words.share(case["probability_of_loss"])
    middle = case["payback_quarters"].get("middle")
    back = (
        words("case_no_payback", quarters=case["quarters"])
        if middle is None
        else words("case_payback", middle=words.number(middle))
    )
    drawn = words(
        "case_drawn",
        draws=words.count(case["draws"]),
        seed=case["seed"],
        revision=words.count(case["revision"]),
        day=words.day(case["as_of"]),
    )
    said = (words("case_npv", **worth, quarters=case["quarters"], loss=loss), back, drawn)
    points = tuple(_not_valued(one, voice) for one in case["lacking"])
    title = words("business_case", name=case["name"])
    drawings = case_drawings(
        case, lambda key: assumption_text(key, voice), MOST_SWINGS, DrawingWords(words.language), prefix="beside-"
    )
    shown = tuple(Shown(drawing, in_table=False) for drawing in drawings)
    return Part(title, said, shown, (_assumptions(case, voice, tell),), points)


def segment_name(key: str, voice: Voice) -> str:
    """A segment by the name of the document, or as what is left of its customers."""
    return voice.words(_WHOLE[key]) if key in _WHOLE else voice.names.segment(key)


def answerable(one: Json, voice: Voice) -> str:
    """The departments that are steered by a driver, the hardest pushed first, with their share of its pressure."""
    words = voice.words
    named = [
        words("with_share", name=voice.names.department(each["department"]), share=words.share(each["share"]))
        for each in one["answerable"]
    ]
    return ", ".join(named) or words("nobody")


def shares_of(one: Json) -> tuple[float | None, float | None, float | None]:
    """The shares of a driver: of worth, pressure and pay."""
    return one.get("share_of_worth"), one.get("share_of_pressure"), one.get("share_of_pay")


def _segments(asset: Json, voice: Voice, tell: CustomerText) -> Rows:
    words = voice.words
    heads = ("segment", "customer_count", "each_worth", "all_worth", "share_of_worth", "point_worth")
    rows = tuple(
        (
            segment_name(one["segment"], voice),
            tell.count(one["customers"]),
            tell.money(one["each"]),
            tell.money(one["worth"]),
            tell.share(one.get("share_of_worth")),
            tell.money(one["point_of_retention"]),
        )
        for one in asset["segment_worth"]
    )
    return Rows(words("by_segment"), tuple(map(words, heads)), rows, numbers=(1, 2, 3, 4, 5))


def _drivers(asset: Json, voice: Voice, tell: CustomerText) -> Rows:
    words = voice.words
    heads = ("driver", "one_more", "share_of_worth", "of_pressure", "of_pay", "answerable")
    rows = tuple(
        (words(one["driver"]), tell.money(one["worth"]), *map(tell.share, shares_of(one)), answerable(one, voice))
        for one in asset["drivers"]
    )
    return Rows(words("by_driver"), tuple(map(words, heads)), rows, numbers=(1, 2, 3, 4), widths=(1, 0, 0, 0, 0, 1.6))


def _rests(asset: Json, voice: Voice, tell: CustomerText) -> Iterator[str]:
    words, outcomes = voice.words, voice.names.outcomes
    for one in asset["at_stake"]["outcomes"]:
        ends = {end: tell.money(one["worth"][end]) for end in ("low", "high")}
        yield words("at_stake", outcome=outcomes.get(one["outcome"], one["outcome"]), **ends)
    for one in asset["at_stake"]["lacking"]:
        yield _not_valued(one, voice)
    for one in asset["assumptions"]:
        formula = f" {one['formula']}." if "formula" in one else ""
        marks = voice.sources.marks(one["citations"])
        yield f"{one['text']}{formula}{f' {marks}' if marks else ''}"


def _not_valued(one: Json, voice: Voice) -> str:
    """An outcome that has no price, and what is lacking for it."""
    outcome = voice.names.outcomes.get(one["outcome"], one["outcome"])
    return voice.words("not_valued", outcome=outcome, text=one["text"].replace("`", ""))


def assumption_text(key: str, voice: Voice) -> str:
    """What an assumption is, with the names of outcomes."""
    return told_assumption(key, voice.words.language, voice.names.outcomes)


def _assumptions(case: Json, voice: Voice, tell: CustomerText) -> Rows:
    words = voice.words
    rows = tuple(
        (
            assumption_text(one["key"], voice),
            *(tell.assumed(one[end], one["unit"]) for end in ("low", "likely", "high")),
            words(f"mode_{one['mode']}"),
            one["source"],
        )
        for one in case["assumptions"]
    )
    heads = ("assumption", "range_low", "range_likely", "range_high", "mode", "where_from")
    head = tuple(map(words, heads))
    return Rows(words("case_assumptions"), head, rows, numbers=(1, 2, 3), widths=(1.5, 0, 0, 0, 0.7, 1.3))
