"""What a customer base is worth, as the API writes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.domain.customer_asset import CustomerAsset, DriverWorth, Economics, customer_asset
from app.domain.customer_asset_words import Assumption, assumptions, told_unvalued
from app.domain.customer_drivers import push_of
from app.domain.detection import Detection
from app.domain.lifetime_at_stake import LifetimeAtStake, OutcomeCost, lifetime_at_stake
from app.domain.lifetime_value import value_within
from app.domain.terms import Language
from app.domain.value_at_stake import rough
from app.reports.canonical_json import measure

Json = dict[str, Any]

YEARS = 5
"""Years after the first margin of which it is told what they bring."""


def asset_as_json(
    segments: Sequence[Economics], discount: float, detection: Detection, left_out: Collection[str], language: Language
) -> Json:
    """Worth by segment, what the drivers are worth beside how they are pushed, and what conflicts with retention cost."""
    push = push_of(detection.goals)
    asset = customer_asset(segments, discount, push.pressure)
    within = {one.key: _within(one, discount) for one in segments}
    return {
        "worth": amount(asset.worth),
        "within_years": {"years": YEARS, "worth": amount(sum(within.values()))},
        "segment_worth": [
            {
                "segment": one.key,
                "customers": round(_customers(segments, one.key), 2),
                "each": amount(one.each),
                "worth": amount(one.worth),
                "within_years": amount(within[one.key]),
                "share_of_customers": measure(one.share_of_customers),
                **_known({"share_of_worth": one.share_of_worth}),
                "point_of_retention": amount(one.point),
            }
            for one in asset.segments
        ],
        "drivers": _drivers(asset, push.pay),
        "at_stake": _at_stake(lifetime_at_stake(detection, segments, discount, left_out), language),
        "assumptions": [_assumption(one) for one in assumptions(language)],
    }


def amount(value: float) -> str:
    """An amount of money as a decimal text."""
    return str(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _customers(segments: Sequence[Economics], key: str) -> float:
    return next(one.customers for one in segments if one.key == key)


def _within(one: Economics, discount: float) -> float:
    return one.customers * value_within(one.margin, one.retention, discount, YEARS)


def _drivers(asset: CustomerAsset, pay: Any) -> list[Json]:
    paid = sum(pay.values())
    return [_driver(one, pay[one.driver] / paid if paid > 0 else None) for one in asset.drivers]


def _driver(one: DriverWorth, pay: float | None) -> Json:
    return {
        "driver": one.driver,
        "worth": amount(one.worth),
        **_known({"share_of_worth": one.share, "share_of_pressure": one.pressure, "share_of_pay": pay}),
        "answerable": [{"department": department, "share": measure(share)} for department, share in one.answerable],
    }


def _at_stake(found: LifetimeAtStake, language: Language) -> Json:
    return {
        "outcomes": [_outcome(one) for one in found.outcomes],
        "lacking": [
            {"outcome": outcome, "what": what, "text": told_unvalued(what, language)} for outcome, what in found.lacking
        ],
    }


def _outcome(one: OutcomeCost) -> Json:
    return {
        "outcome": one.outcome,
        **({} if one.segment is None else {"segment": one.segment}),
        "planned_points": measure(one.planned),
        "worth": _range(one.worth),
        "findings": [
            {
                "fingerprint": each.fingerprint,
                "points": {"low": measure(each.points[0]), "high": measure(each.points[1])},
                "worth": _range(each.worth),
            }
            for each in one.findings
        ],
    }


def _range(ends: tuple[float, float]) -> Json:
    low, high = (f"{rough(Decimal(str(end))):.2f}" for end in ends)
    return {"low": low, "high": high}


def _assumption(one: Assumption) -> Json:
    formula = {} if one.formula is None else {"formula": one.formula}
    return {"key": one.key, "text": one.text, **formula, "citations": list(one.citations)}


def _known(values: dict[str, float | None]) -> Json:
    return {name: measure(value) for name, value in values.items() if value is not None}
