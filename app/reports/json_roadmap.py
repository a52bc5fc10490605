"""A roadmap as the API shows it: items with dates, stage, what is missing for the next one, how customers take part, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.domain.critical_path import Timing
from app.domain.pilots import ALIKE, Pilot
from app.domain.roadmap import Item, calendar, criteria, missing, progress
from app.domain.roadmap_form import confirmed_as_json, measure_as_json
from app.domain.roadmap_templates import STAGES, Criterion, ItemTemplate, Road, Stage
from app.domain.terms import Language

Json = dict[str, Any]
Address = Callable[[str], str]
Dates = Mapping[str, tuple[date, date, Timing]]

_STOP = {
    "en": "Look at each guardrail on day {day}, and once only: stop when it is worse with p < {p}.",
    "de": "Sehen Sie jede Leitplanke am Tag {day} an, und nur einmal: Beenden Sie, wenn sie mit p < {p} schlechter ist.",
}
_RESTS_ON = {
    "en": (
        "Half of the units try the change, half go on as before; which is drawn by lot.",
        "A difference of this size is found in 4 of 5 pilots, and with 95 % certainty is no chance.",
        f"People of one unit are alike: {ALIKE:.0%} of the variance lies between units (judgement; 1 % to 5 % is usual in service).",
        "It runs for the lag, which tells nothing yet, and as long again, four weeks at the least.",
    ),
    "de": (
        "Die Hälfte der Einheiten erprobt die Änderung, die andere macht weiter wie bisher; das Los entscheidet.",
        "Ein Unterschied dieser Größe wird in 4 von 5 Piloten gefunden und ist mit 95 % Sicherheit kein Zufall.",
        f"Menschen einer Einheit ähneln sich: {ALIKE * 100:.0f} % der Varianz liegen zwischen Einheiten (Urteil; üblich: 1 % bis 5 %).",
        "Er läuft so lange, wie die Wirkung braucht und noch nichts zu sehen ist, und noch einmal so lange, mindestens vier Wochen.",
    ),
}


def roadmap_as_json(
    road: Road,
    items: Sequence[Item],
    starts_on: date,
    reasons: Mapping[str, Any],
    language: Language,
    address: Address,
) -> Json:
    """A roadmap. `reasons`: words and addresses of grounds, by `kind:key`; `address`: a path → the address of it."""
    dates = calendar(items, starts_on)
    critical = [key for key, (_, __, timing) in dates.items() if timing.is_critical]
    return {
        "road": {"id": road.id, "version": road.version, "citations": list(road.citations)},
        "starts_on": starts_on.isoformat(),
        "ends_on": max((ends for _, ends, __ in dates.values()), default=starts_on).isoformat(),
        "progress": round(progress(items), 4),
        "critical_path": sorted(critical, key=lambda key: dates[key][0]),
        "stages": [
            {"key": stage, "title": said.plain(language), "items": sum(item.stage == stage for item in items)}
            for stage, said in road.stages.items()
        ],
        "phases": [{"key": phase.key, "title": phase.title.plain(language)} for phase in road.phases],
        "items": [_item(road, item, dates, reasons, language, address) for item in items],
    }


def item_told(
    road: Road,
    items: Sequence[Item],
    starts_on: date,
    reasons: Mapping[str, Any],
    key: str,
    language: Language,
    address: Address,
) -> Json:
    """One of its items."""
    item = next(one for one in items if one.key == key)
    return _item(road, item, calendar(items, starts_on), reasons, language, address)


def pilot_as_json(pilot: Pilot, lag_from: str, begins_on: date, language: Language) -> Json:
    """How an item is tried. `lag_from`: whether influences say the lag, or somebody who asks; `begins_on`: the day of the item."""
    stop = _STOP[language].format(day=pilot.looks_at, p=pilot.stop_below)
    return {
        "people_of_each_half": pilot.people,
        "units_of_each_half": pilot.units,
        "lag_days": pilot.waits,
        "lag_from": lag_from,
        "days": pilot.days,
        "begins_on": begins_on.isoformat(),
        "guardrails_on": (begins_on + timedelta(days=pilot.looks_at)).isoformat(),
        "ends_on": (begins_on + timedelta(days=pilot.days)).isoformat(),
        "stop_below": pilot.stop_below,
        "stop_rule": stop if language == "en" else stop.replace("0.", "0,"),
        "rests_on": list(_RESTS_ON[language]),
    }


def _item(
    road: Road, item: Item, dates: Dates, reasons: Mapping[str, Any], language: Language, address: Address
) -> Json:
    template = next(one for one in road.items() if one.key == item.key)
    phase = next(one for one in road.phases if one.key == template.phase)
    begins, ends, timing = dates[item.key]
    place = STAGES.index(item.stage)
    entered = {
        "owner": item.owner,
        "starts_on": item.starts_on and item.starts_on.isoformat(),
        "measure": item.measure and measure_as_json(item.measure),
    }
    return {
        "key": item.key,
        "phase": phase.key,
        "title": template.title.plain(language),
        "why": template.why.plain(language),
        "stage": item.stage,
        "stage_title": road.stages[item.stage].plain(language),
        "customers": phase.customers[item.stage].plain(language),
        **{name: value for name, value in entered.items() if value is not None},
        "days": item.days,
        "after": list(item.after),
        "guardrails": [measure_as_json(one) for one in item.guardrails],
        "confirmed": {
            criterion: confirmed_as_json(one)
            for (stage, criterion), one in item.confirmed.items()
            if stage == item.stage
        },
        "begins_on": begins.isoformat(),
        "ends_on": ends.isoformat(),
        "slack_days": timing.slack,
        "is_critical": timing.is_critical,
        "entry": _criteria(road, template, item, STAGES[place - 1], language) if place else [],
        "exit": _criteria(road, template, item, item.stage, language),
        "grounds": [_ground(one.kind, one.key, one.weight, reasons, language, address) for one in item.grounds],
    }


def _criteria(road: Road, template: ItemTemplate, item: Item, stage: Stage, language: Language) -> list[Json]:
    there = item._replace(stage=stage)
    lacking = {one.key for one in missing(road, template, there)}
    return [_criterion(one, there, one.key not in lacking, language) for one in criteria(road, template, stage)]


def _criterion(criterion: Criterion, item: Item, met: bool, language: Language) -> Json:
    said = item.confirmed.get((item.stage, criterion.key))
    return {
        "key": criterion.key,
        "text": criterion.text.plain(language),
        "met": met,
        **({} if criterion.check is None else {"shown_by": criterion.check}),
        **({} if said is None else confirmed_as_json(said)),
    }


def _ground(
    kind: str, key: str, weight: float, reasons: Mapping[str, Any], language: Language, address: Address
) -> Json:
    told = reasons[f"{kind}:{key}"]
    titles = told["titles"]
    title = titles.get(language) or next(iter(titles.values()))
    return {"kind": kind, "key": key, "title": title, "weight": round(weight, 2), "href": address(told["path"])}
