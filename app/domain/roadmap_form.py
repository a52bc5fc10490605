"""Items of a roadmap as JSON values, as they are kept, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.roadmap import Confirmed, Ground, Item, Measure

Json = dict[str, Any]


def item_as_json(item: Item) -> Json:
    """An item as it is kept."""
    return {
        "key": item.key,
        "stage": item.stage,
        "days": item.days,
        "grounds": [ground._asdict() for ground in item.grounds],
        "owner": item.owner,
        "starts_on": item.starts_on and item.starts_on.isoformat(),
        "after": list(item.after),
        "measure": item.measure and measure_as_json(item.measure),
        "guardrails": [measure_as_json(one) for one in item.guardrails],
        "confirmed": [
            {"stage": stage, "criterion": criterion, **confirmed_as_json(one)}
            for (stage, criterion), one in item.confirmed.items()
        ],
    }


def item_from(raw: Mapping[str, Any]) -> Item:
    """An item that was kept."""
    return Item(
        key=raw["key"],
        stage=raw["stage"],
        days=raw["days"],
        grounds=tuple(Ground(**one) for one in raw["grounds"]),
        owner=raw["owner"],
        starts_on=raw["starts_on"] and date.fromisoformat(raw["starts_on"]),
        after=tuple(raw["after"]),
        measure=raw["measure"] and measure_from(raw["measure"]),
        guardrails=tuple(map(measure_from, raw["guardrails"])),
        confirmed={(one["stage"], one["criterion"]): _confirmed(one) for one in raw["confirmed"]},
    )


def measure_as_json(measure: Measure) -> Json:
    """A measure or guardrail; without a unit where it has none."""
    return {name: value for name, value in measure._asdict().items() if value is not None}


def measure_from(raw: Mapping[str, Any]) -> Measure:
    """A measure or guardrail."""
    return Measure(raw["name"], raw["baseline"], raw["target"], raw.get("unit"))


def confirmed_as_json(confirmed: Confirmed) -> Json:
    """Who confirmed a criterion, when, and by what."""
    return {"by": confirmed.by, "on": confirmed.on.isoformat(), "evidence": confirmed.evidence}


def _confirmed(raw: Mapping[str, Any]) -> Confirmed:
    return Confirmed(raw["by"], date.fromisoformat(raw["on"]), raw["evidence"])
